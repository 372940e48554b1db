public import Diagnostics
public import FloatKernels
public import ItemContent

/// Places items in the collaborative space by their content alone: Gaussian-process regression over the embeddings
/// of the towers and the metadata, in closed form.
///
/// See `PlacementRegression` for the mean and the variance.
public struct ContentProjection: Sendable {
    let encoder: ContentEncoder
    /// The items that new ones are compared with.
    let support: KernelSupport
    /// outputs: mean placement.
    let mean: [Float]
    /// To the places less their mean.
    let regression: PlacementRegression
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
        let (outputs, variances) = regression.predict(items, support, pool: pool)
        return Projected(placements: spread(outputs.addingToRows(mean)), variances: variances)
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
