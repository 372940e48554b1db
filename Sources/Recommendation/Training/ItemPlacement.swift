public import Catalogue
import ContentProjection
public import Diagnostics
public import FloatKernels
import ItemContent

/// Adds items and gives them their place at once.
public struct ItemPlacement: Sendable {
    private let workspace: Workspace
    private let pool: ThreadPool

    /// Adds to a workspace opened for writing; the caller holds its lock.
    public init(workspace: Workspace, pool: ThreadPool) {
        self.workspace = workspace
        self.pool = pool
    }

    /// A new item as the user describes it.
    public struct Arrival: Sendable {
        /// The item, without a poster reference.
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
        let model = try TrainedModel.open(ModelStore(directory: workspace.modelsDirectory))
        var items: [Item] = []
        var records: [ContentRecord] = []
        // Everything that can be wrong with the input is found before anything is written.
        for arrival in arrivals {
            guard try workspace.catalogue.item(id: arrival.item.id) == nil else {
                throw Self.exists(arrival.item.id)
            }
            let picture = try arrival.poster.map { try ContentReader.networkSized($0.bytes, name: $0.name) }
            records.append(ContentRecord(arrival.item, poster: picture))
            items.append(arrival.item)
        }
        let projected = try model.projection().project(records, pool: pool)
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
                    guard try transaction.item(id: items[index].id) == nil else {
                        throw Self.exists(items[index].id)
                    }
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

    /// Places items of the catalogue that the active version does not know: those that came by import.
    ///
    /// - Returns: how many; none before the first training.
    @discardableResult
    public func placeWaiting(monitor: WorkMonitor = .silent) throws -> Int {
        let store = ModelStore(directory: workspace.modelsDirectory)
        guard store.current() != nil else { return 0 }
        let model = try TrainedModel.open(store)
        let snapshot = try Snapshot(workspace.catalogue, model)
        guard snapshot.unplacedCount > 0 else { return 0 }
        let waiting = try workspace.catalogue.items().filter { snapshot.row(ofKey: $0.key) == nil }
        let pipeline = TrainingPipeline(workspace: workspace, pool: pool, monitor: monitor)
        let vectors = try pipeline.project(waiting, with: try model.projection())
        try workspace.catalogue.write { try $0.save(vectors, version: model.card.version) }
        return vectors.count
    }

    private static func exists(_ id: String) -> Diagnostic {
        Diagnostic(
            .badData, code: "item.exists", "the catalogue already has an item '\(id)'",
            fix: "give another id with --id, or leave it out to have one made from the title")
    }
}
