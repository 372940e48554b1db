package import FloatKernels

/// Users and items of one epoch, dealt at random into T blocks each, so that T workers never touch one row together.
///
/// In round s, worker t takes the pairs of user block t and item block (t + s) mod T, and draws its negatives from
/// that item block too. After T rounds every pair has had its turn. This is the schedule of distributed stochastic
/// gradient descent (Gemulla et al., KDD 2011); the new deal of each epoch lets any two items meet.
///
/// Pairs take turns in visits: up to eight pairs of one user, drawn at random from the user's, and all visits of a block in
/// random order. So a user's vector is read from the memory once for eight steps, and yet no user is seen for long.
package struct RankingBlocks {
    /// A few pairs of one user.
    package struct Visit {
        /// The user.
        package let user: Int32
        /// Where the visit's items stand in `liked`.
        package let start: Int32
        /// Number of items.
        package let count: Int32
    }

    /// T.
    package let count: Int
    /// The items of each block.
    package let items: [[Int32]]
    /// What negatives of each item block are drawn from: its items, or each as often as it is liked.
    package let drawn: [[Int32]]
    /// The liked items of all pairs, by user, then item block, then at random.
    package let liked: [Int32]
    /// The visits, by user block, then item block.
    private let visits: [[Visit]]

    /// Pairs in a visit.
    private static let visitLength = 8

    /// Deals `likes` into `count` blocks a side.
    package init(
        _ likes: LikedPairs, count: Int, negatives: NegativeSampling = .uniform,
        using generator: inout RandomGenerator
    ) {
        precondition(likes.items.count <= Int32.max, "places of pairs are 32-bit")
        self.count = count
        let userBlocks = Self.deal(likes.usersByCount, into: count, using: &generator)
        let itemBlocks = Self.deal(likes.itemsByCount, into: count, using: &generator)
        var items = [[Int32]](repeating: [], count: count)
        for (item, block) in itemBlocks.enumerated() { items[Int(block)].append(Int32(item)) }
        var visits = [[Visit]](repeating: [], count: count * count)
        var liked = likes.items
        for user in 0..<likes.starts.count - 1 {
            let pairs = likes.starts[user]..<likes.starts[user + 1]
            let ends = Self.arrange(&liked, pairs, itemBlocks, count: count, using: &generator)
            var start = pairs.lowerBound
            for block in 0..<count {
                Self.addVisits(
                    Int32(user), start..<ends[block], to: &visits[Int(userBlocks[user]) * count + block])
                start = ends[block]
            }
        }
        for block in visits.indices { generator.shuffle(&visits[block]) }
        (self.items, self.liked, self.visits) = (items, liked, visits)
        drawn = negatives == .popular ? Self.byBlock(likes.items, itemBlocks, count: count) : items
    }

    /// The item block of worker `worker` in round `round`.
    package func itemBlock(worker: Int, round: Int) -> Int { (worker + round) % count }

    /// The visits of the users of block `userBlock` to the items of block `itemBlock`, in the order of their turns.
    package func visits(userBlock: Int, itemBlock: Int) -> [Visit] { visits[userBlock * count + itemBlock] }

    /// A block for each of `members`. Of each `count` that follow one another (they are equally busy, nearly) one goes to
    /// each block, so that all blocks have about as many pairs.
    private static func deal(
        _ members: [Int32], into count: Int, using generator: inout RandomGenerator
    ) -> [Int32] {
        var blocks = [Int32](repeating: 0, count: members.count)
        guard count > 1 else { return blocks }
        var hand = Array(0..<Int32(count))
        for (place, member) in members.enumerated() {
            if place % count == 0 { generator.shuffle(&hand) }
            blocks[Int(member)] = hand[place % count]
        }
        return blocks
    }

    /// Brings a user's items into random order, then, keeping it, into the order of their blocks; returns where each block
    /// ends.
    private static func arrange(
        _ items: inout [Int32], _ range: Range<Int>, _ blocks: [Int32], count: Int,
        using generator: inout RandomGenerator
    ) -> [Int] {
        var last = range.upperBound - 1
        while last > range.lowerBound {
            items.swapAt(last, range.lowerBound + generator.index(below: last - range.lowerBound + 1))
            last -= 1
        }
        guard count > 1 else { return [range.upperBound] }
        let sort = CountingSort(keys: range.map { blocks[Int(items[$0])] }, below: count)
        let shuffled = Array(items[range])
        for (place, source) in sort.permutation.enumerated() {
            items[range.lowerBound + place] = shuffled[source]
        }
        return sort.starts.dropFirst().map { range.lowerBound + $0 }
    }

    private static func byBlock(_ items: [Int32], _ blocks: [Int32], count: Int) -> [[Int32]] {
        var result = [[Int32]](repeating: [], count: count)
        for item in items { result[Int(blocks[Int(item)])].append(item) }
        return result
    }

    private static func addVisits(_ user: Int32, _ range: Range<Int>, to visits: inout [Visit]) {
        var start = range.lowerBound
        while start < range.upperBound {
            let count = min(visitLength, range.upperBound - start)
            visits.append(Visit(user: user, start: Int32(start), count: Int32(count)))
            start += count
        }
    }
}
