/// One rating of a user whose history is given to a `UserEncoder`.
public struct HistoryEntry: Sendable, Equatable {
    /// The row of the item table.
    public var item: Int
    /// The rating, on the scale of the ratings that the model was fitted to.
    public var rating: Float
    /// Seconds since 1970; nil where the time is not known.
    public var timestamp: Int64?

    /// An entry from its three columns.
    public init(item: Int, rating: Float, timestamp: Int64? = nil) {
        self.item = item
        self.rating = rating
        self.timestamp = timestamp
    }
}
