public import Diagnostics
public import FloatKernels

/// Matrix factorisation of likes by alternating least squares: Y. Hu, Y. Koren and C. Volinsky, "Collaborative
/// Filtering for Implicit Feedback Datasets", ICDM 2008.
///
/// All users × items pairs count, liked ones more; see `AlternatingHalfStep` for the equations. The model has no
/// biases of its own: the canonical gauge takes each item's mean score out of the vectors as its bias.
public struct ImplicitALS: CollaborativeModel {
    /// `als`.
    public static let name = "als"
    /// One line for lists.
    public static let summary = "implicit alternating least squares: exact, fast, few settings"

    /// d, the length of the vectors.
    public var dimensions = 64
    /// Iterations; each solves for all items, then for all users.
    public var epochs = 10
    /// c, how much a liked item counts against one without a rating; at least 1.
    public var confidence: Float = 8
    /// y of a rated item that was not liked: 1 where having chosen the item counts as a sign of interest, as in
    /// the paper, and 0 where such ratings are to be left out.
    public var otherPreference: Float = 1
    /// λ, the weight of the squared length of every vector; positive. Nil has it chosen by held-out likes.
    public var l2: Float?

    /// The model with its defaults.
    public init() {}

    /// Learns from `data`; see `CollaborativeModel.fit`. The vectors are the same for any number of threads
    /// as far as the matrix product is.
    public func fit(
        _ data: CollaborativeData, seed: UInt64, pool: ThreadPool, monitor: WorkMonitor
    ) throws -> CollaborativeSpace {
        let interactions = data.interactions
        precondition(confidence >= 1 && l2 ?? 1 > 0, "a confidence of at least 1, and a positive L2")
        try validate(interactions)
        let penalty =
            try l2
            ?? PenaltySearch(model: self, seed: seed, pool: pool, monitor: monitor).penalty(for: interactions)
        try monitor.begin(epochs: epochs)
        let (users, items) = try factors(
            interactions.ratings, threshold: interactions.positiveThreshold, penalty: penalty, seed: seed,
            pool: pool
        ) { epoch, loss in
            try monitor.report(epoch: epoch, of: epochs, "loss", loss)
        }
        return try space(
            users: users.prefix(columns: dimensions), items: items.prefix(columns: dimensions),
            weights: weights(interactions.positiveThreshold), penalty: penalty, pool: pool)
    }

    /// P, users × d, and Q, items × d, both padded with zeros to whole vectors.
    ///
    /// - Parameter afterEpoch: gets the number of the epoch, from one, and the loss a rating.
    func factors(
        _ ratings: CompressedRows, threshold: Float, penalty: Float, seed: UInt64, pool: ThreadPool,
        afterEpoch: (Int, Double) throws -> Void = { _, _ in }
    ) throws -> (users: Matrix, items: Matrix) {
        let weights = weights(threshold)
        let step = AlternatingHalfStep(weights: weights, l2: penalty, dimensions: dimensions)
        let byUser = WeighedRatings(ratings, weights)
        let byItem = WeighedRatings(ratings.transposed(), weights)
        var users = initialUsers(ratings.rows, seed: seed)
        var items = Matrix(rows: ratings.columns, columns: users.columns)
        for epoch in 0..<epochs {
            _ = step.run(Self.effort, byItem, against: users, on: &items, pool: pool)
            let loss = step.run(
                epoch + 1 < epochs ? Self.effort : .solve, byUser, against: items, on: &users, pool: pool)
            try afterEpoch(
                epoch + 1, (loss + Double(penalty) * squaredSum(items)) / Double(ratings.values.count))
        }
        return (users, items)
    }

    private func weights(_ threshold: Float) -> ImplicitWeights {
        ImplicitWeights(
            threshold: threshold, likedConfidence: confidence, otherPreference: otherPreference)
    }

    /// Three steps of conjugate gradients from where the last iteration left a vector: more do not raise the NDCG.
    private static let effort = AlternatingHalfStep.Effort.improve(steps: 3)

    /// Small normal numbers, which the first half step forgets except for their directions; rows padded with zeros to a
    /// multiple of eight.
    private func initialUsers(_ count: Int, seed: UInt64) -> Matrix {
        var generator = RandomGenerator(seed: seed)
        var users = Matrix(rows: count, columns: (dimensions + 7) / 8 * 8)
        for row in 0..<count {
            for column in 0..<dimensions {
                users.elements[row * users.columns + column] = 0.1 * generator.normal()
            }
        }
        return users
    }

    /// The factors in the canonical gauge, with the half step of a user as the encoder.
    private func space(
        users: Matrix, items: Matrix, weights: ImplicitWeights, penalty: Float, pool: ThreadPool
    ) throws -> CollaborativeSpace {
        let table = ItemTable(vectors: items, biases: [Float](repeating: 0, count: items.rows))
        let gauge = try CanonicalGauge(users: users, items: table, pool: pool)
        return CollaborativeSpace(
            items: gauge.items, users: gauge.users, userBiases: [Float](repeating: 0, count: users.rows),
            encoder: HalfStepEncoder(
                items: gauge.items, factor: gauge.factor, mean: gauge.mean, weights: weights, l2: penalty,
                pool: pool))
    }
}

extension Matrix {
    /// The first `count` columns.
    fileprivate func prefix(columns count: Int) -> Matrix {
        guard count < columns else { return self }
        return Matrix(rows: rows, columns: count, elements: (0..<rows).flatMap { row($0).prefix(count) })
    }
}

private func squaredSum(_ matrix: Matrix) -> Double {
    matrix.elements.reduce(0) { $0 + Double($1) * Double($1) }
}
