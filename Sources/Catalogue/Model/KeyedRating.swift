/// A rating by the store's keys in place of the owner's ids; what bulk work reads and writes.
public struct KeyedRating: Sendable, Equatable {
    /// The key of the user.
    public var userKey: Int64
    /// The key of the item.
    public var itemKey: Int64
    /// The rating on the owner's scale; finite.
    public var value: Float
    /// Unix seconds; 0 where the time is unknown.
    public var timestamp: Int64

    /// Makes a rating.
    public init(userKey: Int64, itemKey: Int64, value: Float, timestamp: Int64) {
        self.userKey = userKey
        self.itemKey = itemKey
        self.value = value
        self.timestamp = timestamp
    }
}
