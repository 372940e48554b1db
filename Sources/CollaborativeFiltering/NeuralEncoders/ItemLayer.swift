import FloatKernels
import NeuralNetwork

/// The item table in the flat buffer of all parameters.
struct ItemLayer: Sendable {
    let count: Int
    let dimensions: Int
    /// Where the vectors and the biases start in the buffer.
    let vectors: Int, biases: Int

    /// Appends the table; its vectors start with small normal deviates.
    init(count: Int, dimensions: Int, in table: inout ParameterTable) {
        self.count = count
        self.dimensions = dimensions
        vectors = table.append(
            [
                ParameterDeclaration(
                    "vectors", shape: [count, dimensions], .normal(deviation: 0.1), decays: true),
                ParameterDeclaration("biases", shape: [1, count], .zeros, decays: false),
            ], layer: "items")
        biases = vectors + count * dimensions
    }

    /// The table in a buffer of parameters or of their gradient.
    func pointers(_ buffer: UnsafeMutablePointer<Float>) -> ItemPointers {
        ItemPointers(vectors: buffer + vectors, biases: buffer + biases)
    }

    /// The table that `values`, all parameters, hold.
    func table(_ values: [Float]) -> ItemTable {
        ItemTable(
            vectors: Matrix(
                rows: count, columns: dimensions,
                elements: Array(values[vectors..<vectors + count * dimensions])),
            biases: Array(values[biases..<biases + count]))
    }

    /// Sets the biases to the logarithm of each item's share of all entries: what a softmax that knows nothing of a user
    /// would learn first.
    func startBiases(_ values: inout [Float], _ histories: OrderedHistories) {
        let total = Float(histories.items.count + count)
        for (item, count) in histories.counts(ofItems: count).enumerated() {
            values[biases + item] = logarithm(Float(1 + count) / total)
        }
    }
}
