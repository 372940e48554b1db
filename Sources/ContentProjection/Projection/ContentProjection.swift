public import Diagnostics
public import FloatKernels
public import ItemContent

/// Places items in the collaborative space by their content alone: Gaussian-process regression over the embeddings
/// of the towers and the metadata, in closed form.
///
/// With the outputs Y of the items learned from (see `FameLink`) and A = (K + σ² I)⁻¹ Y, an item's outputs are
/// y(x) = k(x)ᵀ A, and their variance is s² (Σ w_k + σ² − |L⁻¹ k(x)|²), L the Cholesky factor of K + σ² I
/// (Rasmussen & Williams 2006, algorithm 2.1). s² is calibrated on the leave-one-out residuals. Of very many items only
/// some are compared with, see `RegressionProblem`.
public struct ContentProjection: Sendable {
    let encoder: ContentEncoder
    let kernels: WeightedKernels
    /// The items that new ones are compared with.
    let support: EncodedItems
    let link: FameLink
    /// outputs of the space: mean placement.
    let mean: [Float]
    /// support × outputs of the link: A.
    let coefficients: Matrix
    let supportVariance: SupportVariance
    /// s², the squared error of a place, over that of an output with the variance of one kernel's weight.
    let variance: Float
    /// How much farther from the mean learned items stand than left-out predictions of them: √(E|z − μ|² / E|ẑ − μ|²).
    ///
    /// Regression shrinks: beside learned items, projected ones would be buried. Spread by this factor around the mean,
    /// both stand in one list on equal terms; the order among projected items does not change.
    package let gain: Float

    /// Number of items that new ones are compared with.
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
        let outputs = matrixProduct(similarity, coefficients, pool: pool)
        let explained = supportVariance.explained(similarity, pool: pool)
        let prior = kernels.priorVariance + supportVariance.noise
        let variances = zip(link.amplitudes(outputs), explained).map { amplitude, explained in
            variance * amplitude * amplitude * max(prior - explained, 0)
        }
        return Projected(placements: spread(link.placements(outputs)), variances: variances)
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
