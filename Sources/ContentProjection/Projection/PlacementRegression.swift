import FloatKernels
import NeuralNetwork

/// From content to a place: one regression for the vector, one for the bias.
///
/// What an item is like and how much it is liked are told by different content, so each has weights of its own.
struct PlacementRegression: Sendable {
    let vector: KernelRegression
    let bias: KernelRegression

    /// Places, centred, a row an item, and the variance of each.
    func predict(
        _ items: EncodedItems, _ support: EncodedItems, pool: ThreadPool
    ) -> (outputs: Matrix, variances: [Float]) {
        let (vectors, variances) = vector.predict(items, support, pool: pool)
        let (biases, more) = bias.predict(items, support, pool: pool)
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
