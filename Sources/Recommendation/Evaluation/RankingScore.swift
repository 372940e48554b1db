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
}

/// The scores of single users, so that two systems can be compared user by user.
package struct RankingScores: Sendable {
    /// A user's NDCG@20 and recall@20; nil where nothing is relevant.
    package var users: [(ndcg: Double, recall: Double)?]

    package static let cutoff = 20

    package init(users: [(ndcg: Double, recall: Double)?]) { self.users = users }

    package var mean: RankingScore {
        let judged = users.compactMap(\.self)
        let count = Double(max(judged.count, 1))
        let ndcg = judged.reduce(0) { $0 + $1.ndcg } / count
        let variance = judged.reduce(0) { $0 + ($1.ndcg - ndcg) * ($1.ndcg - ndcg) } / count
        return RankingScore(
            users: judged.count, ndcg20: ndcg, recall20: judged.reduce(0) { $0 + $1.recall } / count,
            ndcg20StandardError: (variance / count).squareRoot())
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

    /// 1 / log₂(rank + 1), ranks from one.
    private static let discounts = (0..<cutoff).map { 1 / binaryLogarithm(Double($0 + 2)) }
}
