public import Catalogue
import ContentProjection
public import Diagnostics
public import FloatKernels
import ItemContent
import Synchronization

/// Adds items and gives them their place at once.
public struct ItemPlacement: Sendable {
    private let workspace: Workspace
    private let pool: ThreadPool
    private let projections = ProjectionCache()

    /// Adds to a workspace opened for writing; the caller holds its lock.
    public init(workspace: Workspace, pool: ThreadPool) {
        self.workspace = workspace
        self.pool = pool
    }

    /// A new item as the user describes it.
    public struct Arrival: Sendable {
        /// The item; with a poster reference only where it keeps the poster that it has.
        public var item: Item
        /// The poster's file and its name for messages.
        public var poster: (bytes: [UInt8], name: String)?

        /// An arrival from its parts.
        public init(item: Item, poster: (bytes: [UInt8], name: String)? = nil) {
            self.item = item
            self.poster = poster
        }
    }

    /// Stores the items, their posters and their vectors in one transaction: all of them, or nothing.
    ///
    /// - Throws: `item.exists` for an id that is taken, `poster.…` for a picture that cannot be read, `model.none` before
    ///   the first training.
    public func add(_ arrivals: [Arrival]) throws {
        // Everything that can be wrong with the input is found before anything is written.
        for arrival in arrivals where try workspace.catalogue.item(id: arrival.item.id) != nil {
            throw Self.exists(arrival.item.id)
        }
        try store(arrivals) { transaction, item in
            guard try transaction.item(id: item.id) == nil else { throw Self.exists(item.id) }
        }
    }

    /// Stores an item in place of the one of its id, or as a new one.
    public func put(_ arrival: Arrival) throws { try store([arrival]) { _, _ in } }

    private func store(
        _ arrivals: [Arrival], checking check: (any CatalogueTransaction, Item) throws -> Void
    ) throws {
        let model = try TrainedModel.open(ModelStore(directory: workspace.modelsDirectory))
        let reader = ContentReader(posters: workspace.posters, pool: pool)
        let records = try arrivals.map { arrival in
            guard let poster = arrival.poster else { return try reader.record(arrival.item) }
            return ContentRecord(
                arrival.item, poster: try ContentReader.networkSized(poster.bytes, name: poster.name))
        }
        let projected = try projections.projection(of: model).project(records, pool: pool)
        var items = arrivals.map(\.item)
        var references: [PosterReference] = []
        for (index, arrival) in arrivals.enumerated() {
            guard let poster = arrival.poster else { continue }
            let (reference, isNew) = try workspace.posters.put(poster.bytes)
            items[index].poster = reference
            if isNew { references.append(reference) }
        }
        do {
            try workspace.posters.barrier(references)
            try workspace.catalogue.write { transaction in
                let vectors = try items.indices.map { index in
                    try check(transaction, items[index])
                    let key = try transaction.upsert(items[index]).key
                    return projected.vector(ofRow: index, itemKey: key)
                }
                try transaction.save(vectors, version: model.card.version)
            }
        } catch {
            for reference in references { workspace.posters.remove(reference) }
            throw error
        }
    }

    /// Places items of the catalogue that the active version does not know: those that came by import, or while it was made.
    ///
    /// - Parameter stale: keys of items whose content has changed since the version was made; they are placed anew.
    /// - Returns: how many; none before the first training.
    @discardableResult
    public func placeWaiting(stale: Set<Int64> = [], monitor: WorkMonitor = .silent) throws -> Int {
        let store = ModelStore(directory: workspace.modelsDirectory)
        guard store.current() != nil else { return 0 }
        let model = try TrainedModel.open(store)
        let snapshot = try Snapshot(workspace.catalogue, model)
        guard snapshot.unplacedCount > 0 || !stale.isEmpty else { return 0 }
        let waiting = try workspace.catalogue.items().filter { entry in
            snapshot.row(ofKey: entry.key).map {
                snapshot.items[$0].isNew && stale.contains(entry.key)
            } ?? true
        }
        guard !waiting.isEmpty else { return 0 }
        let pipeline = TrainingPipeline(workspace: workspace, pool: pool, monitor: monitor)
        let vectors = try pipeline.project(waiting, with: try projections.projection(of: model))
        try workspace.catalogue.write { try $0.save(vectors, version: model.card.version) }
        return vectors.count
    }

    private static func exists(_ id: String) -> Diagnostic {
        Diagnostic(
            .badData, code: "item.exists", "the catalogue already has an item '\(id)'",
            fix: "give another id with --id, or leave it out to have one made from the title")
    }
}

/// The content projection of the version that was last asked for: reading it takes longer than using it once.
private final class ProjectionCache: Sendable {
    private let latest = Mutex<(version: String, projection: ContentProjection)?>(nil)

    func projection(of model: TrainedModel) throws -> ContentProjection {
        try latest.withLock { latest in
            if let latest, latest.version == model.card.version { return latest.projection }
            let projection = try model.projection()
            latest = (model.card.version, projection)
            return projection
        }
    }
}
