public import FloatKernels

/// Factors that another recommender learned, to be served here, and to give new items a place among them.
///
/// A user's score of an item is p·q + b₀. Everything here works in the canonical gauge, in which distances between items are
/// what users notice; which gauge that is, the users say:
///
/// - Users who came along serve as they are, and are the users of the gauge.
/// - Without them a user is where his ratings put him, in closed form: the half step of implicit least squares over the
///   imported items. These users then give the gauge.
/// - Without users and ratings nothing is known of who will score the items, so they stay as they came.
public struct ImportedFactors: Sendable {
    /// The items, items × d; biases of 0 where none came.
    public let items: ItemTable
    /// The users, users × d; nil where none came.
    public let users: Matrix?
    /// Whether biases came.
    public let hasBiases: Bool

    /// Factors from their parts.
    public init(items: Matrix, itemBiases: [Float]?, users: Matrix?) {
        precondition(users.map { $0.columns == items.columns } ?? true, "users and items are equally long")
        self.items = ItemTable(
            vectors: items, biases: itemBiases ?? [Float](repeating: 0, count: items.rows))
        self.users = users
        hasBiases = itemBiases != nil
    }

    /// The factors in the canonical gauge, with an encoder of later users, and the way back.
    ///
    /// - Parameter interactions: ratings of the items in their order, by the users in theirs; where no users came, by
    ///   any, who become the users of the space.
    public func space(
        _ interactions: InteractionMatrix, pool: ThreadPool
    ) throws -> (space: CollaborativeSpace, original: OriginalGauge) {
        precondition(interactions.itemCount == items.count, "ratings of the imported items")
        let users = users ?? encode(interactions, pool: pool)
        precondition(interactions.userCount == users.rows, "ratings by the imported users")
        guard users.rows > 0 else { return unscored(interactions, pool: pool) }
        let gauge = try CanonicalGauge(users: users, items: items, pool: pool)
        // Where not even every user has a rating, there are too few to learn from.
        let taught =
            interactions.count >= users.rows
            ? interactions : try favourites(users, interactions, pool: pool)
        let encoder = CalibratedEncoder(
            users: gauge.users, vectors: gauge.items.vectors, interactions: taught, pool: pool)
        return (
            CollaborativeSpace(
                items: gauge.items, users: gauge.users,
                userBiases: [Float](repeating: 0, count: users.rows), encoder: encoder),
            OriginalGauge(factor: gauge.factor, mean: gauge.mean, hasBiases: hasBiases)
        )
    }

    /// Where ratings are missing, the items that every user scores highest stand for those that he would have liked: by
    /// them the encoder learns how far likes move a user.
    private func favourites(
        _ users: Matrix, _ interactions: InteractionMatrix, pool: ThreadPool
    ) throws -> InteractionMatrix {
        let step = 1 + users.rows / Self.mostTaught
        let sample = Array(stride(from: 0, to: users.rows, by: step))
        let lists = ProductScan(vectors: items.vectors, biases: items.biases).largest(
            min(Self.favouriteCount, (items.count + 3) / 4), queries: users.selectingRows(sample),
            excluded: sample.map { _ in [] }, pool: pool)
        return try InteractionMatrix(
            userCount: users.rows, itemCount: items.count,
            positiveThreshold: interactions.positiveThreshold,
            rows: zip(sample, lists).flatMap { user, list in
                list.map {
                    Interaction(user: user, item: $0.index, rating: interactions.positiveThreshold)
                }
            })
    }

    /// Favourites of a user, at most a quarter of all items, and users who have some.
    private static let favouriteCount = 20, mostTaught = 10_000

    /// Users from their ratings alone, in the original coordinates, users × d.
    private func encode(_ interactions: InteractionMatrix, pool: ThreadPool) -> Matrix {
        let encoder = CalibratedEncoder(
            uncalibrated: items.vectors, threshold: interactions.positiveThreshold, pool: pool)
        var users = Matrix(rows: interactions.userCount, columns: items.dimensions)
        users.elements.withUnsafeMutableBufferPointer { buffer in
            nonisolated(unsafe) let output = buffer
            pool.forEachRange(interactions.userCount) { range in
                for user in range {
                    let profile = UserProfile(history: interactions.history(ofUser: user))
                    let vector = encoder.vector(of: profile, items: items, prior: nil)
                    for i in vector.indices { output[user * vector.count + i] = vector[i] }
                }
            }
        }
        return users
    }

    /// The items as they came, with nobody to score them.
    private func unscored(
        _ interactions: InteractionMatrix, pool: ThreadPool
    ) -> (space: CollaborativeSpace, original: OriginalGauge) {
        let encoder = CalibratedEncoder(
            uncalibrated: items.vectors, threshold: interactions.positiveThreshold, pool: pool)
        return (
            CollaborativeSpace(
                items: items, users: Matrix(rows: 0, columns: items.dimensions), userBiases: [],
                encoder: encoder),
            OriginalGauge(identity: items.dimensions, hasBiases: hasBiases)
        )
    }
}
