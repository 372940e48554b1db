/// An item with what the store adds to it.
public struct StoredItem: Sendable, Equatable {
    /// Stable for the life of the item, never used twice; rising in the order items were added.
    public var key: Int64
    /// The item as its owner describes it.
    public var item: Item
    /// When the item came into the catalogue, in Unix seconds.
    public var createdAt: Int64

    /// Makes a stored item; the store is who calls it.
    public init(key: Int64, item: Item, createdAt: Int64) {
        self.key = key
        self.item = item
        self.createdAt = createdAt
    }
}
