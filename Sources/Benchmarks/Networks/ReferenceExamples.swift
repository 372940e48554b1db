import FloatKernels
import NeuralNetwork

/// Random posters or texts with random targets, as many as asked for out of one batch of 64.
struct ReferenceExamples: ExampleSource {
    /// What an example holds.
    enum Content: Sendable {
        /// Values of every example, one after the other.
        case floats([Float], countEach: Int)
        /// Tokens of every example.
        case tokens([[Int32]])
    }

    static let batch = 64

    let count: Int
    private let input: NetworkInput
    private let content: Content
    private let targets: [Float]

    init(of reference: ReferenceNetwork, count: Int) {
        self.count = count
        input = reference.input
        var generator = RandomGenerator(seed: 1)
        targets = (0..<Self.batch * 64).map { _ in generator.normal() }
        let each = reference.inputCount
        if let vocabulary = reference.vocabulary {
            content = .tokens(
                (0..<Self.batch).map { _ in
                    (0..<each).map { _ in Int32(generator.index(below: vocabulary)) }
                })
        } else {
            content = .floats((0..<Self.batch * each).map { _ in generator.normal() }, countEach: each)
        }
    }

    func load(_ example: Int, into slot: ExampleSlot, using generator: inout RandomGenerator) {
        let example = example % Self.batch
        switch content {
        case .floats(let values, let count):
            slot.setFloats(input) { target in
                values.withUnsafeBufferPointer {
                    _ = target.update(fromContentsOf: $0[example * count..<(example + 1) * count])
                }
            }
        case .tokens(let texts): slot.setTokens(input, texts[example])
        }
        let wanted = slot.targets
        for index in wanted.indices { wanted[index] = targets[example * 64 + index] }
    }
}
