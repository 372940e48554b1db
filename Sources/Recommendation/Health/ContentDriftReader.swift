import Catalogue
import CollaborativeFiltering
import Diagnostics
import FloatKernels

/// Finds the items that have become warm, and how far each has moved.
struct ContentDriftReader {
    let snapshot: Snapshot
    let catalogue: any CatalogueStore
    let models: ModelStore
    /// Ratings of the items that the active version has not learned.
    let newRatings: [Int64: Int]

    /// Users whose scores are compared; of more, every n-th.
    private static let mostUsers = 1_000

    /// - Throws: what reading the catalogue throws, or `interrupted`.
    func drift(monitor: WorkMonitor) throws -> ContentDrift? {
        let users = snapshot.userIDs.count
        let moves = try blended(monitor) + learned(monitor)
        return ContentDrift(moves, users: min(users, Self.mostUsers))
    }

    /// New items with ratings: both places are in the active version's space.
    private func blended(_ monitor: WorkMonitor) throws -> [ContentMove] {
        let rows = snapshot.items.indices.filter { snapshot.items[$0].provenance == .blended }
        guard !rows.isEmpty else { return [] }
        let kept = rows.sorted { ratings(of: $0) > ratings(of: $1) }.prefix(ContentDrift.mostItems)
        let users = snapshot.users.selectingRows(Self.sample(Array(snapshot.userIDs.indices)))
        return try kept.enumerated().compactMap { number, row in
            if number % 100 == 0 { try monitor.report("Measuring drift", number, of: kept.count, "items") }
            let entry = snapshot.items[row]
            guard let stored = try catalogue.vector(ofItem: entry.key, version: snapshot.version),
                stored.vector.count == snapshot.table.dimensions
            else { return nil }
            return ContentMove(
                entry: entry, ratings: ratings(of: row), variance: Double(stored.variance),
                before: users.scores(stored.vector, stored.bias),
                after: users.scores(snapshot.table.vectors.row(row), snapshot.table.biases[row]))
        }
    }

    private func ratings(of row: Int) -> Int { newRatings[snapshot.items[row].key] ?? 0 }

    /// Items that the active version has learned and the one before had placed by content: each place is in a space of its own,
    /// so users of both are asked for their scores. A version before of which nothing can be read is as none.
    private func learned(_ monitor: WorkMonitor) throws -> [ContentMove] {
        guard let earlier = models.versions(before: snapshot.version).last else { return [] }
        let stored = try catalogue.vectors(version: earlier).filter { vector in
            snapshot.row(ofKey: vector.itemKey).map { !snapshot.items[$0].isNew } ?? false
        }
        guard !stored.isEmpty, let model = try? TrainedModel.open(models, version: earlier),
            let before = try? model.collaborative()
        else { return [] }
        let known = Set(before.itemIDs)
        let rowBefore = Dictionary(uniqueKeysWithValues: before.userIDs.enumerated().map { ($1, $0) })
        let common = Self.sample(snapshot.userIDs.indices.filter { rowBefore[snapshot.userIDs[$0]] != nil })
        guard !common.isEmpty else { return [] }
        let now = snapshot.users.selectingRows(common)
        let then = before.space.users.selectingRows(common.compactMap { rowBefore[snapshot.userIDs[$0]] })
        return try stored.enumerated().compactMap { number, vector in
            if number % 100 == 0 { try monitor.report("Measuring drift", number, of: stored.count, "items") }
            guard let row = snapshot.row(ofKey: vector.itemKey), vector.vector.count == then.columns,
                !known.contains(snapshot.items[row].item.id)
            else { return nil }
            return ContentMove(
                entry: snapshot.items[row],
                ratings: snapshot.trainedRatings(ofItem: snapshot.items[row].item.id),
                variance: Double(vector.variance), before: then.scores(vector.vector, vector.bias),
                after: now.scores(snapshot.table.vectors.row(row), snapshot.table.biases[row]))
        }
    }

    private static func sample(_ rows: [Int]) -> [Int] {
        stride(from: 0, to: rows.count, by: 1 + rows.count / mostUsers).map { rows[$0] }
    }
}

extension Matrix {
    /// Of every row, a user, for an item.
    fileprivate func scores(_ vector: [Float], _ bias: Float) -> [Float] {
        elements.withUnsafeBufferPointer { users in
            vector.withUnsafeBufferPointer { vector in
                guard let users = users.baseAddress, let vector = vector.baseAddress else { return [] }
                return (0..<rows).map { bias + dotProduct(users + $0 * columns, vector, count: columns) }
            }
        }
    }
}
