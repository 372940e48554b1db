package import FloatKernels

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Likes that are kept from a model, to see whether it would have recommended them: for choosing its settings.
///
/// Of every user a tenth of his likes, to the nearest whole number.
package struct HeldOutLikes {
    /// All ratings but those.
    package let training: CompressedRows
    /// Users whose lists are judged, and of each the held-out items and those of the training data, ascending.
    private var judged: [Int] = []
    private var held: [[Int32]] = [], seen: [[Int32]] = []

    private static let cutoff = 20
    /// Lists judged; of more users every n-th.
    private static let mostLists = 3_000

    /// - Parameter interactions: likes are those at or above its threshold.
    package init(_ interactions: InteractionMatrix, using generator: inout RandomGenerator) {
        let ratings = interactions.ratings
        var (starts, columns, values) = ([0], [Int32](), [Float]())
        columns.reserveCapacity(ratings.values.count)
        values.reserveCapacity(ratings.values.count)
        let step = max(1, ratings.rows / Self.mostLists)
        for user in 0..<ratings.rows {
            let entries = ratings.entries(ofRow: user)
            var likes = entries.filter { interactions.isPositive(ratings.values[$0]) }
            generator.shuffle(&likes)
            let hidden = Set(likes.prefix((likes.count + 5) / 10))
            let kept = entries.filter { !hidden.contains($0) }
            columns += kept.map { ratings.columnIndices[$0] }
            values += kept.map { ratings.values[$0] }
            starts.append(values.count)
            guard !hidden.isEmpty, user % step == 0 else { continue }
            judged.append(user)
            held.append(hidden.map { ratings.columnIndices[$0] }.sorted())
            seen.append(kept.map { ratings.columnIndices[$0] })
        }
        training = CompressedRows(
            rows: ratings.rows, columns: ratings.columns, rowStarts: starts, columnIndices: columns,
            values: values)
    }

    /// Lists that are judged.
    package var count: Int { judged.count }

    /// `training` as a matrix, times included.
    func trainingMatrix(of interactions: InteractionMatrix) throws -> InteractionMatrix {
        let rows = (0..<interactions.userCount).flatMap { user in
            let kept = Set(training.entries(ofRow: user).map { Int(training.columnIndices[$0]) })
            return interactions.history(ofUser: user).filter { kept.contains($0.item) }.map {
                Interaction(user: user, item: $0.item, rating: $0.rating, timestamp: $0.timestamp)
            }
        }
        return try InteractionMatrix(
            userCount: interactions.userCount, itemCount: interactions.itemCount,
            positiveThreshold: interactions.positiveThreshold, rows: rows)
    }

    /// The mean normalised discounted cumulative gain of the first twenty, binary gain, over the lists of u·v.
    package func ndcg(users: Matrix, items: Matrix, pool: ThreadPool) -> Double {
        ndcg(
            ProductScan(vectors: items, isQuantised: false).largest(
                Self.cutoff, queries: users.selectingRows(judged), excluded: seen, pool: pool))
    }

    /// The same over the lists of a space of these users and items.
    package func ndcg(_ space: CollaborativeSpace, pool: ThreadPool) -> Double {
        ndcg(
            space.scan(pool: pool).largest(
                Self.cutoff, queries: space.queries.selectingRows(judged), excluded: seen, pool: pool))
    }

    private func ndcg(_ lists: [[ProductScan.Entry]]) -> Double {
        var sum = 0.0
        for (list, wanted) in zip(lists, held) {
            var gain = 0.0, ideal = 0.0
            for (rank, entry) in list.enumerated() {
                let discount = 1 / log2(Double(rank + 2))
                if wanted.contains(Int32(entry.index)) { gain += discount }
                if rank < wanted.count { ideal += discount }
            }
            sum += ideal > 0 ? gain / ideal : 0
        }
        return sum / Double(max(judged.count, 1))
    }
}
