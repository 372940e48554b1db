import FloatKernels
import NeuralNetwork

/// From content to a place: one regression for the vector, one for the bias.
///
/// What an item is like and how much it is liked are told by different content, so each has weights of its own.
struct PlacementRegression: Sendable {
    let vector: KernelRegression
    let bias: KernelRegression

    /// Items up to which a thread for each of the two is quicker than all threads for one after the other.
    private static let few = 16

    /// The views that items are compared in.
    var views: Set<String> { Set((vector.kernels.kernels + bias.kernels.kernels).flatMap(\.views)) }

    /// Places, centred, a row an item, and the variance of each.
    func predict(
        _ items: EncodedItems, _ support: KernelSupport, pool: ThreadPool
    ) -> (outputs: Matrix, variances: [Float]) {
        let similarities = WeightedKernels.grams([vector.kernels, bias.kernels], items, support, pool: pool)
        let parts = [vector, bias]
        var predicted = parts.map { _ in (outputs: Matrix(rows: 0, columns: 0), variances: [Float]()) }
        if items.count > Self.few {
            for part in parts.indices {
                predicted[part] = parts[part].predict(similarities[part], pool: pool)
            }
        } else {
            predicted.withUnsafeMutableBufferPointer { buffer in
                nonisolated(unsafe) let results = buffer
                pool.forEachRange(parts.count) { range in
                    for part in range { results[part] = parts[part].predict(similarities[part], pool: pool) }
                }
            }
        }
        let ((vectors, variances), (biases, more)) = (predicted[0], predicted[1])
        return (Matrix(joiningColumns: [vectors, biases]), zip(variances, more).map { $0 + $1 })
    }
}

extension PlacementRegression {
    func write(to file: inout TensorFileWriter, as name: String) {
        vector.write(to: &file, as: name + ".vector")
        bias.write(to: &file, as: name + ".bias")
    }

    init(from file: TensorFile, _ name: String, support: EncodedItems, outputs: Int) throws {
        vector = try KernelRegression(
            from: file, name + ".vector", support: support, outputs: outputs - 1)
        bias = try KernelRegression(from: file, name + ".bias", support: support, outputs: 1)
    }
}
