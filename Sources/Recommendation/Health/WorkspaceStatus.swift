public import Catalogue
public import Diagnostics

/// What is in a workspace, what is stale, and what to run next: quickly, from what the catalogue and the active version say.
public struct WorkspaceStatus: Sendable {
    /// The active version, and what has come since it was made.
    public struct Model: Sendable, Encodable {
        /// Its name.
        public let version: String
        /// Items that have their place from ratings, those that content and first ratings place, those without a place.
        public let learnedItems, projectedItems, unplacedItems: Int
        /// Ratings that the catalogue has more than it had.
        public let newRatings: Int
        /// Items that came into the catalogue since.
        public let itemsAdded: Int
        /// Items whose content was another one then; nil where the version does not know.
        public let itemsChanged: Int?
        /// Items that the version has not learned and that have ratings by now.
        public let warmItems: Int
        /// Those of them that have enough for the next retrain to learn from them.
        public let readyItems: Int
        /// How far warm items have moved from where their content put them; nil where there is none.
        public let drift: ContentDrift?
    }

    /// What is in the catalogue.
    public let counts: CatalogueCounts
    /// Nil before the first training, and where the active version cannot be used.
    public let model: Model?
    /// Why the active version cannot be used.
    public let damage: Diagnostic?
    /// What is not as it could be, the worst first.
    public let findings: [HealthFinding]
    /// What to run next.
    public let next: NextStep

    /// Reads the catalogue once, and the active version.
    ///
    /// - Throws: what reading the catalogue throws, or `interrupted`.
    public init(_ workspace: Workspace, monitor: WorkMonitor = .silent) throws {
        try monitor.report("Reading the catalogue", 0)
        counts = try workspace.catalogue.counts()
        let models = ModelStore(directory: workspace.modelsDirectory)
        var (model, damage): (Model?, Diagnostic?) = (nil, nil)
        if let version = try models.readableCurrent() {
            do {
                model = try Self.read(version, workspace, models, counts, monitor)
            } catch let error as Diagnostic where error.isDamageOfModel {
                damage = error
            }
        }
        (self.model, self.damage) = (model, damage)
        let advice = StatusAdvice(
            counts: counts, model: model, damage: damage,
            hasSoundVersion: damage != nil
                && models.current().map { !models.versions(before: $0).isEmpty } ?? false,
            inactive: models.current() == nil ? models.versions().last : nil)
        findings = advice.findings
        next = advice.next
    }

    private static func read(
        _ version: String, _ workspace: Workspace, _ models: ModelStore, _ counts: CatalogueCounts,
        _ monitor: WorkMonitor
    ) throws -> Model {
        let model = try TrainedModel.open(models, version: version)
        let snapshot = try Snapshot(workspace.catalogue, model)
        try monitor.report("Reading what is new", 0)
        let entries = try workspace.catalogue.items()
        let digests = try model.contentDigests()
        var newRatings: [Int64: Int] = [:]
        for rating in try workspace.catalogue.ratings(ofItemsPlacedBy: version) {
            newRatings[rating.itemKey, default: 0] += 1
        }
        let new = snapshot.items.filter(\.isNew)
        let drift = try ContentDriftReader(
            snapshot: snapshot, catalogue: workspace.catalogue, models: models, newRatings: newRatings
        ).drift(monitor: monitor)
        return Model(
            version: version, learnedItems: snapshot.items.count - new.count, projectedItems: new.count,
            unplacedItems: snapshot.unplacedCount,
            newRatings: max(counts.ratings - model.card.data.ratings, 0),
            itemsAdded: entries.count { $0.createdAt > model.card.createdAt },
            itemsChanged: digests.map { digests in entries.count(where: digests.hasChanged) },
            warmItems: new.count { newRatings[$0.key] ?? 0 > 0 },
            readyItems: new.count { newRatings[$0.key] ?? 0 >= LearnedSpace.minimumRatings }, drift: drift)
    }
}
