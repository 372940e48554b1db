import CollaborativeFiltering
import FloatKernels
import Testing

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

@Suite struct PersonalizedRankingTests {
    /// The parameters that a step on user 0 and items 0 and 1 may change, in one list.
    private func parameters(_ factors: RankingFactors) -> [Double] {
        let table = factors.itemTable()
        return
            (factors.userMatrix().row(0) + table.vectors.row(0) + table.vectors.row(1)
            + table.biases.prefix(2))
            .map(Double.init)
    }

    /// ln σ(x) − λ/2 ‖Θ‖² of d + d + d + 2 parameters, in Double from its definition.
    private func objective(_ theta: [Double], dimensions d: Int, l2: Double) -> Double {
        var margin = theta[3 * d] - theta[3 * d + 1]
        for k in 0..<d { margin += theta[k] * (theta[d + k] - theta[2 * d + k]) }
        return -log1p(exp(-margin)) - l2 / 2 * theta.reduce(0) { $0 + $1 * $1 }
    }

    @Test(arguments: [3, 8, 20])
    func aStepGoesUpTheGradient(dimensions d: Int) {
        var generator = RandomGenerator(seed: 4)
        let factors = RankingFactors(userCount: 2, itemCount: 3, dimensions: d, using: &generator)
        factors.biases[0] = 0.3
        factors.biases[1] = -0.2
        let before = parameters(factors)
        let untouched = (factors.userMatrix().row(1), factors.itemTable().vectors.row(2))
        let step = RankingStep(factors: factors, loss: LogisticLoss(), learningRate: 0.5, l2: 0.1)
        step.update(user: 0, 0, 1, margin: step.margin(user: 0, 0, 1))
        let after = parameters(factors)
        for index in before.indices {
            var (up, down) = (before, before)
            up[index] += 1e-5
            down[index] -= 1e-5
            let difference = objective(up, dimensions: d, l2: 0.1) - objective(down, dimensions: d, l2: 0.1)
            // One step of Float arithmetic on numbers below 1.
            #expect(abs((after[index] - before[index]) / 0.5 - difference / 2e-5) < 4e-6)
        }
        #expect(factors.userMatrix().row(1) == untouched.0)
        #expect(factors.itemTable().vectors.row(2) == untouched.1)
        for row in 0..<2 {
            for k in d..<factors.stride { #expect(factors.users[row * factors.stride + k] == 0) }
        }
    }

    @Test(arguments: [1, 2, 3, 7])
    func everyPairHasOneTurnAndNoTwoWorkersMeet(threads: Int) throws {
        let data = try Worlds.circle(users: 50, items: 30, seed: 1).train
        var generator = RandomGenerator(seed: 6)
        let blocks = RankingBlocks(LikedPairs(data), count: threads, using: &generator)
        #expect(blocks.items.flatMap { $0 }.sorted() == (0..<30).map(Int32.init))
        var turns: [[Int32]] = Array(repeating: [], count: 50)
        var workersOfUser = [Set<Int>](repeating: [], count: 50)
        for round in 0..<threads {
            var itemBlocks = Set<Int>()
            for worker in 0..<threads {
                let itemBlock = blocks.itemBlock(worker: worker, round: round)
                itemBlocks.insert(itemBlock)
                for visit in blocks.visits(userBlock: worker, itemBlock: itemBlock) {
                    let items = blocks.liked[Int(visit.start)..<Int(visit.start + visit.count)]
                    turns[Int(visit.user)] += items
                    workersOfUser[Int(visit.user)].insert(worker)
                    #expect(Set(items).isSubset(of: blocks.items[itemBlock]))
                }
            }
            #expect(itemBlocks.count == threads)
        }
        for user in 0..<50 {
            #expect(turns[user].sorted() == data.history(ofUser: user).map { Int32($0.item) })
        }
        #expect(workersOfUser.allSatisfy { $0.count <= 1 })
    }

    @Test func blocksHaveAboutEquallyManyPairs() throws {
        // User u likes u + 1 of 60 items; dealt at random, blocks would differ by a third.
        let rows = (0..<60).flatMap { user in
            (0...user).map { Interaction(user: user, item: $0, rating: 1) }
        }
        let likes = LikedPairs(try InteractionMatrix(userCount: 60, itemCount: 60, rows: rows))
        var generator = RandomGenerator(seed: 9)
        let blocks = RankingBlocks(likes, count: 3, using: &generator)
        for user in 0..<3 {
            let count = (0..<3).reduce(0) { sum, item in
                blocks.visits(userBlock: user, itemBlock: item).reduce(sum) { $0 + Int($1.count) }
            }
            #expect(abs(count - 610) <= 40)
        }
    }

    @Test(arguments: [1, 8])
    func whatAUserRatedIsNeverANegative(candidates: Int) throws {
        let rows = (0..<4).map { Interaction(user: 0, item: $0, rating: $0 == 0 ? 5 : 1) }
        let data = try InteractionMatrix(userCount: 1, itemCount: 5, positiveThreshold: 4, rows: rows)
        var generator = RandomGenerator(seed: 8)
        let factors = RankingFactors(userCount: 1, itemCount: 5, dimensions: 4, using: &generator)
        let before = factors.itemTable()
        let likes = LikedPairs(data)
        for epoch in 0..<50 {
            let blocks = RankingBlocks(likes, count: 1, using: &generator)
            _ = RankingEpoch(
                ratings: data.ratings, blocks: blocks,
                step: RankingStep(factors: factors, loss: LogisticLoss(), learningRate: 0.1, l2: 0),
                candidates: candidates
            ).run(seed: 1, epoch: epoch, pool: ThreadPool(threads: 1))
        }
        let after = factors.itemTable()
        for item in 1..<4 { #expect(after.vectors.row(item) == before.vectors.row(item)) }
        #expect(after.biases[0] > 0 && after.biases[4] < 0)
    }

    @Test func theHingePullsUntilTheMarginIsWide() {
        var generator = RandomGenerator(seed: 5)
        let factors = RankingFactors(userCount: 1, itemCount: 2, dimensions: 4, using: &generator)
        let step = RankingStep(factors: factors, loss: HingeLoss(wanted: 0.5), learningRate: 0.2, l2: 0)
        let before = parameters(factors)
        step.update(user: 0, 0, 1, margin: 0.49)
        let pulled = parameters(factors)
        // Down the slope of 0.5 − x, which is −1 in x: the user goes along qᵢ − qⱼ, the items along p and −p.
        for k in 0..<4 {
            #expect(abs(pulled[k] - before[k] - 0.2 * (before[4 + k] - before[8 + k])) < 1e-6)
            #expect(abs(pulled[4 + k] - before[4 + k] - 0.2 * before[k]) < 1e-6)
            #expect(abs(pulled[8 + k] - before[8 + k] + 0.2 * before[k]) < 1e-6)
        }
        #expect(abs(pulled[12] - 0.2) < 1e-6 && abs(pulled[13] + 0.2) < 1e-6)
        step.update(user: 0, 0, 1, margin: 0.5)
        #expect(parameters(factors) == pulled)
    }

    /// Item 0 is liked by sixty users, items 1 to 9 by one each: of uniform draws, as of the items, one in ten is item 0.
    @Test func popularNegativesAreDrawnAsOftenAsTheyAreLiked() throws {
        var rows = (0..<60).map { Interaction(user: $0, item: 0, rating: 1) }
        rows += (1..<10).map { Interaction(user: 59 + $0, item: $0, rating: 1) }
        let likes = LikedPairs(try InteractionMatrix(userCount: 70, itemCount: 10, rows: rows))
        for threads in [1, 2] {
            var generator = RandomGenerator(seed: 6)
            for (negatives, wanted) in [(NegativeSampling.uniform, 1), (.hard, 1), (.popular, 60)] {
                let drawn = RankingBlocks(
                    likes, count: threads, negatives: negatives, using: &generator
                ).drawn
                #expect(drawn.joined().count { $0 == 0 } == wanted)
                #expect(drawn.joined().count { $0 != 0 } == 9)
            }
        }
    }
}
