import CollaborativeFiltering
import FloatKernels

/// How the rated items, or for the warm task the ratings, are divided.
struct EvaluationFolds {
    private let catalogue: RatedCatalogue
    private let task: Evaluation.Task
    private let folds: Int
    /// Fold of every item.
    private let foldOfItem: [Int]
    private let seed: UInt64

    init(_ catalogue: RatedCatalogue, task: Evaluation.Task, folds: Int, seed: UInt64) {
        self.catalogue = catalogue
        self.task = task
        self.folds = folds
        self.seed = seed
        var order = Array(catalogue.rated.indices)
        var generator = RandomGenerator(seed: seed, stream: 500)
        generator.shuffle(&order)
        var foldOfItem = [Int](repeating: 0, count: order.count)
        for (position, item) in order.enumerated() { foldOfItem[item] = position % folds }
        self.foldOfItem = foldOfItem
    }

    /// The training data and the questions of one fold.
    func exam(_ fold: Int) throws -> EvaluationExam {
        let all = catalogue.interactions
        var rows: [Interaction] = []
        var liked = [[Int]](repeating: [], count: all.userCount)
        var seen = [[Int]](repeating: [], count: all.userCount)
        var generator = RandomGenerator(seed: seed, stream: 600 + UInt64(fold))
        for user in 0..<all.userCount {
            for entry in all.history(ofUser: user) {
                let isHeldOut =
                    task == .warm
                    ? all.isPositive(entry.rating) && generator.index(below: folds) == 0
                    : foldOfItem[entry.item] == fold
                if isHeldOut {
                    if all.isPositive(entry.rating) { liked[user].append(entry.item) }
                } else {
                    seen[user].append(entry.item)
                    rows.append(
                        Interaction(
                            user: user, item: entry.item, rating: entry.rating, timestamp: entry.timestamp))
                }
            }
        }
        let training = try InteractionMatrix(
            userCount: all.userCount, itemCount: all.itemCount, positiveThreshold: all.positiveThreshold,
            rows: rows)
        let held = task == .warm ? [] : foldOfItem.indices.filter { foldOfItem[$0] == fold }
        let isHeld = Set(held)
        return EvaluationExam(
            training: training, heldOutItems: held,
            knownItems: foldOfItem.indices.filter { !isHeld.contains($0) },
            candidates: task == .cold || task == .warmUp ? held : Array(foldOfItem.indices), liked: liked,
            seen: seen)
    }
}

/// One fold: what may be learned, and what is asked.
struct EvaluationExam: Sendable {
    let training: InteractionMatrix
    let heldOutItems: [Int]
    let knownItems: [Int]
    /// Items that compete, ascending.
    let candidates: [Int]
    /// For every user, the held-out items that he likes.
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

    /// The learned items, with the held-out ones put where content says.
    func table(_ items: ItemTable, placing vectors: Matrix, _ biases: [Float]) -> ItemTable {
        var table = items
        for (row, item) in heldOutItems.enumerated() {
            table.vectors.elements.replaceSubrange(
                (item * items.dimensions)..<((item + 1) * items.dimensions), with: vectors.row(row))
            table.biases[item] = biases[row]
        }
        return table
    }

    /// An item is worth the mean popularity of the items that share its genres.
    func genrePopularity(_ genres: [[String]]) -> [Float] {
        let popularity = popularity
        var sums: [String: (total: Float, count: Float)] = [:]
        for item in knownItems {
            for genre in genres[item] {
                sums[genre, default: (0, 0)].total += popularity[item]
                sums[genre, default: (0, 0)].count += 1
            }
        }
        let isHeld = Set(heldOutItems)
        return genres.indices.map { item in
            guard isHeld.contains(item) else { return popularity[item] }
            let means = genres[item].compactMap { sums[$0].map { $0.total / $0.count } }
            return means.isEmpty ? 0 : means.reduce(0, +) / Float(means.count)
        }
    }

    /// An item is worth the sum of its similarities to what the user likes.
    func neighbourScores(_ similarity: Matrix) -> @Sendable (Int) -> [Float] {
        var place = [Int](repeating: -1, count: training.itemCount)
        for (row, item) in knownItems.enumerated() { place[item] = row }
        let (places, held, count) = (place, heldOutItems, training.itemCount)
        return { [self] user in
            let likedRows = training.history(ofUser: user).filter { training.isPositive($0.rating) }.map {
                places[$0.item]
            }
            var scores = [Float](repeating: 0, count: count)
            for (row, item) in held.enumerated() {
                scores[item] = likedRows.reduce(0) { $1 >= 0 ? $0 + similarity[row, $1] : $0 }
            }
            return scores
        }
    }

    /// Judges a system that scores all items for a user.
    ///
    /// - Returns: the users' scores, and for every held-out item how many of their lists show it.
    func judge(
        _ scores: @Sendable (Int) -> [Float], pool: ThreadPool
    ) -> (scores: RankingScores, shown: [Int]) {
        var lists = [[Int]](repeating: [], count: training.userCount)
        var results = [(ndcg: Double, recall: Double)?](repeating: nil, count: training.userCount)
        results.withUnsafeMutableBufferPointer { buffer in
            lists.withUnsafeMutableBufferPointer { listBuffer in
                nonisolated(unsafe) let (results, lists) = (buffer, listBuffer)
                pool.forEachRange(training.userCount) { range in
                    for user in range where !liked[user].isEmpty {
                        var all = scores(user)
                        for item in seen[user] { all[item] = .nan }
                        let own = candidates.map { all[$0] }
                        let relevant = Set(liked[user])
                        let ranked = Recommender.best(Exposure.depth, of: own).map { candidates[$0.index] }
                        results[user] = RankingScores.judge(
                            ranked, isRelevant: relevant.contains, relevantCount: relevant.count)
                        lists[user] = ranked
                    }
                }
            }
        }
        var counts = [Int](repeating: 0, count: training.itemCount)
        for item in lists.joined() { counts[item] += 1 }
        return (RankingScores(users: results), heldOutItems.map { counts[$0] })
    }
}
