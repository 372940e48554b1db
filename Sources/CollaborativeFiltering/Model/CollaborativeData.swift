/// What a collaborative model is fitted to: ratings, and what is known of items and users beside them.
///
/// Only some models read the attributes; one that does not is the same with and without them.
public struct CollaborativeData: Sendable {
    /// Who rated what.
    public var interactions: InteractionMatrix
    /// One row an item of `interactions`.
    public var items: AttributeTable
    /// One row a user of `interactions`.
    public var users: AttributeTable

    /// Data from their parts; attributes that are left out are unknown.
    public init(
        interactions: InteractionMatrix, items: AttributeTable? = nil, users: AttributeTable? = nil
    ) {
        self.interactions = interactions
        self.items = items ?? AttributeTable(unknown: interactions.itemCount)
        self.users = users ?? AttributeTable(unknown: interactions.userCount)
        precondition(self.items.count == interactions.itemCount, "attributes of every item")
        precondition(self.users.count == interactions.userCount, "attributes of every user")
    }

    /// The same with other ratings of the same items and users.
    public func replacing(_ interactions: InteractionMatrix) -> CollaborativeData {
        CollaborativeData(interactions: interactions, items: items, users: users)
    }

    /// The users named, renumbered in this order, with all items.
    public func selectingUsers(_ wanted: [Int]) throws -> CollaborativeData {
        CollaborativeData(
            interactions: try interactions.selectingUsers(wanted), items: items,
            users: AttributeTable(rows: wanted.map { users.rows[$0] }))
    }
}
