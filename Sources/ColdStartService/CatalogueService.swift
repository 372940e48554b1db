import Catalogue
import Diagnostics
import Dispatch
import Recommendation

/// What all routes share: the live catalogue, and the threads on which they ask it.
final class CatalogueService: Sendable {
    let live: LiveCatalogue
    let workspace: Workspace
    let trainings: TrainingDesk
    let lists = AnswerCache()
    let maps = NeighbourMaps()
    let exposure = ExposureCounter()
    /// Bytes of the largest body.
    let bodyLimit: Int
    /// Where answers are computed.
    private let readers = Worker("readers", pool: .utility, isSerial: false)
    /// Where answers are computed that each take as long as a hundred others, which are not to wait for them.
    private let batches = Worker("batches", pool: .background, isSerial: false)
    /// Where changes are made, one after another.
    private let writer = Worker("writer", pool: .userInitiated, isSerial: true)

    init(_ live: LiveCatalogue, workspace: Workspace, trainings: TrainingDesk, bodyLimit: Int) {
        self.live = live
        self.workspace = workspace
        self.trainings = trainings
        self.bodyLimit = bodyLimit
    }

    /// Computes on a thread of its own.
    func read<Result: Sendable>(_ job: @escaping @Sendable () throws -> Result) async throws -> Result {
        try await readers.run(job)
    }

    /// Computes for many at once, on a thread of its own.
    func readMany<Result: Sendable>(_ job: @escaping @Sendable () throws -> Result) async throws -> Result {
        try await batches.run(job)
    }

    /// Changes something, after all changes that were asked for before.
    func write<Result: Sendable>(_ job: @escaping @Sendable () throws -> Result) async throws -> Result {
        try await writer.run(job)
    }

    /// An item as the API shows it.
    func body(of entry: StoredItem, _ state: ServingState) throws -> ItemBody {
        ItemBody(
            entry, ratings: try workspace.catalogue.ratings(ofItem: entry.key).count,
            impressions: exposure.count(ofItem: entry.key), state)
    }

    /// The item of an id.
    ///
    /// - Throws: `item.unknown`.
    func item(_ id: String) throws -> StoredItem {
        guard let entry = try workspace.catalogue.item(id: id) else { throw Diagnostic.noSuchItem(id) }
        return entry
    }
}
