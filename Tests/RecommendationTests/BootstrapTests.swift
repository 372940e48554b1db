import FloatKernels
import Recommendation
import Testing

@Suite("Bootstrap over users") struct BootstrapTests {
    private func normal(_ count: Int, mean: Double, deviation: Double, seed: UInt64) -> [Double] {
        var generator = RandomGenerator(seed: seed)
        return (0..<count).map { _ in mean + deviation * Double(generator.normal()) }
    }

    private func bootstrap(_ sums: [[Double]], _ counts: [Double], resamples: Int = 400, seed: UInt64 = 3)
        -> Bootstrap
    {
        var generator = RandomGenerator(seed: seed)
        return Bootstrap(sums: sums, counts: counts, resamples: resamples, using: &generator)
    }

    /// 300 samples of a planted mean: a 95 % interval misses it about fifteen times, and not to one side only.
    @Test func intervalsCoverAPlantedMean() {
        var (below, above) = (0, 0)
        for seed in 0..<300 {
            let values = normal(80, mean: 0.3, deviation: 0.1, seed: UInt64(100 + seed))
            let interval = bootstrap([values], values.map { _ in 1 }, seed: UInt64(seed)).interval(of: 0)
            below += interval.high < 0.3 ? 1 : 0
            above += interval.low > 0.3 ? 1 : 0
        }
        // Binomial with p = .05 and 300 draws, three standard deviations on either side.
        #expect((4...27).contains(below + above))
        #expect(below > 0 && above > 0)
    }

    /// With one list a user or five alike, what is known of users is the same.
    @Test func theListsOfAUserStayTogether() {
        let values = normal(200, mean: 0.5, deviation: 0.2, seed: 7)
        let once = bootstrap([values], values.map { _ in 1 }).interval(of: 0)
        let often = bootstrap([values.map { 5 * $0 }], values.map { _ in 5 }).interval(of: 0)
        #expect(abs(once.low - often.low) < 1e-12 && abs(once.high - often.high) < 1e-12)
        let width = once.high - once.low
        // 2 · 1.96 · .2 / √200, and what 400 resamples leave open.
        #expect(abs(width - 0.0554) < 0.012)
    }

    /// Users with more lists weigh more, as they do in the mean.
    @Test func meansAreOverLists() {
        let interval = bootstrap([[9, 0, 9, 0, 9, 0]], [9, 1, 9, 1, 9, 1]).interval(of: 0)
        #expect(interval.low < 0.9 && interval.high == 1)
    }

    @Test func aDifferenceIsPaired() {
        let values = normal(60, mean: 0.4, deviation: 0.3, seed: 11)
        let both = bootstrap([values, values.map { $0 + 0.01 }], values.map { _ in 1 })
        let own = both.interval(of: 1), difference = both.interval(of: 1, minus: 0)
        #expect(own.high - own.low > 0.1)
        #expect(abs(difference.low - 0.01) < 1e-9 && abs(difference.high - 0.01) < 1e-9)
    }

    @Test func theSameSeedDrawsTheSameUsers() {
        let values = normal(50, mean: 0, deviation: 1, seed: 13)
        let counts = values.map { _ in 1.0 }
        #expect(bootstrap([values], counts).interval(of: 0) == bootstrap([values], counts).interval(of: 0))
        #expect(
            bootstrap([values], counts).interval(of: 0)
                != bootstrap([values], counts, seed: 4).interval(of: 0))
        #expect(bootstrap([[]], []).interval(of: 0) == Interval(low: 0, high: 0))
    }
}
