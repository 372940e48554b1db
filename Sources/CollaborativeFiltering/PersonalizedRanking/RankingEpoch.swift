package import FloatKernels

/// One pass over all liked pairs, on all threads; see `RankingBlocks` for who works on what.
package struct RankingEpoch {
    /// The pairs of user and liked item.
    package let likes: LikedPairs
    /// All ratings, users × items: what a user rated is never the user's negative.
    package let ratings: CompressedRows
    /// Who works on what.
    package let blocks: RankingBlocks
    /// The step on one triplet.
    package let step: RankingStep
    /// How many negatives are drawn for a pair; the one with the highest score is taken.
    package let candidates: Int

    /// A pass over `likes`, dealt as `blocks` say.
    package init(
        likes: LikedPairs, ratings: CompressedRows, blocks: RankingBlocks, step: RankingStep, candidates: Int
    ) {
        self.likes = likes
        self.ratings = ratings
        self.blocks = blocks
        self.step = step
        self.candidates = candidates
    }

    /// Runs the epoch; returns the share of triplets that were in the right order before their step.
    ///
    /// The result depends on the seed, on the epoch's number and on the number of threads, not on their timing.
    package func run(seed: UInt64, epoch: Int, pool: ThreadPool) -> Double {
        var orders = [(right: Int, total: Int)](repeating: (0, 0), count: pool.threads)
        orders.withUnsafeMutableBufferPointer { orders in
            for round in 0..<blocks.count {
                pool.run { worker in
                    let stream = (epoch * blocks.count + round) * blocks.count + worker
                    var generator = RandomGenerator(
                        seed: seed ^ 0x7472_6970_6C65_7473, stream: UInt64(stream))
                    let order = work(as: worker, round: round, using: &generator)
                    orders[worker].right += order.right
                    orders[worker].total += order.total
                }
            }
        }
        let total = orders.reduce(0) { $0 + $1.total }
        return total == 0 ? 0.5 : Double(orders.reduce(0) { $0 + $1.right }) / Double(total)
    }

    /// The steps of one worker in one round, in random order.
    private func work(
        as worker: Int, round: Int, using generator: inout RandomGenerator
    ) -> (right: Int, total: Int) {
        let itemBlock = blocks.itemBlock(worker: worker, round: round)
        let items = blocks.items[itemBlock]
        var pairs = Array(blocks.pairs(userBlock: worker, itemBlock: itemBlock))
        generator.shuffle(&pairs)
        var order = (right: 0, total: 0)
        for pair in pairs {
            let user = Int(likes.users[pair])
            let liked = Int(likes.items[pair])
            guard let negative = hardest(for: user, among: items, using: &generator) else { continue }
            let margin = step.score(user: user, liked) - negative.score
            order.right += margin > 0 ? 1 : 0
            order.total += 1
            step.update(user: user, liked, negative.item, margin: margin)
        }
        return order
    }

    /// The highest-scored of `candidates` random items that the user did not rate; nil where the user rated so many
    /// of `items` that 16 draws more find none.
    ///
    /// Only a draw that would become the highest is looked up among the user's ratings, the slower of the two tests.
    private func hardest(
        for user: Int, among items: [Int32], using generator: inout RandomGenerator
    ) -> (item: Int, score: Float)? {
        var best: (item: Int, score: Float)?
        var draws = 0
        while draws < candidates || (best == nil && draws < candidates + 16) {
            draws += 1
            let item = items[generator.index(below: items.count)]
            let score = step.score(user: user, Int(item))
            guard score > best?.score ?? -.infinity, !ratings.contains(row: user, column: item) else {
                continue
            }
            best = (Int(item), score)
        }
        return best
    }
}
