import FloatKernels
import NeuralNetwork

/// A small network of the kind the project uses: poster, text and vector, pooled two ways, gated, to two outputs.
struct TwoTowerNetwork {
    static let height = 6, width = 5, length = 7, vocabulary = 11, dimensions = 4

    let poster: NetworkInput
    let words: NetworkInput
    let vector: NetworkInput
    let network: Network

    init(dropout: Float = 0) {
        var builder = NetworkBuilder()
        poster = builder.input("poster", shape: [Self.height, Self.width, 3])
        words = builder.tokens("words", length: Self.length, vocabulary: Self.vocabulary)
        vector = builder.input("vector", shape: [3])
        var picture = builder.convolution2D(
            "poster.1", of: builder.value(of: poster), filters: 8, stride: 2, padding: 1)
        picture = builder.relu(picture)
        let mean = builder.globalPool(.mean, of: picture), maximum = builder.globalPool(.maximum, of: picture)
        let seen = builder.gate(builder.concatenation([mean, maximum]), by: poster)
        let embedded = builder.embedding("words.embedding", of: words, dimensions: Self.dimensions)
        var text = builder.convolution1D("words.1", of: embedded, filters: 6, width: 3)
        text = builder.relu(text)
        let read = builder.gate(
            builder.concatenation([
                builder.globalPool(.sum, of: text), builder.globalPool(.maximum, of: text),
            ]),
            by: words)
        let all = builder.concatenation([seen, read, builder.value(of: vector)])
        var head = builder.relu(builder.linear("head.1", of: all, outputs: 9))
        head = builder.dropout(head, probability: dropout)
        network = builder.build(output: builder.linear("head.2", of: head, outputs: 2))
    }

    /// The output by the naive twins, in double precision.
    func twin(_ parameters: [Double], poster: [Double]?, words: [Int32], vector: [Double]) -> [Double] {
        func parameter(_ name: String) -> [Double] {
            Array(parameters[network.table.rows.first { $0.name == name }?.range ?? 0..<0])
        }
        var seen = [Double](repeating: 0, count: 16)
        if let poster {
            let maps = Twins.relu(
                Twins.conv2D(
                    poster, parameter("poster.1.weights"), parameter("poster.1.bias"), h: Self.height,
                    w: Self.width, c: 3, f: 8, kh: 3, kw: 3, stride: 2, padY: 1, padX: 1))
            seen =
                Twins.pool(maps, c: 8, length: 9, Twins.mean)
                + Twins.pool(maps, c: 8, length: 9, Twins.maximum)
        }
        let table = parameter("words.embedding.weights")
        var embedded = [Double](repeating: 0, count: Self.length * Self.dimensions)
        for (position, word) in words.enumerated() where word >= 0 {
            for i in 0..<Self.dimensions {
                embedded[position * Self.dimensions + i] = table[Int(word) * Self.dimensions + i]
            }
        }
        let maps = Twins.relu(
            Twins.conv1D(
                embedded, parameter("words.1.weights"), parameter("words.1.bias"), l: Self.length,
                c: Self.dimensions, f: 6, width: 3, length: words.count, padding: 1))
        let read =
            Twins.pool(maps, c: 6, length: words.count, Twins.sum)
            + Twins.pool(maps, c: 6, length: words.count, Twins.maximum)
        let head = Twins.relu(
            Twins.linear(seen + read + vector, parameter("head.1.weights"), parameter("head.1.bias")))
        return Twins.linear(head, parameter("head.2.weights"), parameter("head.2.bias"))
    }
}

/// Four random examples; the second has no poster, the third no words.
struct TwoTowerExamples: ExampleSource {
    let tower: TwoTowerNetwork
    let posters: [[Float]?]
    let words: [[Int32]]
    let vectors: [[Float]]
    let targets: [[Float]]
    var count: Int { posters.count }

    init(_ tower: TwoTowerNetwork, count: Int = 4) {
        var generator = RandomGenerator(seed: 9)
        func floats(_ count: Int) -> [Float] { (0..<count).map { _ in generator.uniform() * 2 - 1 } }
        self.tower = tower
        let pixels = TwoTowerNetwork.height * TwoTowerNetwork.width * 3
        posters = (0..<count).map { $0 % 4 == 1 ? nil : floats(pixels) }
        vectors = (0..<count).map { _ in floats(3) }
        targets = (0..<count).map { $0 % 4 == 3 ? [.nan, 0.5] : floats(2) }
        words = (0..<count).map { [[3, 1, -1, 10, 3], [0, 5], [], [9, 9, 2, 7, 4, 8, 6]][$0 % 4] }
    }

    func load(_ example: Int, into slot: ExampleSlot, using generator: inout RandomGenerator) {
        if let poster = posters[example] { slot.setFloats(tower.poster, poster) }
        slot.setTokens(tower.words, words[example])
        slot.setFloats(tower.vector, vectors[example])
        for j in 0..<2 { slot.targets[j] = targets[example][j] }
        slot.setWeight(example == 0 ? 2 : 1)
    }
}
