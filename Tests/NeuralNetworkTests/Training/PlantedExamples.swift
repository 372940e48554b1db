import FloatKernels
import NeuralNetwork

/// A bright square somewhere in a noisy picture, and a keyword (token 7) in half of the texts. Targets: the square's
/// row and column, −1…1, and whether the keyword is there, −1 or 1.
struct PlantedExamples: ExampleSource {
    static let extent = 16, length = 12, vocabulary = 50

    let poster: NetworkInput
    let words: NetworkInput
    let count: Int
    let seed: UInt64

    func load(_ example: Int, into slot: ExampleSlot, using _: inout RandomGenerator) {
        var generator = RandomGenerator(seed: seed, stream: UInt64(example))
        let row = generator.index(below: Self.extent - 3), column = generator.index(below: Self.extent - 3)
        slot.setFloats(poster) { pixels in
            for i in pixels.indices { pixels[i] = 0.2 * generator.uniform() }
            for y in row..<row + 4 {
                for x in column..<column + 4 { pixels[y * Self.extent + x] += 1 }
            }
        }
        var tokens = (0..<1 + generator.index(below: Self.length)).map { _ in
            Int32(8 + generator.index(below: 42))
        }
        let hasKeyword = generator.index(below: 2) == 1
        if hasKeyword { tokens[generator.index(below: tokens.count)] = 7 }
        slot.setTokens(words, tokens)
        slot.targets[0] = Float(row) / 6 - 1
        slot.targets[1] = Float(column) / 6 - 1
        slot.targets[2] = hasKeyword ? 1 : -1
    }
}

/// A network fit for the planted task.
struct PlantedNetwork {
    let poster: NetworkInput
    let words: NetworkInput
    let network: Network

    init() {
        var builder = NetworkBuilder()
        poster = builder.input("poster", shape: [PlantedExamples.extent, PlantedExamples.extent, 1])
        words = builder.tokens(
            "words", length: PlantedExamples.length, vocabulary: PlantedExamples.vocabulary)
        var picture = builder.relu(
            builder.convolution2D(
                "poster.1", of: builder.value(of: poster), filters: 8, stride: 2, padding: 1))
        picture = builder.relu(
            builder.convolution2D("poster.2", of: picture, filters: 16, stride: 2, padding: 1))
        picture = builder.gate(builder.linear("poster.3", of: picture, outputs: 16), by: poster)
        let embedded = builder.embedding("words.embedding", of: words, dimensions: 8)
        let text = builder.relu(builder.convolution1D("words.1", of: embedded, filters: 8, width: 3))
        let read = builder.gate(builder.globalPool(.maximum, of: text), by: words)
        let all = builder.dropout(builder.relu(builder.concatenation([picture, read])), probability: 0.02)
        let head = builder.relu(builder.linear("head.1", of: all, outputs: 24))
        network = builder.build(output: builder.linear("head.2", of: head, outputs: 3))
    }

    func examples(_ count: Int, seed: UInt64) -> PlantedExamples {
        PlantedExamples(poster: poster, words: words, count: count, seed: seed)
    }
}
