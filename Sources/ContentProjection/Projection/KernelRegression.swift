import FloatKernels
import NeuralNetwork

/// Gaussian-process regression from content to some outputs, fitted.
///
/// With the outputs Y of the items learned from, centred, and A = (K + σ² I)⁻¹ Y, those of an item are y(x) = k(x)ᵀ A, and
/// their variance is s² (Σ w_k + σ² − |L⁻¹ k(x)|²), L the Cholesky factor of K + σ² I (Rasmussen & Williams 2006,
/// algorithm 2.1). s² is calibrated on the leave-one-out residuals. Of very many items only some are compared with, see
/// `RegressionProblem`.
struct KernelRegression: Sendable {
    let kernels: WeightedKernels
    /// support × outputs: A.
    let coefficients: Matrix
    let supportVariance: SupportVariance
    /// s², summed over the outputs.
    let variance: Float

    /// Outputs, centred, a row an item, and the variance of each row.
    ///
    /// - Parameter similarity: items × support, the sum of `kernels`.
    func predict(_ similarity: Matrix, pool: ThreadPool) -> (outputs: Matrix, variances: [Float]) {
        let prior = kernels.priorVariance + supportVariance.noise
        return (
            matrixProduct(similarity, coefficients, pool: pool),
            supportVariance.explained(similarity, pool: pool).map { variance * max(prior - $0, 0) }
        )
    }
}

extension KernelRegression {
    func write(to file: inout TensorFileWriter, as name: String) {
        kernels.write(to: &file, as: name + ".kernels")
        supportVariance.write(to: &file, as: name + ".support_variance")
        file.add(name + ".coefficients", matrix: coefficients)
        file.add(name + ".variance", shape: [1], floats: [variance])
    }

    init(from file: TensorFile, _ name: String, support: EncodedItems, outputs: Int) throws {
        kernels = try WeightedKernels(from: file, name + ".kernels")
        supportVariance = try SupportVariance(from: file, name + ".support_variance", count: support.count)
        coefficients = try file.matrix(name + ".coefficients")
        variance = try file.floats(name + ".variance", shape: [1])[0]
        try file.require(
            coefficients.rows == support.count && coefficients.columns == outputs, name + ".coefficients",
            "has a row for every item that is compared with")
        for factor in kernels.kernels.flatMap(\.factors) {
            let isSound =
                switch (support[factor.view], factor.form) {
                case (.terms?, .cosine), (.points?, .gaussian): true
                default: false
                }
            try file.require(isSound, name + ".kernels", "names views that exist")
        }
    }
}
