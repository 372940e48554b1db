public import Diagnostics
public import FloatKernels

/// Matrix factorisation by ranking: a liked item shall score above one drawn at random. S. Rendle,
/// C. Freudenthaler, Z. Gantner and L. Schmidt-Thieme, "BPR: Bayesian Personalized Ranking from Implicit Feedback",
/// UAI 2009.
///
/// Positive and negative items read and write the same table. Scores are p·q + b; they order the items of one user
/// and mean nothing beyond that.
public struct BayesianPersonalizedRanking: DrawsNegatives {
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
    /// Which items a liked one is held against; the paper draws them uniformly.
    public var negatives = NegativeSampling.hard
    /// How many negatives are drawn where they shall be hard.
    public var candidates = 8

    /// The model with its defaults.
    public init() {}

    /// Learns from `data`; see `CollaborativeModel.fit`.
    public func fit(
        _ data: CollaborativeData, seed: UInt64, pool: ThreadPool, monitor: WorkMonitor
    ) throws -> CollaborativeSpace {
        try validate(data.interactions)
        return try TripletTraining(
            loss: LogisticLoss(), dimensions: dimensions, epochs: epochs, learningRate: learningRate, l2: l2,
            negatives: negatives, candidates: candidates
        ).fit(data.interactions, seed: seed, pool: pool, monitor: monitor)
    }
}
