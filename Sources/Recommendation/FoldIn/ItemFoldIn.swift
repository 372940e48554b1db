import ContentProjection
package import FloatKernels

/// From cold to warm: where an item belongs, given its content and the ratings it has so far, in closed form.
///
/// The content projection f is the mean of the prior, and its covariance is s·S: S that of the left-out residuals of items
/// that training has placed, s how far this item's variance is from theirs. Ratings are the likelihood (`FoldInLikelihood`):
///
///     P = (s S)⁻¹ + τ Σ x xᵀ + k α² I_v,   z = f + P⁻¹ (τ Σ x (y − x·f) + α Σ u − k α² f_v)
///
/// over the raters x = (u, 1), who stay where they are (Rasmussen & Williams 2006, equation 2.8). The result depends on
/// the ratings alone, not on their order, and takes well under a millisecond.
///
/// **What one user can do.** A user has one rating of an item, the last. With P and z as the ratings of the others leave
/// them, it moves the item, measured in the standard deviations that P leaves it, by
///
///     ‖z′ − z‖_P ≤ √τ |y − x·z| + α ‖u − α z_v‖_P⁻¹
///
/// since P′ ⪰ P + τ x xᵀ. Where z stands P only grows, so the thousandth rating moves it less than the first. How high a
/// rating is does not enter: it is a like or it is none. x of a rater whom training has not seen is no longer than the
/// longest that it has (`SnapshotModel.shortened`).
package struct ItemFoldIn: Sendable {
    /// Where an item stands.
    package struct Place: Sendable, Equatable {
        /// d values.
        package let vector: [Float]
        package let bias: Float
        /// Expected squared error of the item's score, over users.
        package let variance: Float

        package init(vector: [Float], bias: Float, variance: Float) {
            self.vector = vector
            self.bias = bias
            self.variance = variance
        }
    }

    /// S⁻¹, outputs × outputs, an output each for the dimensions and one for the bias.
    let priorPrecision: Matrix
    /// The trace of S.
    let priorVariance: Float
    /// E‖z − mean‖² over placed items.
    let spread: Float
    let likelihood: FoldInLikelihood
    let levels: PlaceLevels
    let users: UserLevels

    package init(
        priorPrecision: Matrix, priorVariance: Float, spread: Float, likelihood: FoldInLikelihood,
        levels: PlaceLevels, users: UserLevels
    ) {
        self.priorPrecision = priorPrecision
        self.priorVariance = priorVariance
        self.spread = spread
        self.likelihood = likelihood
        self.levels = levels
        self.users = users
    }

    /// - Parameter projected: where content alone puts the item, in a list with placed items.
    package func blend(_ projected: Place, _ ratings: RatingEvidence) -> Place {
        guard ratings.count > 0 else { return projected }
        // What regression said, before it was spread.
        let mean = levels.actual.row(0)
        let stored = projected.vector + [projected.bias]
        let prior = zip(stored, mean).map { ($0 - $1) / levels.gains[0] + $1 }
        let estimate = posterior(mean: prior, variance: projected.variance, ratings)
        let place = levels.place(estimate.mean, count: ratings.count)
        return Place(
            vector: Array(place.dropLast()), bias: place[place.count - 1], variance: estimate.variance)
    }

    /// Mean (outputs) and trace of the covariance, before the level.
    package func posterior(mean: [Float], variance: Float, _ ratings: RatingEvidence) -> (
        mean: [Float], variance: Float
    ) {
        let outputs = mean.count, d = outputs - 1
        var precision = priorPrecision
        // An item that resembles none at all is not known to be average.
        let inverseScale = priorVariance / max(variance, 1e-3 * priorVariance)
        for i in precision.elements.indices { precision.elements[i] *= inverseScale }
        let drawn = Float(ratings.count) * likelihood.attraction * likelihood.attraction
        for i in 0..<d { precision[i, i] += drawn }
        var right = mean.prefix(d).map { -drawn * $0 } + [0]
        var rater = [Float](repeating: 1, count: outputs)
        for index in 0..<ratings.count {
            rater.replaceSubrange(0..<d, with: ratings.users[(index * d)..<((index + 1) * d)])
            add(
                rater,
                expected: ratings.expected[index] * (ratings.isLiked[index] ? likelihood.likedScale : 1),
                prior: mean, to: &precision, &right)
        }
        guard let factor = Cholesky(precision, pool: Self.pool) else { return (mean, variance) }
        let step = factor.solve(Matrix(rows: outputs, columns: 1, elements: right), pool: Self.pool)
        let roots = factor.inverseOfLower(pool: Self.pool)
        return (
            zip(mean, step.elements).map { $0 + $1 }, roots.elements.reduce(0) { $0 + $1 * $1 }
        )
    }

    private func add(
        _ x: [Float], expected: Float, prior: [Float], to precision: inout Matrix, _ right: inout [Float]
    ) {
        let outputs = x.count
        x.withUnsafeBufferPointer { x in
            prior.withUnsafeBufferPointer { prior in
                precision.elements.withUnsafeMutableBufferPointer { precision in
                    right.withUnsafeMutableBufferPointer { right in
                        guard let x = x.baseAddress, let prior = prior.baseAddress,
                            let precision = precision.baseAddress, let right = right.baseAddress
                        else { return }
                        // Only the lower triangle is read.
                        for row in 0..<outputs {
                            addScaled(
                                x, by: likelihood.precision * x[row], to: precision + row * outputs,
                                count: row + 1)
                        }
                        let surprise = expected - dotProduct(x, prior, count: outputs)
                        addScaled(x, by: likelihood.precision * surprise, to: right, count: outputs)
                        addScaled(x, by: likelihood.attraction, to: right, count: outputs - 1)
                    }
                }
            }
        }
    }

    /// Where an item of unknown content stands, as uncertain as items differ.
    var placeOfUnknown: Place {
        let mean = levels.actual.row(0)
        return Place(vector: Array(mean.dropLast()), bias: mean[mean.count - 1], variance: spread)
    }

    /// The same where users are in another order; nil is one that the levels do not know.
    func forUsers(_ rows: [Int?]) -> ItemFoldIn {
        var levels = Matrix(rows: rows.count, columns: 2)
        for (row, old) in rows.enumerated() {
            for kind in 0..<2 {
                levels[row, kind] = old.map { users.levels[$0, kind] } ?? users.overall[kind]
            }
        }
        return ItemFoldIn(
            priorPrecision: priorPrecision, priorVariance: priorVariance, spread: spread,
            likelihood: likelihood, levels: self.levels,
            users: UserLevels(levels: levels, overall: users.overall))
    }

    /// The systems are small.
    private static let pool = ThreadPool(threads: 1)
}
