import ContentProjection
package import FloatKernels

/// From cold to warm: where an item belongs, given its content and the ratings it has so far, in closed form.
///
/// The content projection f is the mean of the prior, and its covariance is s·S: S that of the left-out residuals of items
/// that training has placed, s how far this item's variance is from theirs. Ratings are the likelihood (`FoldInLikelihood`):
///
///     P = (s S)⁻¹ + Σ τᵣ x xᵀ + Σ ωᵣ α² I_v,   z = f + P⁻¹ (Σ τᵣ x (y − x·f) + α Σ u − Σ ωᵣ α² f_v)
///
/// over the raters x = (u, 1), who stay where they are (Rasmussen & Williams 2006, equation 2.8). The result depends on
/// the ratings alone, not on their order, and takes well under a millisecond.
///
/// **Strangers.** Users have covariance I in the canonical gauge, so one of whom k ratings tell the share ω = k / (k +
/// halfway) (`TastePrior`) has a covariance of (1 − ω) I left. His score of the item is uncertain by (1 − ω) ‖v‖² beside
/// 1/τ, so his rating says as much less, τᵣ = τ / (1 + τ (1 − ω) ‖f_v‖²); and of what draws raters, exp(α u·v) over its mean,
/// only ω remains. Users of the training have ω = 1, and so τᵣ = τ. As nobody knows what a stranger scores, his word counts
/// only the way that he says it: a like does not lower an item, nor anything else raise it.
///
/// **What one user can do.** A user has one rating of an item, the last. With P and z as the ratings of the others leave
/// them, it moves the item, measured in the standard deviations that P leaves it, by
///
///     ‖z′ − z‖_P ≤ √τ |y − x·z| + α ‖u − α z_v‖_P⁻¹
///
/// since P′ ⪰ P + τ x xᵀ. P only grows, so that the same move in these units is a shorter one the more ratings there are. How high a
/// rating is does not enter: it is a like or it is none. x of a rater whom training has not seen is no longer than the
/// longest that it has (`SnapshotModel.shortened`). Of a stranger it is τᵣ that counts, which is less.
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
        let place = levels.place(estimate.mean, count: ratings.knownCount)
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
        let drawn = ratings.certainty.reduce(0, +) * likelihood.attraction * likelihood.attraction
        let taste = mean.prefix(d).reduce(0) { $0 + $1 * $1 }
        for i in 0..<d { precision[i, i] += drawn }
        var right = mean.prefix(d).map { -drawn * $0 } + [0]
        var rater = [Float](repeating: 1, count: outputs)
        for index in 0..<ratings.count {
            rater.replaceSubrange(0..<d, with: ratings.users[(index * d)..<((index + 1) * d)])
            let expected = ratings.expected[index] * (ratings.isLiked[index] ? likelihood.likedScale : 1)
            let surprise = expected - Self.product(rater, mean)
            let unknown = (1 - ratings.certainty[index]) * taste
            add(
                rater, precision: likelihood.precision / (1 + likelihood.precision * unknown),
                surprise: ratings.heard(surprise, of: index), to: &precision, &right)
        }
        guard let factor = Cholesky(precision, pool: Self.pool) else { return (mean, variance) }
        let step = factor.solve(Matrix(rows: outputs, columns: 1, elements: right), pool: Self.pool)
        let roots = factor.inverseOfLower(pool: Self.pool)
        return (
            zip(mean, step.elements).map { $0 + $1 }, roots.elements.reduce(0) { $0 + $1 * $1 }
        )
    }

    private static func product(_ a: [Float], _ b: [Float]) -> Float {
        a.withUnsafeBufferPointer { first in
            b.withUnsafeBufferPointer { second in
                guard let first = first.baseAddress, let second = second.baseAddress else { return 0 }
                return dotProduct(first, second, count: a.count)
            }
        }
    }

    private func add(
        _ x: [Float], precision weight: Float, surprise: Float, to precision: inout Matrix,
        _ right: inout [Float]
    ) {
        let outputs = x.count
        x.withUnsafeBufferPointer { x in
            precision.elements.withUnsafeMutableBufferPointer { precision in
                right.withUnsafeMutableBufferPointer { right in
                    guard let x = x.baseAddress, let precision = precision.baseAddress,
                        let right = right.baseAddress
                    else { return }
                    // Only the lower triangle is read.
                    for row in 0..<outputs {
                        addScaled(x, by: weight * x[row], to: precision + row * outputs, count: row + 1)
                    }
                    addScaled(x, by: weight * surprise, to: right, count: outputs)
                    addScaled(x, by: likelihood.attraction, to: right, count: outputs - 1)
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
            users: UserLevels(levels: levels, overall: users.overall, biases: users.biases))
    }

    /// The systems are small.
    private static let pool = ThreadPool(threads: 1)
}
