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
    private let placers = PlacerCache()

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
        let placer = try placers.placer(ModelStore(directory: workspace.modelsDirectory))
        let reader = ContentReader(posters: workspace.posters, pool: pool)
        let records = try arrivals.map { arrival in
            guard let poster = arrival.poster else { return try reader.record(arrival.item) }
            return ContentRecord(
                arrival.item, poster: try ContentReader.networkSized(poster.bytes, name: poster.name))
        }
        let projected = try placer.projection.project(records, pool: pool)
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
                try transaction.save(vectors, version: placer.model.card.version)
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
        let placer = try placers.placer(store)
        let snapshot = try Snapshot(workspace.catalogue, placer.model)
        guard snapshot.unplacedCount > 0 || !stale.isEmpty else { return 0 }
        let waiting = try workspace.catalogue.items().filter { entry in
            snapshot.row(ofKey: entry.key).map {
                snapshot.items[$0].isNew && stale.contains(entry.key)
            } ?? true
        }
        guard !waiting.isEmpty else { return 0 }
        let pipeline = TrainingPipeline(workspace: workspace, pool: pool, monitor: monitor)
        let vectors = try pipeline.project(waiting, with: try placer.projection)
        try workspace.catalogue.write { try $0.save(vectors, version: placer.model.card.version) }
        return vectors.count
    }

    private static func exists(_ id: String) -> Diagnostic {
        Diagnostic(
            .badData, code: "item.exists", "the catalogue already has an item '\(id)'",
            fix: "give another id with --id, or leave it out to have one made from the title")
    }
}

/// A model version that places items; its projection is read when the first one comes.
private final class Placer: Sendable {
    let model: TrainedModel
    private let read = Mutex<ContentProjection?>(nil)

    init(_ model: TrainedModel) { self.model = model }

    var projection: ContentProjection {
        get throws {
            try read.withLock { projection in
                if let projection { return projection }
                let new = try model.projection()
                projection = new
                return new
            }
        }
    }
}

/// The version that placed last: reading one takes longer than using it once.
private final class PlacerCache: Sendable {
    private let latest = Mutex<Placer?>(nil)

    /// The active version.
    func placer(_ store: ModelStore) throws -> Placer {
        let version = try store.requireCurrent()
        return try latest.withLock { latest in
            if let latest, latest.model.card.version == version { return latest }
            let placer = Placer(try TrainedModel.open(store, version: version))
            latest = placer
            return placer
        }
    }
}
