package import CollaborativeFiltering
package import FloatKernels

/// How new items collect ratings when lists are made one way or another: replay on ratings that are known and withheld (Li,
/// Chu, Langford & Wang, WSDM 2011).
///
/// In every round each user is shown a list. Where he has really rated an item on it, and the rating may be revealed, it is;
/// ratings of new items are folded in before the next round. What was shown once is not shown to him again. Users stay
/// where training put them.
package struct ExplorationSimulation: Sendable {
    /// What the rounds have come to so far.
    package struct Round: Sendable, Equatable {
        /// Ratings of liked items that lists have found, of all items and of new ones.
        package var likes = 0, newLikes = 0
        /// Ratings that every new item has.
        package var ratings: [Int]
        /// Where every new item stands: vector, then bias.
        package var placements: Matrix
    }

    private let items: ItemTable
    private let users, queries: Matrix
    private let layers: ScoringLayers?
    private let newItems: [Int]
    private let content: [ItemFoldIn.Place]
    private let foldIn: ItemFoldIn
    private let seen: [[Int32]]
    private let answers: [[Int: Float]]

    /// - Parameters:
    ///   - items: all items; the rows of new ones are overwritten.
    ///   - queries: the users as scans ask for them; their vectors by default.
    ///   - layers: what scores; nil for products.
    ///   - newItems: rows of items that have no ratings yet, ascending.
    ///   - content: where content alone puts them.
    ///   - seen: for every user the rows that he is not shown, ascending.
    ///   - answers: for every user the ratings that are revealed when the row is shown to him.
    package init(
        items: ItemTable, users: Matrix, queries: Matrix? = nil, layers: ScoringLayers? = nil,
        newItems: [Int], content: [ItemFoldIn.Place], foldIn: ItemFoldIn,
        seen: [[Int32]], answers: [[Int: Float]]
    ) {
        precondition(newItems.count == content.count, "one place a new item")
        precondition(seen.count == users.rows && answers.count == users.rows, "one of each a user")
        self.items = items
        self.users = users
        self.queries = queries ?? users
        self.layers = layers
        self.newItems = newItems
        self.content = content
        self.foldIn = foldIn
        self.seen = seen
        self.answers = answers
    }

    /// Plays rounds of lists of `length` items.
    package func play(
        _ policy: ListPolicy, rounds: Int, length: Int, pool: ThreadPool
    ) -> [Round] {
        var evidence = [RatingEvidence](repeating: RatingEvidence(), count: newItems.count)
        var places = content
        var hidden = seen
        var round = Round(ratings: evidence.map(\.count), placements: placements(places))
        var number = [Int?](repeating: nil, count: items.count)
        for (index, item) in newItems.enumerated() { number[item] = index }
        return (0..<rounds).map { _ in
            let lists = lists(policy, places, length: length, hidden: hidden, pool: pool)
            for (user, list) in lists.enumerated() {
                for item in list {
                    guard let rating = answers[user][item] else { continue }
                    let isLiked = rating >= foldIn.likelihood.likedFrom
                    if isLiked { round.likes += 1 }
                    guard let index = number[item] else { continue }
                    if isLiked { round.newLikes += 1 }
                    evidence[index].add(
                        user: users.row(user), expected: foldIn.users.level(ofUser: user, isLiked: isLiked),
                        isLiked: isLiked)
                }
                hidden[user] = (hidden[user] + list.map(Int32.init)).sorted()
            }
            places = blended(evidence, pool: pool)
            round.ratings = evidence.map(\.count)
            round.placements = placements(places)
            return round
        }
    }

    private func lists(
        _ policy: ListPolicy, _ places: [ItemFoldIn.Place], length: Int, hidden: [[Int32]], pool: ThreadPool
    ) -> [[Int]] {
        var (table, variances) = (items, [Float](repeating: 0, count: items.count))
        var isNew = [Bool](repeating: false, count: items.count)
        for (item, place) in zip(newItems, places) {
            let start = item * table.dimensions
            table.vectors.elements.replaceSubrange(start..<(start + table.dimensions), with: place.vector)
            table.biases[item] = place.bias
            variances[item] = place.variance
            isNew[item] = true
        }
        let candidates = CandidateTable(
            table, variances: variances, isNew: isNew, policy: policy, layers: layers)
        var lists = candidates.lists(length, queries: queries, excluded: hidden, pool: pool)
        if policy.impressions > 0 {
            _ = ImpressionPlan(
                candidates, length: length, lists: &lists, queries: queries, excluded: hidden, pool: pool)
        }
        return lists.map { $0.map(\.index) }
    }

    private func blended(_ evidence: [RatingEvidence], pool: ThreadPool) -> [ItemFoldIn.Place] {
        var places = content
        places.withUnsafeMutableBufferPointer { buffer in
            nonisolated(unsafe) let places = buffer
            pool.forEachRange(places.count) { range in
                for index in range { places[index] = foldIn.blend(content[index], evidence[index]) }
            }
        }
        return places
    }

    private func placements(_ places: [ItemFoldIn.Place]) -> Matrix {
        Matrix(
            rows: places.count, columns: items.dimensions + 1,
            elements: places.flatMap { $0.vector + [$0.bias] })
    }
}
