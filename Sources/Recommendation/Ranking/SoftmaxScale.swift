#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Turns scores into probabilities: of some candidates, that a user takes item i next, if one at all, is
///
///     P(i) = exp(β sᵢ) / Σ_j exp(β s_j).
///
/// Scores of least squares are on a scale of their own, so β is found on the catalogue: the one under which what users like
/// of items left out is likeliest. The logarithm of that likelihood is concave in β, and Newton's method climbs it.
package enum SoftmaxScale {
    private static let rounds = 30
    /// What is taken where nothing can be learned.
    private static let fallback = 1.0
    private static let bounds = 1e-3...1e3

    /// - Parameters:
    ///   - scores: of the candidates, for every user.
    ///   - chosen: places in `scores` of what each user took.
    /// - Returns: β.
    package static func fit(scores: [[Float]], chosen: [[Int]]) -> Double {
        precondition(scores.count == chosen.count, "choices of every user")
        let used = scores.indices.filter { !chosen[$0].isEmpty && scores[$0].count > 1 }
        let deviation = used.reduce(0.0) { $0 + spread(scores[$1], scale: 0).variance }
        guard !used.isEmpty, deviation > 0 else { return fallback }
        var scale = 1 / (deviation / Double(used.count)).squareRoot()
        for _ in 0..<rounds {
            var (slope, curvature) = (0.0, 0.0)
            for user in used {
                let (mean, variance) = spread(scores[user], scale: scale)
                for place in chosen[user] { slope += Double(scores[user][place]) - mean }
                curvature += Double(chosen[user].count) * variance
            }
            guard curvature > 0 else { break }
            // At most a doubling or a halving: far from the peak the parabola of the step says little.
            let next = min(max(scale + slope / curvature, scale / 2), scale * 2)
            let isDone = abs(next - scale) < 1e-6 * scale
            scale = min(max(next, bounds.lowerBound), bounds.upperBound)
            if isDone { break }
        }
        return scale
    }

    /// The probabilities of candidates with these scores.
    package static func probabilities(_ scores: [Float], scale: Double) -> [Double] {
        let highest = Double(scores.max() ?? 0)
        let values = scores.map { exp(scale * (Double($0) - highest)) }
        let total = values.reduce(0, +)
        return values.map { $0 / total }
    }

    /// Mean and variance of the scores under the probabilities that they give.
    private static func spread(_ scores: [Float], scale: Double) -> (mean: Double, variance: Double) {
        let shares = probabilities(scores, scale: scale)
        let mean = zip(shares, scores).reduce(0) { $0 + $1.0 * Double($1.1) }
        let variance = zip(shares, scores).reduce(0) { sum, pair in
            let distance = Double(pair.1) - mean
            return sum + pair.0 * distance * distance
        }
        return (mean, variance)
    }
}
