package import FloatKernels

/// How much means over users would move if other users had come: percentile intervals of the bootstrap
/// (Efron & Tibshirani 1993, section 13.3).
///
/// A unit is one user with all the lists of all folds; resampling draws as many users with replacement. All systems are
/// judged on the same resamples, so that the interval of a difference is that of paired values.
package struct Bootstrap: Sendable {
    package static let resamples = 1_000
    /// Share of the resampled means that an interval holds.
    private static let coverage = 0.95

    /// For every system the mean in each resample.
    private let means: [[Double]]

    /// - Parameters:
    ///   - sums: for every system, each unit's sum of values.
    ///   - counts: how many values each unit has, the same for all systems.
    package init(
        sums: [[Double]], counts: [Double], resamples: Int = Self.resamples,
        using generator: inout RandomGenerator
    ) {
        precondition(sums.allSatisfy { $0.count == counts.count }, "a sum for every unit")
        let systems = sums.count
        // Unit after unit, so that a drawn one is read in one go; its count stands behind its sums.
        let rows = counts.indices.flatMap { unit in sums.map { $0[unit] } + [counts[unit]] }
        var means = [[Double]](repeating: [], count: systems)
        for _ in 0..<(counts.isEmpty ? 0 : resamples) {
            var totals = [Double](repeating: 0, count: systems + 1)
            for _ in counts.indices {
                let start = generator.index(below: counts.count) * (systems + 1)
                for place in 0...systems { totals[place] += rows[start + place] }
            }
            for system in 0..<systems { means[system].append(totals[system] / max(totals[systems], 1)) }
        }
        self.means = means
    }

    private init(means: [[Double]]) { self.means = means }

    /// The same for the roots of the means.
    package var ofRoots: Bootstrap { Bootstrap(means: means.map { $0.map { $0.squareRoot() } }) }

    /// Of a system's mean.
    package func interval(of system: Int) -> Interval { Self.interval(means[system]) }

    /// Of the mean difference of two systems.
    package func interval(of system: Int, minus other: Int) -> Interval {
        Self.interval(zip(means[system], means[other]).map { $0 - $1 })
    }

    private static func interval(_ values: [Double]) -> Interval {
        guard !values.isEmpty else { return Interval(low: 0, high: 0) }
        let sorted = values.sorted()
        let outside = Int((Double(sorted.count) * (1 - coverage) / 2).rounded())
        return Interval(low: sorted[max(outside - 1, 0)], high: sorted[sorted.count - max(outside, 1)])
    }
}
