import FloatKernels
import NeuralNetwork
import Testing

/// Two views of one table: a token looks its row up, or is a one among zeros that the table is multiplied with.
@Suite struct EmbeddingTests {
    private static let vocabulary = 13, dimensions = 5
    /// Every token comes up, one of them three times; the last is outside the vocabulary.
    private static let tokens: [Int32] = [3, 0, 12, 7, 3, 1, 2, 4, 5, 6, 8, 9, 10, 11, 3, -1]

    private let table: [Float]
    private let outputGradient: [Float]
    /// tokens × vocabulary.
    private let oneHot: [Float]
    private let lookUp = Embedding(length: 1, vocabulary: vocabulary, dimensions: dimensions)
    private let product = Linear(inputShape: [vocabulary], outputs: dimensions)

    init() {
        var generator = RandomGenerator(seed: 12)
        table = (0..<Self.vocabulary * Self.dimensions).map { _ in generator.normal() }
        outputGradient = (0..<Self.tokens.count * Self.dimensions).map { _ in generator.normal() }
        oneHot = Self.tokens.flatMap { token in
            (0..<Int32(Self.vocabulary)).map { $0 == token ? 1 : 0 }
        }
    }

    private var lengths: [Int32] { Self.tokens.map { _ in 1 } }
    /// The table, and a bias of zero.
    private var parameters: [Float] { table + [Float](repeating: 0, count: Self.dimensions) }

    @Test func aRowLookedUpIsAOneHotProduct() {
        let count = Self.tokens.count
        var rows = [Float](repeating: .nan, count: count * Self.dimensions), products = rows
        lookUp.forward(Self.tokens, lengths: lengths, count: count, weights: table, into: &rows)
        var scratch: [Float] = [0]
        product.forward(
            oneHot, into: &products,
            LayerPass(count: count, parameters: parameters, packed: [0], scratch: &scratch))
        // A one times a value, and zeros: nothing is rounded.
        #expect(rows == products)
        #expect(Array(rows[..<5]) == Array(table[15..<20]) && rows.suffix(5).allSatisfy { $0 == 0 })
    }

    @Test func bothGiveTheTableTheSameGradient() {
        let count = Self.tokens.count
        var ofRows = [Float](repeating: 0.25, count: table.count)
        var ofProducts = [Float](repeating: 0.25, count: table.count + Self.dimensions)
        lookUp.backward(
            Self.tokens, lengths: lengths, count: count, outputGradient: outputGradient,
            weightGradient: &ofRows)
        var scratch: [Float] = [0]
        let none = [Float](repeating: 0, count: count * Self.dimensions)
        product.backward(
            oneHot, output: none, outputGradient: outputGradient, addingTo: nil,
            parameterGradient: &ofProducts,
            LayerPass(count: count, parameters: parameters, packed: [0], scratch: &scratch))
        #expect(ofRows == Array(ofProducts[..<table.count]))
        // Token 3 stands at places 0, 4 and 14; its gradient is the sum of theirs.
        for k in 0..<Self.dimensions {
            let sum = [0, 4, 14].reduce(Float(0.25)) { $0 + outputGradient[$1 * Self.dimensions + k] }
            #expect(abs(ofRows[3 * Self.dimensions + k] - sum) < 1e-5)
        }
    }
}
