import CollaborativeFiltering
import FloatKernels

/// A cold-start exam that costs no second training: some rated items are ranked by where content alone would have put them
/// (leave-one-out), against what users liked among them.
///
/// User vectors have seen these ratings, so the figure is flattering; two projections on the same users and items can be
/// compared by it.
struct LeftOutRanking {
    private let users: Matrix
    /// Places, in the rows learned from, of the items on the list.
    private let places: [Int]
    /// For every user, the places in `places` that he likes, ascending.
    private let liked: [[Int]]

    /// At most this many items are ranked, and at most a third of all.
    private static let listLength = 500

    init(_ interactions: InteractionMatrix, users: Matrix, rows: [Int], seed: UInt64) {
        self.users = users
        var shuffled = Array(rows.indices)
        var generator = RandomGenerator(seed: seed, stream: 400)
        generator.shuffle(&shuffled)
        places = shuffled.prefix(max(min(Self.listLength, rows.count / 3), 1)).sorted()
        var candidate = [Int?](repeating: nil, count: interactions.itemCount)
        for (position, place) in places.enumerated() { candidate[rows[place]] = position }
        liked = (0..<interactions.userCount).map { user in
            interactions.ratings.entries(ofRow: user).compactMap { entry in
                interactions.isPositive(interactions.ratings.values[entry])
                    ? candidate[Int(interactions.ratings.columnIndices[entry])] : nil
            }
        }
    }

    /// Judges placements (one a row learned from: vector, then bias).
    func score(_ placements: Matrix, pool: ThreadPool) -> RankingScores {
        let table = ItemTable(placements: placements.selectingRows(places))
        var scores = [(ndcg: Double, recall: Double)?](repeating: nil, count: users.rows)
        scores.withUnsafeMutableBufferPointer { buffer in
            nonisolated(unsafe) let scores = buffer
            pool.forEachRange(users.rows) { range in
                for user in range where !liked[user].isEmpty {
                    let relevant = Set(liked[user])
                    let values = table.scores(userVector: users.row(user))
                    let ranked = values.withUnsafeBufferPointer { values in
                        values.baseAddress.map { largest(RankingScores.cutoff, of: $0, count: values.count) }
                            ?? []
                    }
                    scores[user] = RankingScores.judge(
                        ranked.lazy.map(\.index), isRelevant: relevant.contains, relevantCount: relevant.count
                    )
                }
            }
        }
        return RankingScores(users: scores)
    }

    /// Users by whose likes scores become probabilities.
    private static let mostChoosing = 1_000

    /// The scale under which what users like of these items, by their placements, is likeliest; see `SoftmaxScale`.
    func softmaxScale(_ placements: Matrix) -> Double {
        let table = ItemTable(placements: placements.selectingRows(places))
        let able = liked.indices.filter { !liked[$0].isEmpty }
        let sample = stride(from: 0, to: able.count, by: 1 + able.count / Self.mostChoosing).map { able[$0] }
        return SoftmaxScale.fit(
            scores: sample.map { table.scores(userVector: users.row($0)) }, chosen: sample.map { liked[$0] })
    }
}

extension ItemTable {
    /// From placements: vector, then bias, a row each.
    init(placements: Matrix) {
        let dimensions = placements.columns - 1
        var vectors = Matrix(rows: placements.rows, columns: dimensions)
        for row in 0..<placements.rows {
            for column in 0..<dimensions { vectors[row, column] = placements[row, column] }
        }
        self.init(vectors: vectors, biases: (0..<placements.rows).map { placements[$0, dimensions] })
    }
}
