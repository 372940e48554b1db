import Foundation
import Recommendation
import Testing

@Suite struct RankingTests {
    @Test func ndcgAndRecallOfAKnownList() throws {
        // Relevant at ranks 1 and 3, three relevant in all: (1 + 1/2) / (1 + 1/log₂3 + 1/2).
        let score = try #require(
            RankingScores.judge([7, 1, 9, 2], isRelevant: { [7, 9, 100].contains($0) }, relevantCount: 3))
        #expect(abs(score.ndcg - 1.5 / (1 + 1 / log2(3.0) + 0.5)) < 1e-12)
        #expect(abs(score.recall - 2.0 / 3) < 1e-12)
        #expect(RankingScores.judge([1], isRelevant: { _ in false }, relevantCount: 0) == nil)
    }

    @Test func onlyTheFirstTwentyCount() throws {
        let score = try #require(
            RankingScores.judge(Array(0..<30), isRelevant: { $0 == 20 }, relevantCount: 1))
        #expect(score.ndcg == 0)
        #expect(score.recall == 0)
    }

    @Test func meanAndStandardErrorAreOverJudgedUsers() {
        let mean = RankingScores(users: [(0.2, 1), nil, (0.6, 0)]).mean
        #expect(mean.users == 2)
        #expect(abs(mean.ndcg20 - 0.4) < 1e-12)
        #expect(abs(mean.recall20 - 0.5) < 1e-12)
        #expect(abs(mean.ndcg20StandardError - 0.2 / 2.0.squareRoot()) < 1e-12)
    }

    /// Against every pair of a relevant and an irrelevant candidate, ties one half.
    @Test func areaCountsPairs() throws {
        #expect(RankingScores.area([3, 2, 1], isRelevant: { $0 == 0 }) == 1)
        #expect(RankingScores.area([3, 2, 1], isRelevant: { $0 == 2 }) == 0)
        #expect(RankingScores.area([1, 1, 1], isRelevant: { $0 == 2 }) == 0.5)
        #expect(RankingScores.area([2, .nan, 1, 5], isRelevant: { $0 < 2 }) == 0.5)
        #expect(RankingScores.area([1, 2], isRelevant: { _ in true }) == nil)
        #expect(RankingScores.area([1, .nan], isRelevant: { $0 == 0 }) == nil)
        let scores: [Float] = [4, 1, 4, 2, 3, 2, 4, 0, 2, 1], relevant = [0, 3, 4, 9]
        var halves = 0
        for good in relevant {
            for other in scores.indices where !relevant.contains(other) {
                halves += scores[good] > scores[other] ? 2 : scores[good] == scores[other] ? 1 : 0
            }
        }
        #expect(RankingScores.area(scores, isRelevant: relevant.contains) == Double(halves) / 48)
    }

    @Test func exposureTellsEvenFromUneven() {
        #expect(Exposure(counts: [3, 3, 3, 3]) == Exposure(counts: [1, 1, 1, 1]))
        #expect(abs(Exposure(counts: [3, 3, 3, 3]).gini) < 1e-12)
        let one = Exposure(counts: [0, 0, 8, 0])
        #expect(abs(one.gini - 0.75) < 1e-12 && one.shown == 0.25)
        // Of 1 and 3, the mean difference is 1, twice the mean 4: a quarter.
        #expect(abs(Exposure(counts: [3, 1]).gini - 0.25) < 1e-12)
        #expect(Exposure(counts: [0, 0]).shown == 0 && Exposure(counts: [0, 0]).gini == 0)
    }

    @Test func theGateRefusesOnlyWhatIsWorseBeyondNoise() {
        func scores(_ values: [Double]) -> RankingScores { RankingScores(users: values.map { ($0, 0) }) }
        let active = scores((0..<100).map { 0.3 + 0.002 * Double($0 % 10) })
        #expect(GateVerdict(candidate: active, active: active).passes)
        let worse = scores((0..<100).map { 0.2 + 0.002 * Double($0 % 10) })
        #expect(!GateVerdict(candidate: worse, active: active).passes)
        #expect(GateVerdict(candidate: active, active: worse).passes)
        // Worse on average, but by less than the users differ.
        let noisy = scores((0..<100).map { $0.isMultiple(of: 2) ? 0.0 : 0.61 })
        #expect(GateVerdict(candidate: noisy, active: active).passes)
    }

    @Test(arguments: [0, 1, -1, 0.1234567, -12.5, 3.1415927, 1e-9, 999_999, -0.00000004])
    func scoresAreWrittenWithSevenDecimals(value: Double) {
        var line: [UInt8] = []
        CSVField.append(Float(value), to: &line)
        let text = String(decoding: line, as: UTF8.self)
        #expect(abs((Double(text) ?? .nan) - Double(Float(value))) <= 5.1e-8 * max(1, abs(value)))
        #expect(text.split(separator: ".").last?.count == 7)
    }

    @Test func fieldsAreQuotedWhereTheyMustBe() {
        #expect(String(decoding: CSVField.encode("plain id"), as: UTF8.self) == "plain id")
        #expect(String(decoding: CSVField.encode("a,\"b\""), as: UTF8.self) == "\"a,\"\"b\"\"\"")
    }
}
