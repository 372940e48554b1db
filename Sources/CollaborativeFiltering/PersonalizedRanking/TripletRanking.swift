public import Diagnostics
public import FloatKernels

/// Matrix factorisation with the triplet loss: a liked item shall score above a negative by a margin, and a triplet that
/// does is left alone. The hinge is that of K. Weinberger and L. Saul (JMLR 10, 2009), as FaceNet applied it to a
/// network shared by all three (F. Schroff et al., CVPR 2015).
///
/// Positive and negative items read and write the same table. Scores are p·q + b; they order the items of one user
/// and mean nothing beyond that.
public struct TripletRanking: DrawsNegatives {
    /// `triplet`.
    public static let name = "triplet"
    /// One line for lists.
    public static let summary = "triplet loss: liked items above others by a margin"

    /// d, the length of the vectors.
    public var dimensions = 64
    /// Passes over the liked pairs.
    public var epochs = 40
    /// The length of a step in the first epoch; it falls to zero in equal steps.
    public var learningRate: Float = 0.1
    /// λ, the weight of the squared length of everything that a step touches.
    public var l2: Float = 0.1
    /// The margin wanted, in units of scores.
    public var margin: Float = 1
    /// Which items a liked one is held against.
    public var negatives = NegativeSampling.hard
    /// How many negatives are drawn where they shall be hard.
    public var candidates = 8

    /// The model with its defaults.
    public init() {}

    /// Learns from `data`; see `CollaborativeModel.fit`.
    public func fit(
        _ data: CollaborativeData, seed: UInt64, pool: ThreadPool, monitor: WorkMonitor
    ) throws -> CollaborativeSpace {
        precondition(margin > 0, "a margin to keep")
        try validate(data.interactions)
        return try TripletTraining(
            loss: HingeLoss(wanted: margin), dimensions: dimensions, epochs: epochs,
            learningRate: learningRate, l2: l2, negatives: negatives, candidates: candidates
        ).fit(data.interactions, seed: seed, pool: pool, monitor: monitor)
    }
}
