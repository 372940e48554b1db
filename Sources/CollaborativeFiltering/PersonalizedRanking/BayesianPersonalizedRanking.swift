public import Diagnostics
public import FloatKernels

/// Matrix factorisation by ranking: a liked item shall score above one drawn at random. S. Rendle,
/// C. Freudenthaler, Z. Gantner and L. Schmidt-Thieme, "BPR: Bayesian Personalized Ranking from Implicit Feedback",
/// UAI 2009.
///
/// Positive and negative items read and write the same table. Scores are p·q + b; they order the items of one user
/// and mean nothing beyond that.
public struct BayesianPersonalizedRanking: CollaborativeModel {
    /// `bpr`.
    public static let name = "bpr"
    /// One line for lists.
    public static let summary = "Bayesian personalised ranking: liked items above others, by triplets"

    /// d, the length of the vectors.
    public var dimensions = 64
    /// Passes over the liked pairs.
    public var epochs = 20
    /// The length of a step in the first epoch; it falls to zero in equal steps.
    public var learningRate: Float = 0.1
    /// λ, the weight of the squared length of everything that is learned.
    public var l2: Float = 0.02
    /// How many negatives are drawn for a liked item; the one with the highest score is taken. 1 is the paper's
    /// uniform draw; more teach the order at the top of the list (dynamic negative sampling, W. Zhang et al., SIGIR 2013).
    public var candidates = 8

    /// The model with its defaults.
    public init() {}

    /// Learns from `data`; see `CollaborativeModel.fit`.
    public func fit(
        _ data: CollaborativeData, seed: UInt64, pool: ThreadPool, monitor: WorkMonitor
    ) throws -> CollaborativeSpace {
        let interactions = data.interactions
        precondition(
            learningRate > 0 && l2 >= 0 && candidates >= 1, "steps go up the gradient, on a negative")
        try validate(interactions)
        var generator = RandomGenerator(seed: seed)
        let factors = RankingFactors(
            userCount: interactions.userCount, itemCount: interactions.itemCount, dimensions: dimensions,
            using: &generator)
        let likes = LikedPairs(interactions)
        for epoch in 0..<epochs {
            let blocks = RankingBlocks(likes, count: pool.threads, using: &generator)
            let rate = learningRate * Float(epochs - epoch) / Float(epochs)
            let pass = RankingEpoch(
                ratings: interactions.ratings, blocks: blocks,
                step: RankingStep(factors: factors, learningRate: rate, l2: l2), candidates: candidates)
            let right = pass.run(seed: seed, epoch: epoch, pool: pool)
            try monitor.report(
                "Learning from ratings", epoch + 1, of: epochs, note: "AUC " + decimal(right, places: 4))
        }
        return space(factors, interactions, pool: pool)
    }

    /// The factors in the canonical gauge, with an encoder calibrated on the users of `interactions`.
    private func space(
        _ factors: RankingFactors, _ interactions: InteractionMatrix, pool: ThreadPool
    ) -> CollaborativeSpace {
        let gauge = CanonicalGauge(users: factors.userMatrix(), items: factors.itemTable(), pool: pool)
        return CollaborativeSpace(
            items: gauge.items, users: gauge.users,
            userBiases: [Float](repeating: 0, count: interactions.userCount),
            encoder: CalibratedEncoder(
                users: gauge.users, vectors: gauge.items.vectors, interactions: interactions, pool: pool))
    }
}
