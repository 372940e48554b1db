/// Items, users, ratings and the vectors of items that no collaborative model has learned.
///
/// Nothing above this target knows which store it speaks to. Every call sees one consistent state: a read never sees
/// half a write. All errors are `Diagnostic`s.
public protocol CatalogueStore: Sendable {
    /// How much of what the catalogue holds.
    func counts() throws -> CatalogueCounts

    /// Rises by one with each write that changed anything; equal revisions mean equal content.
    func revision() throws -> Int64

    /// All items, by key.
    func items() throws -> [StoredItem]

    /// At most `limit` items whose key is above `key`, by key: a page of the catalogue.
    ///
    /// - Parameter text: Only items whose title or id contains it, upper and lower case of ASCII being equal.
    func items(containing text: String?, after key: Int64, limit: Int) throws -> [StoredItem]

    /// The item of that id, or nil.
    func item(id: String) throws -> StoredItem?

    /// The items of those ids, in their order.
    ///
    /// - Throws: A `Diagnostic` of kind `missingInput` naming the first id that is unknown.
    func items(ids: [String]) throws -> [StoredItem]

    /// All users, by key.
    func users() throws -> [StoredUser]

    /// The user of that id, or nil.
    func user(id: String) throws -> StoredUser?

    /// Streams all ratings in the order of user key, then item key. Memory does not grow with their number.
    func forEachRating(
        _ body: (_ userKey: Int64, _ itemKey: Int64, _ value: Float, _ timestamp: Int64) throws -> Void)
        throws

    /// All ratings of a user, by item key.
    func ratings(ofUser key: Int64) throws -> [KeyedRating]

    /// All ratings of an item, by user key.
    func ratings(ofItem key: Int64) throws -> [KeyedRating]

    /// All ratings of the items that have a vector of a model version, by item key, then user key.
    func ratings(ofItemsPlacedBy version: String) throws -> [KeyedRating]

    /// The vectors of a model version, by item key.
    func vectors(version: String) throws -> [ItemVector]

    /// The vector of an item in a model version, or nil.
    func vector(ofItem key: Int64, version: String) throws -> ItemVector?

    /// Runs `body` in one transaction: all of it is kept, or nothing if it throws.
    ///
    /// The transaction must not be used after `body` has returned.
    func write<Result>(_ body: (any CatalogueTransaction) throws -> Result) throws -> Result
}
