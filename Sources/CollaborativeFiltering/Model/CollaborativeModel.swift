public import Diagnostics
public import FloatKernels

/// A model that learns vectors for users and items from ratings, and from attributes where it reads them.
public protocol CollaborativeModel: Sendable {
    /// The name under which the model is chosen: lower case, short, stable.
    static var name: String { get }
    /// One line on what the model is, for lists.
    static var summary: String { get }

    /// d, the length of the learned vectors.
    var dimensions: Int { get set }
    /// Passes over the data.
    var epochs: Int { get set }

    /// Whether a score is the rating that the user would give, on the scale of the ratings; other scores only order items.
    var predictsRatings: Bool { get }

    /// The model with its defaults.
    init()

    /// Learns from `data`. The same seed and number of threads give the same bits.
    ///
    /// - Throws: `Diagnostic` of kind `badData` or `usage` where nothing can be learned, which names the remedy;
    ///   `Diagnostic.interrupted`, at the end of an epoch, once `monitor` says to stop.
    func fit(
        _ data: CollaborativeData, seed: UInt64, pool: ThreadPool, monitor: WorkMonitor
    ) throws -> CollaborativeSpace
}

extension CollaborativeModel {
    /// False: most models order items.
    public var predictsRatings: Bool { false }

    /// Learns from ratings of items and users of whom nothing else is known.
    public func fit(
        _ interactions: InteractionMatrix, seed: UInt64, pool: ThreadPool, monitor: WorkMonitor
    ) throws -> CollaborativeSpace {
        try fit(CollaborativeData(interactions: interactions), seed: seed, pool: pool, monitor: monitor)
    }

    /// What every model asks of its settings and of the data.
    func validate(_ interactions: InteractionMatrix) throws {
        guard dimensions >= 1 else {
            throw Diagnostic(
                .usage, code: "model.dimensions", "\(dimensions) dimensions hold nothing",
                fix: "give 1 dimension or more; \(Self().dimensions) is the default of \(Self.name)")
        }
        guard epochs >= 1 else {
            throw Diagnostic(
                .usage, code: "model.epochs", "\(epochs) epochs learn nothing",
                fix: "give 1 epoch or more; \(Self().epochs) is the default of \(Self.name)")
        }
        guard interactions.count > 0 else {
            throw Diagnostic(
                .badData, code: "ratings.empty", "there are no ratings to learn from",
                fix: "import ratings first: rows of user_id, item_id, rating")
        }
        guard interactions.ratings.values.contains(where: interactions.isPositive) else {
            throw Diagnostic(
                .badData, code: "ratings.none-positive",
                "no rating reaches \(interactions.positiveThreshold), from which on a rating counts as liked",
                fix: "lower the positive threshold, or leave it out to take the median rating")
        }
    }
}
