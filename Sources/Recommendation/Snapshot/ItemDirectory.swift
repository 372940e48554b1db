import Catalogue

/// In which row of a snapshot an item stands.
struct ItemDirectory: Sendable {
    /// By id.
    private(set) var rowOfItem: [String: Int]
    /// By key in the catalogue.
    private(set) var rowOfKey: [Int64: Int]

    init(_ items: [Snapshot.PlacedItem]) {
        rowOfItem = Dictionary(uniqueKeysWithValues: items.enumerated().map { ($1.item.id, $0) })
        rowOfKey = Dictionary(uniqueKeysWithValues: items.enumerated().map { ($1.key, $0) })
    }

    /// Takes in an item in the row after the last.
    mutating func append(_ item: Snapshot.PlacedItem) {
        let row = rowOfKey.count
        rowOfItem[item.item.id] = row
        rowOfKey[item.key] = row
    }
}
