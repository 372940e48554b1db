import FloatKernels
import Recommendation
import Testing

@Suite struct SoftmaxScaleTests {
    /// Choices drawn with a known β give it back: by the Fisher information, give or take 1 %.
    @Test(arguments: [0.3, 2.0, 7.5])
    func thePlantedScaleIsFound(scale: Double) {
        var generator = RandomGenerator(seed: 4)
        var (scores, chosen) = ([[Float]](), [[Int]]())
        for _ in 0..<4_000 {
            let own = (0..<30).map { _ in generator.normal() / Float(scale) * 1.5 }
            let shares = SoftmaxScale.probabilities(own, scale: scale)
            chosen.append(
                (0..<8).map { _ in
                    var left = Double(generator.uniform())
                    return shares.firstIndex { share in
                        left -= share
                        return left < 0
                    } ?? 29
                })
            scores.append(own)
        }
        let found = SoftmaxScale.fit(scores: scores, chosen: chosen)
        #expect(abs(found / scale - 1) < 0.04)
    }

    @Test func probabilitiesAreASoftmax() {
        let shares = SoftmaxScale.probabilities([1, 2, 2, -3], scale: 0.5)
        #expect(abs(shares.reduce(0, +) - 1) < 1e-12)
        #expect(shares[1] == shares[2])
        #expect(abs(shares[1] / shares[0] - 1.6487212707) < 1e-6)
        #expect(SoftmaxScale.probabilities([1e30, 0], scale: 1) == [1, 0])
    }

    @Test func nothingToLearnFromGivesAFiniteScale() {
        #expect(SoftmaxScale.fit(scores: [], chosen: []) == 1)
        #expect(SoftmaxScale.fit(scores: [[2, 2, 2]], chosen: [[1]]) == 1)
        #expect(SoftmaxScale.fit(scores: [[2, 1, 0]], chosen: [[0]]).isFinite)
        #expect(SoftmaxScale.fit(scores: [[2, 1, 0]], chosen: [[2]]) > 0)
    }
}
