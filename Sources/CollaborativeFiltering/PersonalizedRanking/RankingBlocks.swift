package import FloatKernels

/// Users and items of one epoch, dealt at random into T blocks each, so that T workers never touch one row together.
///
/// In round s, worker t takes the pairs of user block t and item block (t + s) mod T, and draws its negatives from
/// that item block too. After T rounds every pair has had its turn. This is the schedule of distributed stochastic
/// gradient descent (Gemulla et al., KDD 2011); the new deal of each epoch lets any two items meet.
package struct RankingBlocks {
    /// T.
    package let count: Int
    /// The items of each block.
    package let items: [[Int32]]
    /// The liked pairs, as places in the list they were given in, by user block, then item block.
    private let pairs: CountingSort

    /// Deals `likes` of userCount users and itemCount items into `count` blocks a side.
    package init(
        _ likes: LikedPairs, userCount: Int, itemCount: Int, count: Int,
        using generator: inout RandomGenerator
    ) {
        self.count = count
        let userBlocks = Self.deal(userCount, into: count, using: &generator)
        let itemBlocks = Self.deal(itemCount, into: count, using: &generator)
        var items = [[Int32]](repeating: [], count: count)
        for (item, block) in itemBlocks.enumerated() { items[Int(block)].append(Int32(item)) }
        self.items = items
        let keys = zip(likes.users, likes.items).map { user, item in
            userBlocks[Int(user)] * Int32(count) + itemBlocks[Int(item)]
        }
        pairs = CountingSort(keys: keys, below: count * count)
    }

    /// The item block of worker `worker` in round `round`.
    package func itemBlock(worker: Int, round: Int) -> Int { (worker + round) % count }

    /// The liked pairs of user block `userBlock` and item block `itemBlock`.
    package func pairs(userBlock: Int, itemBlock: Int) -> ArraySlice<Int> {
        let block = userBlock * count + itemBlock
        return pairs.permutation[pairs.starts[block]..<pairs.starts[block + 1]]
    }

    /// A block for each of `members`, of sizes that differ by one at most.
    private static func deal(
        _ members: Int, into count: Int, using generator: inout RandomGenerator
    ) -> [Int32] {
        var blocks = (0..<members).map { Int32($0 % count) }
        generator.shuffle(&blocks)
        return blocks
    }
}
