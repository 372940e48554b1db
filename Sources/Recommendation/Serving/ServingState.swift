public import Catalogue

/// What is answered from at one moment: one model version at one revision of the catalogue. Immutable, and shared by all
/// requests that began while it was the latest.
public final class ServingState: Sendable {
    /// The revision of the catalogue.
    public let revision: Int64
    /// All users and what they rated.
    public let histories: UserHistories
    /// The active version's card; nil before the first training.
    public let card: ModelCard?
    /// Answers by the active version; nil before the first training.
    public let recommender: Recommender?
    /// Where items stand on the map; nil before the first training.
    public let map: ItemMap?

    init(
        revision: Int64, histories: UserHistories, card: ModelCard? = nil, recommender: Recommender? = nil,
        map: ItemMap? = nil
    ) {
        self.revision = revision
        self.histories = histories
        self.card = card
        self.recommender = recommender
        self.map = map
    }

    /// The version that answers come from, or nothing.
    public var version: String? { card?.version }

    /// What answers.
    ///
    /// - Throws: `model.none` before the first training.
    public func answers() throws -> Recommender {
        guard let recommender else { throw ModelStore.nothingTrained }
        return recommender
    }
}
