/// One row of the data: a user rated an item.
public struct Interaction: Sendable, Equatable {
    /// The user's index, from zero.
    public var user: Int
    /// The item's index, from zero.
    public var item: Int
    /// The rating, larger is better; on any scale.
    public var rating: Float
    /// Seconds since 1970; nil where the time is not known.
    public var timestamp: Int64?

    /// A row from its four columns.
    public init(user: Int, item: Int, rating: Float, timestamp: Int64? = nil) {
        self.user = user
        self.item = item
        self.rating = rating
        self.timestamp = timestamp
    }
}
