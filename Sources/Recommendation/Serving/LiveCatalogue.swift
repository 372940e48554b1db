public import Catalogue
import Diagnostics
public import FloatKernels
import Synchronization

/// A workspace that is answered from while it changes.
///
/// Readers take `state`, which never changes, and wait for nobody. Writers come one at a time: each writes to the store, makes
/// the state that follows by looking at what changed, and puts it in place of the other, so that what was acknowledged is in
/// every answer from then on. Every state is what reading everything anew would give.
public final class LiveCatalogue: Sendable {
    let workspace: Workspace
    let placement: ItemPlacement
    private let pool: ThreadPool
    private let published: Mutex<ServingState>
    /// Held by who writes; keys of items whose content changed while a training runs, nil while none does.
    private let writing: Mutex<Set<Int64>?>

    /// Opens a workspace for answers and changes, and places items that wait for it.
    ///
    /// - Parameter pool: threads for reading and placing; lists are made on the threads that ask for them.
    public init(_ workspace: Workspace, pool: ThreadPool) throws {
        self.workspace = workspace
        self.pool = pool
        placement = ItemPlacement(workspace: workspace, pool: pool)
        let lock = try workspace.lock()
        defer { withExtendedLifetime(lock) {} }
        try workspace.tidy()
        published = Mutex(try Self.read(workspace, placement, places: true, pool: pool))
        writing = Mutex(nil)
    }

    /// What is answered from now on.
    public var state: ServingState { published.withLock { $0 } }

    /// Where model versions are.
    public var models: ModelStore { ModelStore(directory: workspace.modelsDirectory) }

    /// Catches up with what other processes wrote to the workspace, if they did.
    public func refresh() throws {
        guard try isBehind(state) else { return }
        try writing.withLock { _ in
            let state = try read(places: false)
            publish(state)
            // Who imports places the items, unless the active version cannot be used.
            guard state.hasWaitingItems else { return }
            let lock = try workspace.lock()
            defer { withExtendedLifetime(lock) {} }
            try publish(read(places: true))
        }
    }

    /// Runs `body`, which writes to the store, with the state that is true before it, and publishes the state that it returns.
    func write<Result>(
        _ body: (ServingState, inout Set<Int64>?) throws -> (Result, ServingState)
    ) throws -> Result {
        try writing.withLock { journal in
            let lock = try workspace.lock()
            defer { withExtendedLifetime(lock) {} }
            var before = state
            if try isBehind(before) {
                before = try read(places: true)
                publish(before)
            }
            let (result, after) = try body(before, &journal)
            publish(after)
            return result
        }
    }

    /// Everything anew, but for users where the catalogue is still at `known`.
    ///
    /// - Parameter places: whether items that wait for a place are given one; the caller then holds the workspace's lock.
    func read(knowing known: ServingState? = nil, places: Bool) throws -> ServingState {
        try Self.read(workspace, placement, knowing: known, places: places, pool: pool)
    }

    private func publish(_ state: ServingState) { published.withLock { $0 = state } }

    private func isBehind(_ state: ServingState) throws -> Bool {
        try workspace.catalogue.revision() != state.revision || models.readableCurrent() != state.active
            || state.damaged?.hasChanged(in: models) ?? false
    }

    private static func read(
        _ workspace: Workspace, _ placement: ItemPlacement, knowing known: ServingState? = nil, places: Bool,
        pool: ThreadPool
    ) throws -> ServingState {
        let store = ModelStore(directory: workspace.modelsDirectory)
        // Taken first: what is written meanwhile by somebody who holds no lock is found by the next look.
        var revision = try workspace.catalogue.revision()
        let histories = try known?.histories ?? UserHistories(workspace.catalogue)
        guard try store.readableCurrent() != nil else {
            return ServingState(revision: revision, histories: histories)
        }
        let (model, damaged) = try TrainedModel.answering(store)
        // All that answers need is in memory from here on, whatever becomes of the file.
        try placement.prepare(model)
        let parts = try SnapshotModel(model)
        var snapshot = try Snapshot(workspace.catalogue, parts, users: histories)
        if places, snapshot.unplacedCount > 0 {
            if try placement.placeWaiting(by: model) > 0 { revision += 1 }
            snapshot = try Snapshot(workspace.catalogue, parts, users: histories)
        }
        return ServingState(
            revision: revision, histories: histories, model: model, damaged: damaged,
            recommender: Recommender(
                snapshot: snapshot, store: workspace.catalogue, users: histories, pool: ThreadPool(threads: 1)
            ),
            map: snapshot.map(pool: pool))
    }
}

extension ServingState {
    /// The state after a change: users as in `histories`, and items looked at again.
    ///
    /// - Parameters:
    ///   - items: keys of items that were added, changed or rated, or are gone.
    ///   - entries: those of them that the store has.
    ///   - unplaced: by how much the number of items without a place changes.
    func following(
        _ live: LiveCatalogue, histories: UserHistories, items: Set<Int64>, entries: [StoredItem],
        unplaced: Int = 0
    ) throws -> ServingState {
        let store = live.workspace.catalogue
        let revision = try store.revision()
        guard let recommender else { return ServingState(revision: revision, histories: histories) }
        let before = recommender.snapshot
        let snapshot =
            items.isEmpty
            ? before
            : try before.rereading(
                items, entries: entries, unplacedCount: before.unplacedCount + unplaced, from: store,
                users: histories)
        return ServingState(
            revision: revision, histories: histories, model: model, damaged: damaged,
            recommender: Recommender(
                snapshot: snapshot, store: store, users: histories, pool: recommender.pool),
            map: map)
    }
}
