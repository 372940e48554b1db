/// A user as an encoder sees one: what was rated, and what is known of the person.
public struct UserProfile: Sendable, Equatable {
    /// What the user rated, in any order.
    public var history: [HistoryEntry]
    /// Attributes such as age or country, as in `AttributeTable`.
    public var attributes: AttributeTable.Row

    /// A profile from its parts.
    public init(history: [HistoryEntry] = [], attributes: AttributeTable.Row = [:]) {
        self.history = history
        self.attributes = attributes
    }
}

extension CollaborativeData {
    /// The profile of a user of these data.
    public func profile(ofUser user: Int) -> UserProfile {
        UserProfile(history: interactions.history(ofUser: user), attributes: users.rows[user])
    }
}
