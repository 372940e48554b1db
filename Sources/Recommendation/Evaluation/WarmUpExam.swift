package import CollaborativeFiltering
package import FloatKernels

/// Items that collect their first ratings: some are revealed one after another, the likes among the rest are to be found.
///
/// Of every item at most so many, and at most half of its ratings, are revealed. What is asked for is the same
/// however many are.
package struct WarmUpExam: Sendable {
    package static let mostRevealed = 20

    /// Of every item on the list its raters, in the order in which they are revealed.
    package let revealed: [[(user: Int, rating: Float)]]
    /// For every user the positions of revealed pairs, and of likes that stay hidden, ascending.
    private let excluded: [[Int32]], relevant: [[Int]]
    /// Users whose lists are judged.
    private let judged: [Int]

    /// - Parameters:
    ///   - items: those on the list, by their number in the interactions.
    ///   - mostUsers: lists judged; of more users every n-th.
    ///   - mostRevealed: of every item at most so many ratings are revealed.
    package init(
        _ interactions: InteractionMatrix, items: [Int], mostUsers: Int? = nil,
        mostRevealed: Int = Self.mostRevealed, using generator: inout RandomGenerator
    ) {
        let byItem = interactions.transposed()
        var revealed: [[(user: Int, rating: Float)]] = []
        var excluded = [[Int32]](repeating: [], count: interactions.userCount)
        var relevant = [[Int]](repeating: [], count: interactions.userCount)
        for (position, item) in items.enumerated() {
            var entries = Array(byItem.entries(ofRow: item))
            generator.shuffle(&entries)
            let shown = min(mostRevealed, entries.count / 2)
            revealed.append(
                entries.prefix(shown).map { (Int(byItem.columnIndices[$0]), byItem.values[$0]) })
            for entry in entries.prefix(shown) {
                excluded[Int(byItem.columnIndices[entry])].append(Int32(position))
            }
            for entry in entries.dropFirst(shown) where interactions.isPositive(byItem.values[entry]) {
                relevant[Int(byItem.columnIndices[entry])].append(position)
            }
        }
        (self.revealed, self.excluded, self.relevant) = (revealed, excluded, relevant)
        let asked = relevant.indices.filter { !relevant[$0].isEmpty }
        let step = mostUsers.map { max(1, (asked.count + $0 - 1) / $0) } ?? 1
        judged = stride(from: 0, to: asked.count, by: step).map { asked[$0] }
    }

    /// Judges places of the items (items × outputs: vector, then bias).
    package func score(_ placements: Matrix, users: Matrix, pool: ThreadPool) -> RankingScores {
        let table = ItemTable(placements: placements)
        let lists = ProductScan(vectors: table.vectors, biases: table.biases).largest(
            RankingScores.cutoff, queries: users.selectingRows(judged), excluded: judged.map { excluded[$0] },
            pool: pool)
        var scores = [(ndcg: Double, recall: Double)?](repeating: nil, count: relevant.count)
        for (user, list) in zip(judged, lists) {
            let wanted = Set(relevant[user])
            scores[user] = RankingScores.judge(
                list.lazy.map(\.index), isRelevant: wanted.contains, relevantCount: wanted.count)
        }
        return RankingScores(users: scores)
    }
}
