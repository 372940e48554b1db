import Catalogue

/// What is answered from at one moment: one model version at one revision of the catalogue. Immutable, and shared by all
/// requests that began while it was the latest.
public final class ServingState: Sendable {
    /// The revision of the catalogue.
    public let revision: Int64
    /// All users and what they rated.
    public let histories: UserHistories
    /// The version that answers; nil before the first training.
    let model: TrainedModel?
    /// The active version where it cannot be used, and another one answers.
    public let damaged: DamagedVersion?
    /// Answers by that version; nil before the first training.
    public let recommender: Recommender?
    /// Where items stand on the map; nil before the first training.
    public let map: ItemMap?

    init(
        revision: Int64, histories: UserHistories, model: TrainedModel? = nil, damaged: DamagedVersion? = nil,
        recommender: Recommender? = nil, map: ItemMap? = nil
    ) {
        self.revision = revision
        self.histories = histories
        self.model = model
        self.damaged = damaged
        self.recommender = recommender
        self.map = map
    }

    /// The card of the version that answers; nil before the first training.
    public var card: ModelCard? { model?.card }

    /// The version that answers come from, or nothing.
    public var version: String? { card?.version }

    /// Whether there are items that the version does not place yet.
    var hasWaitingItems: Bool { (recommender?.snapshot.unplacedCount ?? 0) > 0 }

    /// The version that is to answer, or nothing.
    var active: String? { damaged?.version ?? version }

    /// What answers.
    ///
    /// - Throws: `model.none` before the first training.
    public func answers() throws -> Recommender {
        guard let recommender else { throw ModelStore.nothingTrained }
        return recommender
    }
}
