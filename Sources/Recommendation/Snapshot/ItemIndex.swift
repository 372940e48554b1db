import Catalogue
import FloatKernels
import Synchronization

/// The items of a snapshot by what filters ask for, as sets of rows: a request then joins sets of bits, and looks at no item.
///
/// Each part is made when it is asked for first, and kept as long as the snapshot, so that a snapshot that nobody filters costs
/// nothing.
final class ItemIndex: Sendable {
    private struct Parts {
        var new: ItemSet?
        var genres: [String: ItemSet]?
        /// By the name of the column.
        var attributes: [String: [String: ItemSet]] = [:]
    }

    private let items: [Snapshot.PlacedItem]
    private let parts = Mutex(Parts())

    init(_ items: [Snapshot.PlacedItem]) { self.items = items }

    /// Items that ratings have not placed yet.
    var new: ItemSet {
        parts.withLock { parts in
            if let new = parts.new { return new }
            let new = set { items[$0].isNew }
            parts.new = new
            return new
        }
    }

    /// The items of each genre.
    var genres: [String: ItemSet] {
        parts.withLock { parts in
            if let genres = parts.genres { return genres }
            let genres = sets { items[$0].item.genres }
            parts.genres = genres
            return genres
        }
    }

    /// The items of each value of a column.
    func attributes(_ name: String) -> [String: ItemSet] {
        parts.withLock { parts in
            if let values = parts.attributes[name] { return values }
            let values = sets { items[$0].item.attributes[name] ?? [] }
            // A name that no item has is a client's invention, of which there is no end.
            if !values.isEmpty { parts.attributes[name] = values }
            return values
        }
    }

    /// Items of some years; those of an unknown year are none of them.
    func items(of years: ClosedRange<Int>) -> ItemSet {
        set { row in items[row].item.year.map(years.contains) ?? false }
    }

    private func set(_ isMember: (Int) -> Bool) -> ItemSet {
        var set = ItemSet(count: items.count)
        for row in items.indices where isMember(row) { set.insert(row) }
        return set
    }

    private func sets(_ values: (Int) -> [String]) -> [String: ItemSet] {
        var sets: [String: ItemSet] = [:]
        for row in items.indices {
            for value in values(row) {
                sets[value, default: ItemSet(count: items.count)].insert(row)
            }
        }
        return sets
    }
}
