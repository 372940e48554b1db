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
    /// - Parameter model: what places them; the active version where nil.
    /// - Throws: `item.exists` for an id that is taken, `poster.…` for a picture that cannot be read, `model.none` before
    ///   the first training.
    public func add(_ arrivals: [Arrival], by model: TrainedModel? = nil) throws {
        // Everything that can be wrong with the input is found before anything is written.
        for arrival in arrivals where try workspace.catalogue.item(id: arrival.item.id) != nil {
            throw Self.exists(arrival.item.id)
        }
        try store(arrivals, by: model) { transaction, item in
            guard try transaction.item(id: item.id) == nil else { throw Self.exists(item.id) }
        }
    }

    /// Whether the catalogue has the item as it arrives, poster and all.
    public func holds(_ arrival: Arrival) throws -> Bool {
        guard let known = try workspace.catalogue.item(id: arrival.item.id)?.item else { return false }
        var item = arrival.item
        item.id = known.id
        item.attributes = item.attributes.filter { !$0.value.isEmpty }
        if let poster = arrival.poster { item.poster = try PosterStore.reference(to: poster.bytes) }
        return item == known
    }

    /// Stores an item in place of the one of its id, or as a new one.
    public func put(_ arrival: Arrival, by model: TrainedModel? = nil) throws {
        try store([arrival], by: model) { _, _ in }
    }

    private func store(
        _ arrivals: [Arrival], by model: TrainedModel?,
        checking check: (any CatalogueTransaction, Item) throws -> Void
    ) throws {
        let placer = try placers.placer(model, models)
        let reader = ContentReader(posters: workspace.posters, pool: pool)
        let records = try arrivals.map { arrival in
            guard let poster = arrival.poster else { return try reader.record(arrival.item) }
            return ContentRecord(
                arrival.item, poster: try ContentReader.networkSized(poster.bytes, name: poster.name))
        }
        let projected = try placer.projection.project(records, pool: pool)
        var items = arrivals.map(\.item)
        var added: [PosterReference] = []
        do {
            for (index, arrival) in arrivals.enumerated() {
                guard let poster = arrival.poster else { continue }
                let (reference, isNew) = try workspace.posters.put(poster.bytes)
                items[index].poster = reference
                if isNew { added.append(reference) }
            }
            try workspace.posters.barrier(items.compactMap(\.poster))
            try workspace.catalogue.write { transaction in
                let vectors = try items.indices.map { index in
                    try check(transaction, items[index])
                    let key = try transaction.upsert(items[index]).key
                    return projected.vector(ofRow: index, itemKey: key)
                }
                try transaction.save(vectors, version: placer.model.card.version)
            }
        } catch {
            for reference in added { workspace.posters.remove(reference) }
            throw error
        }
    }

    /// Places items of the catalogue that a version does not know: those that came by import, or since it was the active one.
    ///
    /// - Parameter model: the version; the active one where nil.
    /// - Returns: how many; none before the first training.
    @discardableResult
    public func placeWaiting(by model: TrainedModel? = nil, monitor: WorkMonitor = .silent) throws -> Int {
        guard model != nil || models.current() != nil else { return 0 }
        let placer = try placers.placer(model, models)
        let snapshot = try Snapshot(workspace.catalogue, placer.model)
        guard snapshot.unplacedCount > 0 else { return 0 }
        let waiting = try workspace.catalogue.items().filter { snapshot.row(ofKey: $0.key) == nil }
        guard !waiting.isEmpty else { return 0 }
        let pipeline = TrainingPipeline(workspace: workspace, pool: pool, monitor: monitor)
        let vectors = try pipeline.project(waiting, with: try placer.projection)
        try workspace.catalogue.write { try $0.save(vectors, version: placer.model.card.version) }
        return vectors.count
    }

    /// Reads what places new items, so that nothing of it is read later.
    func prepare(_ model: TrainedModel) throws { _ = try projection(of: model) }

    /// What places new items by a version.
    func projection(of model: TrainedModel) throws -> ContentProjection {
        try placers.placer(model, models).projection
    }

    private var models: ModelStore { ModelStore(directory: workspace.modelsDirectory) }

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

    /// - Parameter model: the version; the active one where nil.
    func placer(_ model: TrainedModel?, _ store: ModelStore) throws -> Placer {
        let version = try model?.card.version ?? store.requireCurrent()
        return try latest.withLock { latest in
            if let latest, latest.model.card.version == version { return latest }
            let placer = Placer(try model ?? TrainedModel.open(store, version: version))
            latest = placer
            return placer
        }
    }
}
