import Catalogue
import CollaborativeFiltering
import FloatKernels

extension Snapshot {
    /// The same with some items as the store has them by now: added, changed, rated, or gone.
    ///
    /// What is unchanged is copied, so this takes well under a millisecond a thousand items; the result is that of reading
    /// everything anew.
    ///
    /// - Parameters:
    ///   - keys: the items to look at.
    ///   - entries: those of them that the store still has.
    ///   - unplacedCount: of all items of the catalogue.
    func rereading(
        _ keys: Set<Int64>, entries: [StoredItem], unplacedCount: Int, from store: some CatalogueStore,
        users: any UserSource
    ) throws -> Snapshot {
        var places = PlaceReader(model, users: users) { key in
            self.row(ofKey: key).flatMap { self.model.row(ofItem: self.items[$0].item.id) }
        }
        let changed = try entries.sorted { $0.key < $1.key }.compactMap { entry in
            let vector = try store.vector(ofItem: entry.key, version: version)
            return try places.place(
                entry, stored: vector, ratings: vector == nil ? [] : store.ratings(ofItem: entry.key))
        }
        var rows = PlacedRows(dimensions: table.dimensions)
        var next = changed[...]
        var start = 0
        // Whether every row that there is stays where it is.
        var staysInPlace = true
        // Runs of rows that stay, with those that changed in their places between.
        for (row, entry) in items.enumerated() {
            while let first = next.first, first.entry.key < entry.key {
                rows.append(start..<row, of: self)
                start = row
                rows.append(next.removeFirst())
                staysInPlace = false
            }
            guard keys.contains(entry.key) else { continue }
            rows.append(start..<row, of: self)
            start = row + 1
            if next.first?.entry.key == entry.key {
                rows.append(next.removeFirst())
            } else {
                staysInPlace = false
            }
        }
        rows.append(start..<items.count, of: self)
        for row in next { rows.append(row) }
        var directory = staysInPlace ? self.directory : nil
        if staysInPlace { for row in next { directory?.append(row.entry) } }
        return Snapshot(rows, model, unplacedCount: unplacedCount, directory: directory)
    }
}
