package import FloatKernels

/// What every user rated, in the order of time.
///
/// Ratings whose time is not known come first: their order, that of items, says nothing. So does that of ratings of the same
/// second, which is that of items, too.
package struct OrderedHistories: Sendable {
    /// Where each user's entries start, and behind the last user their number.
    package let starts: [Int]
    /// For each user, where the entries whose time is known start.
    package let timedStarts: [Int]
    /// The item of each entry.
    package private(set) var items: [Int32]
    /// Whether each entry is a like.
    package private(set) var isLiked: [Bool]

    /// Number of users.
    package var userCount: Int { timedStarts.count }

    /// The ratings of all users of `interactions`.
    package init(_ interactions: InteractionMatrix) {
        self.init(
            histories: (0..<interactions.userCount).map(interactions.history),
            likedFrom: interactions.positiveThreshold)
    }

    /// The ratings of several users.
    ///
    /// - Parameter threshold: the smallest rating that counts as liked.
    package init(histories: [[HistoryEntry]], likedFrom threshold: Float) {
        var (starts, timedStarts, items, isLiked) = ([0], [Int](), [Int32](), [Bool]())
        for history in histories {
            // No time is earlier than any.
            let ordered = history.sorted {
                ($0.timestamp ?? .min, $0.item) < ($1.timestamp ?? .min, $1.item)
            }
            timedStarts.append(items.count + ordered.count { $0.timestamp == nil })
            items += ordered.map { Int32($0.item) }
            isLiked += ordered.map { $0.rating >= threshold }
            starts.append(items.count)
        }
        (self.starts, self.timedStarts, self.items, self.isLiked) = (starts, timedStarts, items, isLiked)
    }

    /// The places of user `user`'s entries in `items` and `isLiked`.
    package func entries(ofUser user: Int) -> Range<Int> { starts[user]..<starts[user + 1] }

    /// Where the entries of the user start to whom the entry at `place` belongs: binary search.
    func start(ofEntry place: Int) -> Int {
        var (low, high) = (0, userCount - 1)
        while low < high {
            let middle = (low + high + 1) / 2
            if starts[middle] <= place { low = middle } else { high = middle - 1 }
        }
        return starts[low]
    }

    /// Ratings of each of `count` items.
    func counts(ofItems count: Int) -> [Int] {
        items.reduce(into: [Int](repeating: 0, count: count)) { $0[Int($1)] += 1 }
    }

    /// The same with ratings of unknown time in a random order, so that nothing is learned from it.
    package func shufflingUntimed(using generator: inout RandomGenerator) -> OrderedHistories {
        var copy = self
        for user in 0..<userCount {
            let first = starts[user]
            for last in (first..<timedStarts[user]).dropFirst().reversed() {
                let other = first + generator.index(below: last - first + 1)
                copy.items.swapAt(last, other)
                copy.isLiked.swapAt(last, other)
            }
        }
        return copy
    }
}
