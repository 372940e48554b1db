import GRDB

/// Items between their rows and their values.
enum ItemRows {
    /// The items that a condition on table `items` selects, by key.
    static func fetch(
        _ db: Database, where condition: String, _ arguments: StatementArguments = StatementArguments()
    ) throws -> [StoredItem] {
        let rows = try Row.fetchCursor(
            db.cachedStatement(
                sql: """
                    SELECT key, id, title, year, description, poster_digest, poster_extension, created_at
                    FROM items WHERE \(condition) ORDER BY key
                    """), arguments: arguments)
        var items: [StoredItem] = []
        while let row = try rows.next() { items.append(storedItem(row)) }
        if items.isEmpty { return items }
        try addGenres(db, to: &items, where: condition, arguments)
        try addAttributes(db, to: &items, where: condition, arguments)
        return items
    }

    /// Replaces genres and attributes of an item.
    static func replaceLists(_ db: Database, of key: Int64, with item: Item) throws {
        try db.cachedStatement(sql: "DELETE FROM item_genres WHERE item_key = ?").execute(arguments: [key])
        try db.cachedStatement(sql: "DELETE FROM item_attributes WHERE item_key = ?").execute(arguments: [key]
        )
        for (position, genre) in item.genres.enumerated() {
            try db.cachedStatement(sql: "INSERT INTO item_genres VALUES (?, ?, ?)")
                .execute(arguments: [key, position, genre])
        }
        // Sorted, so that the order in which names get their keys does not depend on a dictionary's.
        for (name, values) in item.attributes.sorted(by: { $0.key < $1.key }) where !values.isEmpty {
            let attribute = try attributeKey(db, name)
            for (position, value) in values.enumerated() {
                try db.cachedStatement(sql: "INSERT INTO item_attributes VALUES (?, ?, ?, ?)")
                    .execute(arguments: [key, attribute, position, value])
            }
        }
    }

    /// The key of an attribute name, which is new or known.
    @discardableResult
    static func attributeKey(_ db: Database, _ name: String) throws -> Int64 {
        let known = try Int64.fetchOne(
            db.cachedStatement(sql: "SELECT key FROM attributes WHERE name = ?"), arguments: [name])
        if let known { return known }
        try db.execute(sql: "INSERT INTO attributes(name) VALUES (?)", arguments: [name])
        return db.lastInsertedRowID
    }

    private static func storedItem(_ row: Row) -> StoredItem {
        let digest: String? = row[5]
        let poster = digest.map { PosterReference(digest: $0, fileExtension: row[6]) }
        let item = Item(id: row[1], title: row[2], year: row[3], description: row[4], poster: poster)
        return StoredItem(key: row[0], item: item, createdAt: row[7])
    }

    /// Rows and items are both in the order of keys: one walk through both.
    private static func addGenres(
        _ db: Database, to items: inout [StoredItem], where condition: String, _ arguments: StatementArguments
    ) throws {
        let rows = try Row.fetchCursor(
            db.cachedStatement(
                sql: """
                    SELECT item_key, name FROM item_genres
                    WHERE item_key IN (SELECT key FROM items WHERE \(condition)) ORDER BY item_key, position
                    """), arguments: arguments)
        var index = 0
        while let row = try rows.next() {
            let key: Int64 = row[0]
            while items[index].key < key { index += 1 }
            items[index].item.genres.append(row[1])
        }
    }

    private static func addAttributes(
        _ db: Database, to items: inout [StoredItem], where condition: String, _ arguments: StatementArguments
    ) throws {
        let rows = try Row.fetchCursor(
            db.cachedStatement(
                sql: """
                    SELECT item_key, attributes.name, value
                    FROM item_attributes JOIN attributes ON attributes.key = attribute_key
                    WHERE item_key IN (SELECT key FROM items WHERE \(condition))
                    ORDER BY item_key, attribute_key, position
                    """), arguments: arguments)
        var index = 0
        while let row = try rows.next() {
            let key: Int64 = row[0]
            while items[index].key < key { index += 1 }
            items[index].item.attributes[row[1], default: []].append(row[2])
        }
    }
}
