public import Diagnostics
public import FloatKernels

/// Scores by a multilayer perceptron on embeddings of user and item and of what is known of them, concatenated: X. He,
/// L. Liao, H. Zhang, L. Nie, X. Hu and T.-S. Chua, "Neural Collaborative Filtering", WWW 2017.
///
/// See `NetworkBatch` for the network, `ScoringLayers` for how it scores afterwards, and `LinearTastes` for the vectors of users.
public struct NeuralCollaborativeFiltering: CollaborativeModel {
    /// `mlp`.
    public static let name = "mlp"
    /// One line for lists.
    public static let summary = "neural collaborative filtering: layers over embeddings of ids and attributes"

    /// d, the length of an item's row: the embedding of its id, and that of its attributes.
    public var dimensions = 64
    /// Length of a user's input: of his id, and of his attributes. Nil takes three quarters of `dimensions`.
    public var userDimensions: Int?
    /// How much of either the attributes take where there are any.
    public var attributeDimensions = 16
    /// Widths of the layers. Nil takes those that suit the loss.
    public var layers: [Int]?
    /// What scores are fitted to.
    public var loss = NetworkLoss.logistic
    /// Passes over the likes, or over the ratings.
    public var epochs = 10
    /// Items that a user has not rated, drawn for every like.
    public var negatives = 16
    /// What is said of a rated item that was not liked, between none, 0, and a like, 1: having chosen it is a sign of interest.
    public var otherPreference: Float = 0.5
    /// Ratings in a step, those drawn for them not counted. Nil takes 512, and fewer of few ratings.
    public var batchSize: Int?
    /// The length of Adam's steps in the first epoch; it falls to zero in equal steps.
    public var learningRate: Float = 0.003
    /// λ of decoupled weight decay. Nil takes what suits the loss.
    public var weightDecay: Float?

    /// Whether a score is the rating to be expected.
    public var predictsRatings: Bool { loss == .squared }

    /// The model with its defaults.
    public init() {}

    /// Learns from `data`; see `CollaborativeModel.fit`. The bits are the same for any number of threads.
    public func fit(
        _ data: CollaborativeData, seed: UInt64, pool: ThreadPool, monitor: WorkMonitor
    ) throws -> CollaborativeSpace {
        precondition(
            userDimensions ?? 1 >= 1 && negatives >= 1 && batchSize ?? 1 >= 1 && learningRate > 0
                && weightDecay ?? 0 >= 0, "rows, pairs, and steps down the gradient")
        try validate(data.interactions)
        let data = loss == .squared ? data.replacing(data.interactions.withinScale()) : data
        let training = NetworkTraining(self, data, seed: seed)
        try training.run(epochs: epochs, rate: learningRate, pool: pool, monitor: monitor)
        return try training.space(data.interactions, pool: pool)
    }
}
