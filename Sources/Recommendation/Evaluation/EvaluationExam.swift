import CollaborativeFiltering
import FloatKernels

/// One fold: what may be learned, and what is asked.
struct EvaluationExam: Sendable {
    let training: InteractionMatrix
    let heldOutItems: [Int]
    let knownItems: [Int]
    /// All items in an order that means nothing: in this one, equal scores are ranked.
    let order: [Int]
    /// For every user, what was held out and he likes.
    let liked: [[Int]]
    /// For every user, the items of the training data: not asked for again.
    let seen: [[Int]]

    /// Ratings of every item in the training data.
    var ratingCounts: [Int] {
        var counts = [Int](repeating: 0, count: training.itemCount)
        for column in training.ratings.columnIndices { counts[Int(column)] += 1 }
        return counts
    }

    /// Likes of every item in the training data.
    var popularity: [Float] {
        var counts = [Float](repeating: 0, count: training.itemCount)
        for (column, rating) in zip(training.ratings.columnIndices, training.ratings.values)
        where training.isPositive(rating) {
            counts[Int(column)] += 1
        }
        return counts
    }

    /// What a user likes in the training data.
    func likes(ofUser user: Int) -> [Int] {
        training.ratings.entries(ofRow: user).filter { training.isPositive(training.ratings.values[$0]) }
            .map { Int(training.ratings.columnIndices[$0]) }
    }

    /// The learned items, with the held-out ones put where `placed` has them, a row each.
    func table(_ items: ItemTable, placing placed: ItemTable) -> ItemTable {
        var table = items
        for (row, item) in heldOutItems.enumerated() {
            table.vectors.elements.replaceSubrange(
                (item * items.dimensions)..<((item + 1) * items.dimensions), with: placed.vectors.row(row))
            table.biases[item] = placed.biases[row]
        }
        return table
    }

    /// Some items are worth the mean popularity of the items that share their genres, the others their own.
    func genrePopularity(_ genres: [[String]], of items: [Int]) -> [Float] {
        var popularity = popularity
        var sums: [String: (total: Float, count: Float)] = [:]
        for item in knownItems {
            for genre in genres[item] {
                sums[genre, default: (0, 0)].total += popularity[item]
                sums[genre, default: (0, 0)].count += 1
            }
        }
        for item in items {
            let means = genres[item].compactMap { sums[$0].map { $0.total / $0.count } }
            popularity[item] = means.isEmpty ? 0 : means.reduce(0, +) / Float(means.count)
        }
        return popularity
    }

    /// The held-out items, in `order`.
    var heldOutInOrder: [Int] {
        let isHeld = Set(heldOutItems)
        return order.filter(isHeld.contains)
    }

    /// Judges a system that scores all items for a user, on several lists of candidates.
    ///
    /// - Returns: for each of these lists the users' scores, and for every held-out item how many users are shown it.
    func judge(
        _ scores: @Sendable (Int) -> [Float], among candidates: [[Int]], pool: ThreadPool
    ) -> [(scores: RankingScores, shown: [Int])] {
        var lists = [[RankedList]](repeating: [], count: training.userCount)
        lists.withUnsafeMutableBufferPointer { buffer in
            nonisolated(unsafe) let lists = buffer
            pool.forEachRange(training.userCount) { range in
                for user in range where !liked[user].isEmpty {
                    var all = scores(user)
                    for item in seen[user] { all[item] = .nan }
                    let relevant = Set(liked[user])
                    lists[user] = candidates.map { RankedList($0, scores: all, relevant: relevant) }
                }
            }
        }
        return candidates.indices.map { place in
            let ranked = lists.map { $0.isEmpty ? nil : $0[place] }
            var counts = [Int](repeating: 0, count: training.itemCount)
            for list in ranked { for item in list?.top ?? [] { counts[item] += 1 } }
            return (
                RankingScores(users: ranked.map { $0?.score ?? nil }, areas: ranked.map { $0?.area ?? nil }),
                heldOutItems.map { counts[$0] }
            )
        }
    }
}

/// One user's list, judged.
private struct RankedList {
    let score: (ndcg: Double, recall: Double)?
    let area: Double?
    /// The items at its top.
    let top: [Int]

    init(_ candidates: [Int], scores: [Float], relevant: Set<Int>) {
        let own = candidates.map { scores[$0] }
        let isRelevant = candidates.map(relevant.contains)
        let best = Recommender.best(Exposure.depth, of: own).map(\.index)
        score = RankingScores.judge(best, isRelevant: { isRelevant[$0] }, relevantCount: relevant.count)
        area = RankingScores.area(own) { isRelevant[$0] }
        top = best.map { candidates[$0] }
    }
}
