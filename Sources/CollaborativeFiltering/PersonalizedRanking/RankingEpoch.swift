package import FloatKernels

/// One pass over all liked pairs, on all threads; see `RankingBlocks` for who works on what.
package struct RankingEpoch<Loss: RankingLoss> {
    /// All ratings, users × items: what a user rated is never the user's negative.
    package let ratings: CompressedRows
    /// Who works on what.
    package let blocks: RankingBlocks
    /// The step on one triplet.
    package let step: RankingStep<Loss>
    /// How many negatives are drawn for a pair; the one with the highest score is taken.
    package let candidates: Int

    /// A pass over the pairs that `blocks` deals.
    package init(
        ratings: CompressedRows, blocks: RankingBlocks, step: RankingStep<Loss>, candidates: Int
    ) {
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

    /// The steps of one worker in one round.
    private func work(
        as worker: Int, round: Int, using generator: inout RandomGenerator
    ) -> (right: Int, total: Int) {
        let itemBlock = blocks.itemBlock(worker: worker, round: round)
        var order = (right: 0, total: 0)
        blocks.liked.withUnsafeBufferPointer { liked in
            blocks.drawn[itemBlock].withUnsafeBufferPointer { items in
                ratings.withColumns { rated in
                    for visit in blocks.visits(userBlock: worker, itemBlock: itemBlock) {
                        let user = Int(visit.user)
                        let own = liked[Int(visit.start)..<Int(visit.start + visit.count)]
                        let draw = NegativeDraw(items: items, rated: rated(user))
                        let result =
                            candidates == 1
                            ? takeFirst(user, UnsafeBufferPointer(rebasing: own), draw, &generator)
                            : takeHardest(user, UnsafeBufferPointer(rebasing: own), draw, &generator)
                        order.right += result.right
                        order.total += result.total
                    }
                }
            }
        }
        return order
    }

    /// The steps of a visit with one draw a pair. All are drawn first: searches that do not wait for each other, nor for
    /// the steps, run side by side in the processor.
    private func takeFirst(
        _ user: Int, _ liked: UnsafeBufferPointer<Int32>, _ draw: NegativeDraw,
        _ generator: inout RandomGenerator
    ) -> (right: Int, total: Int) {
        var negatives = SIMD8<Int32>(repeating: -1)
        for place in 0..<liked.count { negatives[place] = draw.any(using: &generator) ?? -1 }
        var order = (right: 0, total: 0)
        for place in 0..<liked.count where negatives[place] >= 0 {
            let (i, j) = (Int(liked[place]), Int(negatives[place]))
            let margin = step.margin(user: user, i, j)
            order.right += margin > 0 ? 1 : 0
            order.total += 1
            step.update(user: user, i, j, margin: margin)
        }
        return order
    }

    /// The steps of a visit with the hardest of several negatives.
    private func takeHardest(
        _ user: Int, _ liked: UnsafeBufferPointer<Int32>, _ draw: NegativeDraw,
        _ generator: inout RandomGenerator
    ) -> (right: Int, total: Int) {
        var order = (right: 0, total: 0)
        for i in liked {
            let negative = draw.hardest(of: candidates, using: &generator) { step.score(user: user, $0) }
            guard let negative else { continue }
            let margin = step.score(user: user, Int(i)) - negative.score
            order.right += margin > 0 ? 1 : 0
            order.total += 1
            step.update(user: user, Int(i), negative.item, margin: margin)
        }
        return order
    }
}
