/// How well lists put what users like on top; means over users who have something relevant.
public struct RankingScore: Sendable, Codable, Equatable {
    /// Users judged.
    public var users: Int
    /// Normalised discounted cumulative gain of the first 20, binary gain (Järvelin & Kekäläinen 2002).
    public var ndcg20: Double
    /// Share of the relevant items among the first 20.
    public var recall20: Double
    /// Standard error of the NDCG over users.
    public var ndcg20StandardError: Double
    /// Area under the ROC curve, ties one half, where whole lists were ranked.
    public var auc: Double?
}

/// The scores of single users, so that two systems can be compared user by user.
package struct RankingScores: Sendable {
    /// A user's NDCG@20 and recall@20; nil where nothing is relevant.
    package var users: [(ndcg: Double, recall: Double)?]
    /// Areas under the ROC curve of users whose whole lists were ranked; nil, too, where nothing is irrelevant.
    package var areas: [Double?]

    package static let cutoff = 20

    package init(users: [(ndcg: Double, recall: Double)?], areas: [Double?] = []) {
        (self.users, self.areas) = (users, areas)
    }

    /// The lists of all folds.
    package init(joining folds: [RankingScores]) {
        self.init(users: folds.flatMap(\.users), areas: folds.flatMap(\.areas))
    }

    package var mean: RankingScore {
        let judged = users.compactMap(\.self)
        let count = Double(max(judged.count, 1))
        let ndcg = judged.reduce(0) { $0 + $1.ndcg } / count
        let variance = judged.reduce(0) { $0 + ($1.ndcg - ndcg) * ($1.ndcg - ndcg) } / count
        let areas = areas.compactMap(\.self)
        return RankingScore(
            users: judged.count, ndcg20: ndcg, recall20: judged.reduce(0) { $0 + $1.recall } / count,
            ndcg20StandardError: (variance / count).squareRoot(),
            auc: areas.isEmpty ? nil : areas.reduce(0, +) / Double(areas.count))
    }

    /// Judges one list.
    ///
    /// - Parameters:
    ///   - ranked: candidates, best first; at least the first 20.
    ///   - isRelevant: whether a candidate is what the user likes.
    ///   - relevantCount: how many relevant candidates there are.
    package static func judge(
        _ ranked: some Sequence<Int>, isRelevant: (Int) -> Bool, relevantCount: Int
    ) -> (ndcg: Double, recall: Double)? {
        guard relevantCount > 0 else { return nil }
        var (gain, hits) = (0.0, 0)
        for (rank, candidate) in ranked.prefix(cutoff).enumerated() where isRelevant(candidate) {
            gain += discounts[rank]
            hits += 1
        }
        let ideal = discounts.prefix(min(relevantCount, cutoff)).reduce(0, +)
        return (gain / ideal, Double(hits) / Double(relevantCount))
    }

    /// The share of pairs of a relevant and an irrelevant candidate in which the relevant one has the higher score, ties
    /// counting one half: the area under the ROC curve (Hanley & McNeil 1982). Candidates without a score (NaN) are
    /// not on the list.
    ///
    /// - Returns: nil where there is no such pair.
    package static func area(_ scores: [Float], isRelevant: (Int) -> Bool) -> Double? {
        let relevant = scores.indices.filter { isRelevant($0) && !scores[$0].isNaN }.map { scores[$0] }
            .sorted()
        guard !relevant.isEmpty else { return nil }
        var (halves, others) = (0, 0)
        for place in scores.indices where !scores[place].isNaN && !isRelevant(place) {
            let below = relevant.countBelow { $0 < scores[place] }
            let notAbove = relevant.countBelow { $0 <= scores[place] }
            halves += 2 * relevant.count - below - notAbove
            others += 1
        }
        return others == 0 ? nil : Double(halves) / Double(2 * others * relevant.count)
    }

    /// 1 / log₂(rank + 1), ranks from one.
    private static let discounts = (0..<cutoff).map { 1 / binaryLogarithm(Double($0 + 2)) }
}

extension [Float] {
    /// How many of sorted elements are `small`, which holds for a number of first ones: binary search.
    fileprivate func countBelow(_ small: (Float) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if small(self[middle]) { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
