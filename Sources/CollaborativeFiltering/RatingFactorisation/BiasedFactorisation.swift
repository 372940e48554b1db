public import Diagnostics
public import FloatKernels

/// Matrix factorisation of explicit ratings with biases: Y. Koren, R. Bell and C. Volinsky, "Matrix Factorization
/// Techniques for Recommender Systems", IEEE Computer 42 (8), 2009, equation 4.
///
/// A rating is predicted as μ + b_user + b_item + p·q, where μ is the mean of all ratings. Only rated pairs count: the
/// model says how a user would rate an item, not whether he would choose it. See `RatingHalfStep` for the equations.
public struct BiasedFactorisation: CollaborativeModel {
    /// `mf`.
    public static let name = "mf"
    /// One line for lists.
    public static let summary =
        "matrix factorisation of ratings with biases: predicts how an item would be rated"

    /// d, the length of the vectors.
    public var dimensions = 32
    /// Iterations; each solves for all items, then for all users.
    public var epochs = 12
    /// λ, the weight of the squared length of a vector, times the root of its number of ratings; positive. Nil has it chosen by held-out ratings.
    public var l2: Float?
    /// The weight of the square of every bias; positive.
    public var biasL2: Float = 3

    /// The model with its defaults.
    public init() {}

    /// A score is a rating.
    public var predictsRatings: Bool { true }

    /// Learns from `data`; see `CollaborativeModel.fit`. The vectors are the same for any number of threads
    /// as far as the matrix product is.
    public func fit(
        _ data: CollaborativeData, seed: UInt64, pool: ThreadPool, monitor: WorkMonitor
    ) throws -> CollaborativeSpace {
        precondition(biasL2 > 0 && l2 ?? 1 > 0, "positive weights of the squares")
        try validate(data.interactions)
        let interactions = data.interactions.withinScale()
        let penalty =
            try l2
            ?? RatingPenaltySearch(model: self, seed: seed, pool: pool, monitor: monitor)
            .penalty(for: interactions.ratings)
        try monitor.begin(epochs: epochs)
        let factors = try factors(interactions.ratings, penalty: penalty, seed: seed, pool: pool) {
            epoch, error in
            try monitor.report(epoch: epoch, of: epochs, "RMSE", error)
        }
        return try space(factors, penalty: penalty, pool: pool)
    }

    /// - Parameter afterEpoch: gets the number of the epoch, from one, and the root mean square error on `ratings`.
    func factors(
        _ ratings: CompressedRows, penalty: Float, seed: UInt64, pool: ThreadPool,
        afterEpoch: (Int, Double) throws -> Void = { _, _ in }
    ) throws -> RatingFactors {
        let byItem = ratings.transposed()
        let mean = ratings.values.reduce(0.0) { $0 + Double($1) } / Double(max(ratings.values.count, 1))
        let step = RatingHalfStep(mean: Float(mean), l2: penalty, biasL2: biasL2, dimensions: dimensions)
        var generator = RandomGenerator(seed: seed)
        var users = RatingSide(count: ratings.rows, dimensions: dimensions)
        users.scatter(using: &generator)
        var items = RatingSide(count: ratings.columns, dimensions: dimensions)
        for epoch in 0..<epochs {
            _ = step.run(byItem, against: users, on: &items, pool: pool)
            let squares = step.run(ratings, against: items, on: &users, pool: pool)
            try afterEpoch(epoch + 1, (squares / Double(max(ratings.values.count, 1))).squareRoot())
        }
        return RatingFactors(mean: Float(mean), users: users, items: items)
    }

    /// The factors in the canonical gauge, with the half step of a user as the encoder.
    ///
    /// An item's bias becomes its mean predicted rating, which takes in μ and the mean user bias; a user's bias becomes
    /// what he rates above the average user.
    private func space(_ factors: RatingFactors, penalty: Float, pool: ThreadPool) throws
        -> CollaborativeSpace
    {
        let userBiases = factors.users.biases
        let meanBias = Float(
            userBiases.reduce(0.0) { $0 + Double($1) } / Double(max(userBiases.count, 1)))
        let gauge = try CanonicalGauge(
            users: factors.users.vectors,
            items: ItemTable(
                vectors: factors.items.vectors,
                biases: factors.items.biases.map { factors.mean + meanBias + $0 }),
            pool: pool)
        return CollaborativeSpace(
            items: gauge.items, users: gauge.users, userBiases: userBiases.map { $0 - meanBias },
            encoder: RatingEncoder(
                factor: gauge.factor, mean: gauge.mean, l2: penalty, biasL2: biasL2, meanBias: meanBias,
                pool: pool))
    }
}
