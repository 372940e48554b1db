public import FloatKernels

/// What a collaborative model learned: items and users as vectors, and how a later user gets one.
public struct CollaborativeSpace: Sendable {
    /// The items, items × d.
    public var items: ItemTable
    /// One vector a row, users × d.
    public var users: Matrix
    /// One bias a user: it moves all scores of the user alike and so changes no ranking. Zero in ranking models.
    public var userBiases: [Float]
    /// Makes a vector for a user from a history; nil where the model only knows the users it was fitted to.
    public var encoder: (any UserEncoder)?

    /// What scores items for users where that is more than a product of vectors; nil where it is not. The users' vectors
    /// then are their linear tastes: of all vectors those whose products come nearest to the scores.
    public var layers: ScoringLayers?

    /// A space from its parts, which agree in d.
    public init(
        items: ItemTable, users: Matrix, userBiases: [Float], encoder: (any UserEncoder)?,
        layers: ScoringLayers? = nil
    ) {
        precondition(items.dimensions == users.columns, "user and item vectors are equally long")
        precondition(users.rows == userBiases.count, "one bias a user")
        self.items = items
        self.users = users
        self.userBiases = userBiases
        self.encoder = encoder
        self.layers = layers
    }

    /// The scores of all items for user `user`: vᵢ·u + bᵢ, or what the layers say, and the user's bias.
    ///
    /// With layers, for a user or two: for many, `scan` once and ask it.
    public func scores(ofUser user: Int) -> [Float] {
        let scores =
            layers == nil
            ? items.scores(userVector: users.row(user)) : scan().scores(query: queries.row(user))
        return scores.map { $0 + userBiases[user] }
    }
}
