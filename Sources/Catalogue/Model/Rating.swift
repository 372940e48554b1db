/// What a user thought of an item, by the owner's ids.
public struct Rating: Sendable, Equatable {
    /// The id of the user.
    public var user: String
    /// The id of the item.
    public var item: String
    /// The rating on the owner's scale; finite.
    public var value: Float
    /// Unix seconds; 0 where the time is unknown.
    public var timestamp: Int64

    /// Makes a rating.
    public init(user: String, item: String, value: Float, timestamp: Int64 = 0) {
        self.user = user
        self.item = item
        self.value = value
        self.timestamp = timestamp
    }
}
