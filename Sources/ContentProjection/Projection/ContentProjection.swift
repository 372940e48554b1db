public import Diagnostics
public import FloatKernels
public import ItemContent
public import NeuralNetwork

/// Places items in the collaborative space by their content alone: Gaussian-process regression over the embeddings
/// of the towers and the metadata, in closed form.
///
/// mean(x) = μ + k(x)ᵀ A with A = (K + Σ)⁻¹ (Z − μ), and
/// variance(x) = s² (Σ w_k + w_noise − |L⁻¹ k(x)|²), L the Cholesky factor of K + Σ
/// (Rasmussen & Williams 2006, algorithm 2.1). s² is calibrated on the leave-one-out residuals.
public struct ContentProjection: Sendable {
    let encoder: ContentEncoder
    let kernels: WeightedKernels
    let noiseWeight: Float
    /// The items learned from.
    let support: EncodedItems
    /// outputs: mean placement μ.
    let mean: [Float]
    /// support × outputs: A.
    let coefficients: Matrix
    /// support × support, lower triangle: L.
    let factor: Cholesky
    /// Σ over outputs of the calibrated variance scale s².
    let variance: Float
    /// How much farther from the mean learned items stand than left-out predictions of them: √(E|z − μ|² / E|ẑ − μ|²).
    ///
    /// Regression shrinks: beside learned items, projected ones would be buried. Spread by this factor around the mean,
    /// both stand in one list on equal terms; the order among projected items does not change.
    package let gain: Float

    /// Number of items that the projection was fitted to.
    public var supportCount: Int { support.count }

    /// Projects items that nobody has rated. A missing poster, text, year, or an unknown name is no error: the
    /// remaining content speaks, with a larger variance.
    ///
    /// - Throws: `Diagnostic.interrupted` when the monitor says stop.
    public func project(
        _ records: [ContentRecord], pool: ThreadPool, monitor: WorkMonitor = .silent
    ) throws -> Projected {
        project(try encoder.encode(records, pool: pool, monitor: monitor), pool: pool)
    }

    package func project(_ items: EncodedItems, pool: ThreadPool) -> Projected {
        let similarity = kernels.gram(items, support, pool: pool)
        var placements = matrixProduct(similarity, coefficients, pool: pool)
        for row in 0..<placements.rows {
            for column in 0..<placements.columns { placements[row, column] += mean[column] }
        }
        // Columns of L⁻¹ kᵀ: what the support already explains of each item.
        let explained = factor.solveLower(similarity.transposed, pool: pool).transposed.squaredRowLengths
        let prior = kernels.priorVariance + noiseWeight
        let variances = explained.map { variance * max(prior - $0, 0) }
        return Projected(placements: spread(placements), variances: variances)
    }

    /// Moves placements away from the mean by the gain.
    func spread(_ placements: Matrix) -> Matrix {
        var result = placements
        for row in 0..<result.rows {
            for column in 0..<result.columns {
                result[row, column] = mean[column] + gain * (result[row, column] - mean[column])
            }
        }
        return result
    }
}

extension ContentProjection {
    /// Adds everything to a model file, under `projection.`.
    public func write(to file: inout TensorFileWriter) {
        encoder.write(to: &file, as: "projection.encoder")
        kernels.write(to: &file, as: "projection.kernels")
        support.write(to: &file, as: "projection.support")
        file.add("projection.noise", shape: [1], floats: [noiseWeight])
        file.add("projection.variance", shape: [1], floats: [variance])
        file.add("projection.gain", shape: [1], floats: [gain])
        file.add("projection.mean", shape: [mean.count], floats: mean)
        file.add("projection.coefficients", matrix: coefficients)
        file.add("projection.factor", shape: [factor.packed.count], floats: factor.packed)
    }

    /// Reads what `write` wrote.
    ///
    /// - Throws: `Diagnostic` `model.…` where the file is damaged or its parts do not fit each other.
    public init(from file: TensorFile) throws {
        encoder = try ContentEncoder(from: file, "projection.encoder")
        kernels = try WeightedKernels(from: file, "projection.kernels")
        support = try EncodedItems(from: file, "projection.support")
        noiseWeight = try file.floats("projection.noise", shape: [1])[0]
        variance = try file.floats("projection.variance", shape: [1])[0]
        gain = try file.floats("projection.gain", shape: [1])[0]
        mean = try file.floats("projection.mean")
        coefficients = try file.matrix("projection.coefficients")
        let order = support.count
        factor = Cholesky(
            packed: try file.floats("projection.factor", shape: [order * (order + 1) / 2]), order: order)
        try file.require(
            coefficients.rows == order && coefficients.columns == mean.count, "projection.coefficients",
            "has a row for every item learned from")
        let widths = encoder.viewWidths
        try file.require(
            support.views.allSatisfy { widths[$0.key] == $0.value.width }, "projection.support",
            "is as wide as its encoder makes it")
        for factor in kernels.kernels.flatMap(\.factors) {
            let isSound =
                switch (support[factor.view], factor.form) {
                case (.terms?, .cosine), (.points?, .gaussian): true
                default: false
                }
            try file.require(isSound, "projection.kernels", "names views that exist")
        }
    }
}

extension Cholesky {
    /// The lower triangle row by row: n (n + 1) / 2 values.
    var packed: [Float] {
        var values: [Float] = []
        values.reserveCapacity(lower.rows * (lower.rows + 1) / 2)
        for row in 0..<lower.rows {
            values.append(contentsOf: lower.elements[(row * lower.rows)..<(row * lower.rows + row + 1)])
        }
        return values
    }

    init(packed values: [Float], order: Int) {
        var lower = Matrix(rows: order, columns: order)
        var start = 0
        for row in 0..<order {
            lower.elements.replaceSubrange(
                (row * order)..<(row * order + row + 1), with: values[start..<(start + row + 1)])
            start += row + 1
        }
        self.init(lower: lower)
    }
}
