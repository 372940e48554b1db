/// What can be read and written inside `CatalogueStore.write`.
public protocol CatalogueTransaction {
    /// The item of that id, or nil.
    func item(id: String) throws -> StoredItem?

    /// The user of that id, or nil.
    func user(id: String) throws -> StoredUser?

    /// The key of every item by id.
    func itemKeys() throws -> [String: Int64]

    /// The key of every user by id.
    func userKeys() throws -> [String: Int64]

    /// Fixes the order of item attributes: names not seen before come after those that are known, in this order.
    func declareAttributes(_ names: [String]) throws

    /// Adds the item, or replaces the one of that id.
    @discardableResult func upsert(_ item: Item) throws -> (key: Int64, change: Change)

    /// Adds the user, or replaces the one of that id.
    @discardableResult func upsert(_ user: User) throws -> (key: Int64, change: Change)

    /// Adds the rating, or replaces the one of that user and item.
    ///
    /// - Throws: A `Diagnostic` of kind `missingInput` where user or item is unknown, of kind `badData` where the
    ///   value is not finite.
    @discardableResult func rate(_ rating: Rating) throws -> Change

    /// Adds or replaces many ratings of known users and items; of several for one user and item the last is kept.
    func merge(_ ratings: [KeyedRating]) throws -> ChangeCounts

    /// Adds the vectors to a model version, or replaces those of the same items.
    func save(_ vectors: [ItemVector], version: String) throws

    /// Removes all vectors of a model version.
    func deleteVectors(version: String) throws

    /// Removes an item with its ratings and vectors.
    ///
    /// - Returns: Whether there was such an item.
    @discardableResult func deleteItem(id: String) throws -> Bool
}
