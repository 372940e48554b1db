import CollaborativeFiltering
import ContentProjection
import Diagnostics
import FloatKernels

/// Finds out, on items that training has placed, what first ratings are worth.
///
/// Every one of them is put where its content alone would have put it (leave-one-out), and given back some of its ratings.
/// The likelihood is the one that then ranks the items best for the users who liked them; the levels are those at which
/// places by content and ratings have the mean and the spread of the places that all ratings gave.
struct FoldInTrainer {
    let interactions: InteractionMatrix
    /// The users of the interactions, in the items' space.
    let users: Matrix
    let userLevels: UserLevels
    /// Items of the interactions that were learned from.
    let rows: [Int]
    let fit: ProjectionFit
    let targets: ProjectionTargets
    let seed: UInt64
    let pool: ThreadPool
    let monitor: WorkMonitor

    /// The values tried: of the likelihood's precision and of the attraction, in units of one over the prior's variance
    /// and over the places' length. The second of each is where the search starts, and what a small catalogue gets.
    private static let precisions: [Float] = [0.25, 0.5, 1, 0.12]
    private static let scales: [Float] = [1, 1.2, 1.4]
    private static let attractions: [Float] = [0, 0.33, 0.5]
    private static let ratingCounts = [1, 5, 20]
    /// Lists, and items on each; fewer than the least say nothing. One list alone is too much a matter of its items.
    private static let lists = 3, listLength = 300, leastItems = 30
    private static let mostUsers = 3_000
    private static let levelCounts = [1, 2, 5, 10, 20, 50, 100, 200, 500]
    private static let levelItems = 200

    func train() throws -> ItemFoldIn {
        let places = targets.placements
        let residuals = places.subtracting(fit.leftOut)
        let variance = residuals.elements.reduce(0) { $0 + $1 * $1 } / Float(max(places.rows, 1))
        let mean = places.columnMeans
        let length =
            (places.addingToRows(mean.map { -$0 }).elements.reduce(0) { $0 + $1 * $1 }
            / Float(max(places.rows, 1))).squareRoot()
        let start = ItemFoldIn(
            priorPrecision: precision(of: residuals, variance: variance), priorVariance: variance,
            spread: length * length,
            likelihood: likelihood(Self.precisions[1], Self.scales[1], Self.attractions[1], variance, length),
            levels: PlaceLevels(
                counts: [0], estimated: Matrix(rows: 1, columns: mean.count, elements: mean),
                actual: Matrix(rows: 1, columns: mean.count, elements: mean), gains: [fit.projection.gain]),
            users: userLevels)
        let chosen = try choose(start, variance, length)
        return chosen.with(levels: try levels(chosen, places))
    }

    private func likelihood(
        _ precision: Float, _ scale: Float, _ attraction: Float, _ variance: Float, _ length: Float
    ) -> FoldInLikelihood {
        FoldInLikelihood(
            likedFrom: interactions.positiveThreshold, likedScale: scale,
            precision: precision / max(variance, .leastNormalMagnitude),
            attraction: attraction / max(length, .leastNormalMagnitude))
    }

    /// (RᵀR / n)⁻¹, with a thousandth of the mean variance on the diagonal.
    private func precision(of residuals: Matrix, variance: Float) -> Matrix {
        var covariance = matrixProduct(residuals, residuals, transposingA: true, pool: pool)
        let outputs = covariance.rows
        for i in covariance.elements.indices {
            covariance.elements[i] /= Float(max(residuals.rows, 1))
        }
        let ridge = max(1e-3 * variance / Float(outputs), .leastNormalMagnitude)
        for i in 0..<outputs { covariance[i, i] += ridge }
        if let factor = Cholesky(covariance, pool: pool) { return factor.inverse(pool: pool) }
        var diagonal = Matrix(rows: outputs, columns: outputs)
        for i in 0..<outputs { diagonal[i, i] = 1 / ridge }
        return diagonal
    }

    /// One setting after the other, from where the last one left off.
    private func choose(_ start: ItemFoldIn, _ variance: Float, _ spread: Float) throws -> ItemFoldIn {
        var generator = RandomGenerator(seed: seed, stream: 700)
        var order = Array(rows.indices)
        generator.shuffle(&order)
        let length = min(Self.listLength, order.count / Self.lists)
        guard length >= Self.leastItems else { return start }
        let exams = (0..<Self.lists).map { number in
            let list = order[(number * length)..<((number + 1) * length)].sorted()
            let exam = WarmUpExam(
                interactions, items: list.map { rows[$0] }, mostUsers: Self.mostUsers, using: &generator)
            return (list, exam)
        }
        var best = (precision: Self.precisions[1], scale: Self.scales[1], attraction: Self.attractions[1])
        let tries = Self.precisions.count + Self.scales.count + Self.attractions.count - 3
        try monitor.report("Weighing first ratings", 0, of: tries)
        var (chosen, score, tried) = (start, try judge(start, exams), 0)
        func attempt(_ candidate: (precision: Float, scale: Float, attraction: Float)) throws {
            let next = chosen.with(
                likelihood: likelihood(
                    candidate.precision, candidate.scale, candidate.attraction, variance, spread))
            let reached = try judge(next, exams)
            tried += 1
            try monitor.report("Weighing first ratings", tried, of: tries)
            if reached > score { (best, chosen, score) = (candidate, next, reached) }
        }
        for precision in Self.precisions where precision != Self.precisions[1] {
            try attempt((precision, best.scale, best.attraction))
        }
        for scale in Self.scales where scale != Self.scales[1] {
            try attempt((best.precision, scale, best.attraction))
        }
        for attraction in Self.attractions where attraction != Self.attractions[1] {
            try attempt((best.precision, best.scale, attraction))
        }
        return chosen
    }

    /// The NDCG over all lists and some numbers of ratings, summed.
    private func judge(_ foldIn: ItemFoldIn, _ exams: [(list: [Int], exam: WarmUpExam)]) throws -> Double {
        var sum = 0.0
        for (list, exam) in exams {
            for count in Self.ratingCounts {
                let estimates = estimate(foldIn, list, exam.revealed.map { Array($0.prefix(count)) })
                sum += exam.score(estimates, users: users, pool: pool).mean.ndcg20
            }
        }
        return sum
    }

    /// list × outputs: the posterior means of items, by their places in the fit, given some of their ratings.
    private func estimate(
        _ foldIn: ItemFoldIn, _ list: [Int], _ ratings: [[(user: Int, rating: Float)]]
    ) -> Matrix {
        var result = Matrix(rows: list.count, columns: fit.leftOut.columns)
        result.withMutableRows(pool: pool) { row, values in
            var evidence = RatingEvidence()
            for (user, rating) in ratings[row] {
                let isLiked = interactions.isPositive(rating)
                evidence.add(
                    user: users.row(user), expected: userLevels.level(ofUser: user, isLiked: isLiked),
                    isLiked: isLiked)
            }
            let mean = foldIn.posterior(
                mean: fit.leftOut.row(list[row]), variance: fit.leftOutVariances[list[row]], evidence
            ).mean
            for column in values.indices { values[column] = mean[column] }
        }
        return result
    }

    private func levels(_ foldIn: ItemFoldIn, _ places: Matrix) throws -> PlaceLevels {
        let byItem = interactions.transposed()
        var generator = RandomGenerator(seed: seed, stream: 701)
        var (counts, gains) = (foldIn.levels.counts, foldIn.levels.gains)
        var (estimated, actual) = (foldIn.levels.estimated.elements, foldIn.levels.actual.elements)
        for count in Self.levelCounts {
            var able = rows.indices.filter {
                byItem.entries(ofRow: rows[$0]).count >= 2 * count
            }
            guard able.count >= Self.leastItems else { break }
            generator.shuffle(&able)
            let list = able.prefix(Self.levelItems).sorted()
            let ratings = list.map { place in
                var entries = Array(byItem.entries(ofRow: rows[place]))
                generator.shuffle(&entries)
                return entries.prefix(count).map { (Int(byItem.columnIndices[$0]), byItem.values[$0]) }
            }
            let estimates = estimate(foldIn, list, ratings), known = places.selectingRows(list)
            counts.append(count)
            estimated += estimates.columnMeans
            actual += known.columnMeans
            gains.append((known.spread / max(estimates.spread, .leastNormalMagnitude)).squareRoot())
            try monitor.report("Levelling first ratings", counts.count - 1, of: Self.levelCounts.count)
        }
        return PlaceLevels(
            counts: counts,
            estimated: Matrix(rows: counts.count, columns: places.columns, elements: estimated),
            actual: Matrix(rows: counts.count, columns: places.columns, elements: actual), gains: gains)
    }
}

extension ItemFoldIn {
    fileprivate func with(likelihood: FoldInLikelihood? = nil, levels: PlaceLevels? = nil) -> ItemFoldIn {
        ItemFoldIn(
            priorPrecision: priorPrecision, priorVariance: priorVariance, spread: spread,
            likelihood: likelihood ?? self.likelihood, levels: levels ?? self.levels, users: users)
    }
}

extension Matrix {
    fileprivate func subtracting(_ other: Matrix) -> Matrix {
        Matrix(rows: rows, columns: columns, elements: zip(elements, other.elements).map { $0 - $1 })
    }

    /// Σ over columns of the variance.
    fileprivate var spread: Float {
        addingToRows(columnMeans.map { -$0 }).elements.reduce(0) { $0 + $1 * $1 } / Float(Swift.max(rows, 1))
    }
}
