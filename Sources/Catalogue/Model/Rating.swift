/// What a user thought of an item, by the owner's ids.
public struct Rating: Sendable, Equatable {
    /// The id of the user.
    public var user: String
    /// The id of the item.
    public var item: String
    /// The rating on the owner's scale, within `range`.
    public var value: Float
    /// Unix seconds; 0 where the time is unknown.
    public var timestamp: Int64

    /// What a rating may be: squares of these, and sums of them, are still numbers.
    public static let range: ClosedRange<Float> = -1e9...1e9

    /// Makes a rating.
    public init(user: String, item: String, value: Float, timestamp: Int64 = 0) {
        self.user = user
        self.item = item
        self.value = value
        self.timestamp = timestamp
    }
}
