import Diagnostics
import FloatKernels

/// Stochastic gradient descent on triplets, as `bpr` and `triplet` run it.
struct TripletTraining<Loss: RankingLoss> {
    let loss: Loss
    let dimensions: Int
    let epochs: Int
    /// The length of a step in the first epoch; it falls to zero in equal steps.
    let learningRate: Float
    let l2: Float
    let negatives: NegativeSampling
    /// How many negatives are drawn for a liked item where they shall be hard.
    let candidates: Int

    /// The learned factors in the canonical gauge, with an encoder calibrated on the users of `interactions`.
    func fit(
        _ interactions: InteractionMatrix, seed: UInt64, pool: ThreadPool, monitor: WorkMonitor
    ) throws -> CollaborativeSpace {
        precondition(
            learningRate > 0 && l2 >= 0 && candidates >= 1, "steps go down the gradient, on a negative")
        var generator = RandomGenerator(seed: seed)
        let factors = RankingFactors(
            userCount: interactions.userCount, itemCount: interactions.itemCount, dimensions: dimensions,
            using: &generator)
        let likes = LikedPairs(interactions)
        try monitor.begin(epochs: epochs)
        for epoch in 0..<epochs {
            let blocks = RankingBlocks(
                likes, count: pool.threads, negatives: negatives, using: &generator)
            let rate = learningRate * Float(epochs - epoch) / Float(epochs)
            let pass = RankingEpoch(
                ratings: interactions.ratings, blocks: blocks,
                step: RankingStep(factors: factors, loss: loss, learningRate: rate, l2: l2),
                candidates: negatives == .hard ? candidates : 1)
            let right = pass.run(seed: seed, epoch: epoch, pool: pool)
            try monitor.report(epoch: epoch + 1, of: epochs, "AUC", right)
        }
        return try space(factors, interactions, pool: pool)
    }

    private func space(
        _ factors: RankingFactors, _ interactions: InteractionMatrix, pool: ThreadPool
    ) throws -> CollaborativeSpace {
        let gauge = try CanonicalGauge(users: factors.userMatrix(), items: factors.itemTable(), pool: pool)
        return CollaborativeSpace(
            items: gauge.items, users: gauge.users,
            userBiases: [Float](repeating: 0, count: interactions.userCount),
            encoder: CalibratedEncoder(
                users: gauge.users, vectors: gauge.items.vectors, interactions: interactions, pool: pool))
    }
}
