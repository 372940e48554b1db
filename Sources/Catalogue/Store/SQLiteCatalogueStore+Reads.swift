import Diagnostics
import GRDB

extension SQLiteCatalogueStore {
    /// Counts by indexes and full scans: about a second at 20 million ratings.
    public func counts() throws -> CatalogueCounts {
        try read { db in
            func count(_ sql: String) throws -> Int {
                try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM " + sql) ?? 0
            }
            var counts = CatalogueCounts()
            counts.items = try count("items")
            counts.users = try count("users")
            counts.ratings = try count("ratings")
            counts.posters = try count("items WHERE poster_digest IS NOT NULL")
            counts.descriptions = try count("items WHERE description <> ''")
            counts.years = try count("items WHERE year IS NOT NULL")
            counts.genres = try count("item_genres WHERE position = 0")
            counts.ratedItems = try count(
                "items WHERE EXISTS (SELECT 1 FROM ratings WHERE item_key = items.key)")
            counts.attributes = try Row.fetchAll(
                db,
                sql: """
                    SELECT name, COUNT(item_key) FROM attributes
                    LEFT JOIN item_attributes ON attribute_key = attributes.key AND position = 0
                    GROUP BY attributes.key ORDER BY attributes.key
                    """
            ).map { CatalogueCounts.Attribute(name: $0[0], items: $0[1]) }
            return counts
        }
    }

    /// One row, no scan.
    public func revision() throws -> Int64 {
        try read { db in try Int64.fetchOne(db, sql: "SELECT revision FROM state") ?? 0 }
    }

    /// All items, by key.
    public func items() throws -> [StoredItem] {
        try read { db in try ItemRows.fetch(db, where: "1") }
    }

    /// A page of the catalogue: at most `limit` items after `key`.
    public func items(containing text: String?, after key: Int64, limit: Int) throws -> [StoredItem] {
        let pattern = text.map { "%" + $0.escapedForLike + "%" }
        return try read { db in
            try ItemRows.fetch(
                db,
                where: """
                    key IN (SELECT key FROM items WHERE key > :key AND (:pattern IS NULL
                    OR title LIKE :pattern ESCAPE '\\' OR id LIKE :pattern ESCAPE '\\') ORDER BY key LIMIT :limit)
                    """,
                ["key": key, "pattern": pattern, "limit": limit])
        }
    }

    /// The item of that id, or nil.
    public func item(id: String) throws -> StoredItem? {
        try read { db in try ItemRows.fetch(db, where: "id = :id", ["id": id.composed]).first }
    }

    /// The items of those ids, in their order.
    public func items(ids: [String]) throws -> [StoredItem] {
        try read { db in
            try ids.map { id in
                guard let found = try ItemRows.fetch(db, where: "id = :id", ["id": id.composed]).first else {
                    throw Diagnostic.noSuchItem(
                        id, among: try String.fetchAll(db, sql: "SELECT id FROM items"))
                }
                return found
            }
        }
    }

    /// All users, by key.
    public func users() throws -> [StoredUser] {
        try read { db in try UserRows.fetch(db, where: "1") }
    }

    /// The user of that id, or nil.
    public func user(id: String) throws -> StoredUser? {
        try read { db in try UserRows.fetch(db, where: "id = :id", ["id": id.composed]).first }
    }

    /// Streams all ratings by user key, then item key.
    public func forEachRating(
        _ body: (_ userKey: Int64, _ itemKey: Int64, _ value: Float, _ timestamp: Int64) throws -> Void
    ) throws {
        try read { db in try RatingRows.forEach(db, where: "1", nil, body) }
    }

    /// All ratings of a user, by item key.
    public func ratings(ofUser key: Int64) throws -> [KeyedRating] {
        try read { db in try RatingRows.fetch(db, where: "user_key = ?", key) }
    }

    /// All ratings of an item, by user key.
    public func ratings(ofItem key: Int64) throws -> [KeyedRating] {
        try read { db in try RatingRows.fetch(db, where: "item_key = ?", key) }
    }

    /// All ratings of the items that have a vector of a model version, by item key, then user key.
    public func ratings(ofItemsPlacedBy version: String) throws -> [KeyedRating] {
        try read { db in try RatingRows.fetch(db, ofItemsPlacedBy: version) }
    }

    /// The vectors of a model version, by item key.
    public func vectors(version: String) throws -> [ItemVector] {
        try read { db in try VectorRows.fetch(db, version: version) }
    }

    /// The vector of an item in a model version, or nil.
    public func vector(ofItem key: Int64, version: String) throws -> ItemVector? {
        try read { db in try VectorRows.fetch(db, version: version, item: key).first }
    }
}

extension String {
    /// The text with the wildcards of SQL's LIKE taken literally.
    fileprivate var escapedForLike: String {
        reduce(into: "") { escaped, character in
            if "%_\\".contains(character) { escaped.append("\\") }
            escaped.append(character)
        }
    }
}
