import FloatKernels
import Recommendation
import Testing

@Suite("What ratings are expected to leave open") struct RatingForecastTests {
    private static let d = 4

    private let foldIn: ItemFoldIn = {
        let outputs = RatingForecastTests.d + 1
        var precision = Matrix(rows: outputs, columns: outputs)
        for output in 0..<outputs { precision[output, output] = 5 }
        let mean = Matrix(rows: 1, columns: outputs)
        return ItemFoldIn(
            priorPrecision: precision, priorVariance: 1, spread: 2,
            likelihood: FoldInLikelihood(likedFrom: 4, likedScale: 1, precision: 3, attraction: 0.5),
            levels: PlaceLevels(counts: [0], estimated: mean, actual: mean, gains: [1]),
            users: UserLevels(levels: Matrix(rows: 0, columns: 2), overall: [0.5, 0.2]))
    }()

    /// With independent outputs every one has 1 / (p + k τ), and + k α² in the dimensions.
    @Test func itIsTheFormula() {
        for (count, variance) in [(1, Float(1)), (7, 1), (40, 0.5)] {
            let prior = 5 / variance
            let expected =
                Float(Self.d) / (prior + Float(count) * (3 + 0.25)) + 1 / (prior + Float(count) * 3)
            let found = foldIn.expectedVariance(afterRatings: count, variance: variance)
            #expect(abs(found - expected) < 1e-5 * expected)
        }
        #expect(foldIn.expectedVariance(afterRatings: 0, variance: 0.7) == 0.7)
    }

    /// Users as they are: mean 0, covariance 1. Of many the forecast is what fold-in finds.
    @Test func manyRatingsLeaveWhatWasExpected() {
        var generator = RandomGenerator(seed: 3)
        var evidence = RatingEvidence()
        for _ in 0..<400 {
            evidence.add(user: (0..<Self.d).map { _ in generator.normal() }, expected: 0.4, isLiked: true)
        }
        let found = foldIn.posterior(
            mean: [Float](repeating: 0, count: Self.d + 1), variance: 1, evidence
        ).variance
        let expected = foldIn.expectedVariance(afterRatings: 400, variance: 1)
        #expect(abs(found / expected - 1) < 0.15)
    }

    @Test func theFirstNumberThatSufficesIsFound() throws {
        for share in [Float(0.9), 0.5, 0.1, 0.01] {
            let count = try #require(foldIn.ratings(leaving: share, of: 1))
            #expect(foldIn.expectedVariance(afterRatings: count, variance: 1) <= share)
            #expect(foldIn.expectedVariance(afterRatings: count - 1, variance: 1) > share)
        }
        #expect(foldIn.ratings(leaving: 1e-9, of: 1) == nil)
    }
}
