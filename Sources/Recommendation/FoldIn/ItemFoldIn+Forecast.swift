import FloatKernels

extension ItemFoldIn {
    /// The variance that an item's score has left after so many ratings, if average users give them.
    ///
    /// In the canonical gauge users have mean 0 and covariance 1, so k of them are expected to add k (τ + α²) to the precision of
    /// each dimension and k τ to that of the bias (see `ItemFoldIn`).
    ///
    /// - Parameter variance: of the item's score by its content alone.
    package func expectedVariance(afterRatings count: Int, variance: Float) -> Float {
        guard count > 0 else { return variance }
        var precision = priorPrecision
        let inverseScale = priorVariance / max(variance, 1e-3 * priorVariance)
        for index in precision.elements.indices { precision.elements[index] *= inverseScale }
        let dimensions = precision.rows - 1
        let drawn = likelihood.attraction * likelihood.attraction
        for output in 0..<precision.rows {
            precision[output, output] +=
                Float(count) * (likelihood.precision + (output < dimensions ? drawn : 0))
        }
        let pool = ThreadPool(threads: 1)
        guard let factor = Cholesky(precision, pool: pool) else { return variance }
        return factor.inverseOfLower(pool: pool).elements.reduce(0) { $0 + $1 * $1 }
    }

    /// The smallest number of ratings after which no more than a share of the content's variance is expected to be left; nil
    /// where even `most` are too few.
    package func ratings(leaving share: Float, of variance: Float, most: Int = 100_000) -> Int? {
        func suffices(_ count: Int) -> Bool {
            expectedVariance(afterRatings: count, variance: variance) <= share * variance
        }
        guard suffices(most) else { return nil }
        var (low, high) = (0, 1)
        while !suffices(high) { (low, high) = (high, min(2 * high, most)) }
        while high - low > 1 {
            let middle = (low + high) / 2
            if suffices(middle) { high = middle } else { low = middle }
        }
        return high
    }
}
