import Diagnostics
import GRDB

/// One write transaction of the SQLite store.
final class SQLiteCatalogueTransaction: CatalogueTransaction {
    private let db: Database
    private let now: Int64
    private let single: RatingMerger
    private let bulk: RatingMerger
    private var droppedIndex = false

    /// - Parameter now: Unix seconds, for items that this transaction adds.
    init(_ db: Database, now: Int64) throws {
        self.db = db
        self.now = now
        single = try RatingMerger(db, width: 1)
        bulk = try RatingMerger(db, width: 128)
    }

    /// Puts back what bulk work took away. To be called before the commit.
    func finish() throws {
        if droppedIndex { try db.execute(sql: CatalogueSchema.createRatingsByItem) }
    }

    func item(id: String) throws -> StoredItem? {
        try ItemRows.fetch(db, where: "id = :id", ["id": id.composed]).first
    }

    func user(id: String) throws -> StoredUser? {
        try UserRows.fetch(db, where: "id = :id", ["id": id.composed]).first
    }

    func itemKeys() throws -> [String: Int64] { try keys(of: "items") }

    func userKeys() throws -> [String: Int64] { try keys(of: "users") }

    func declareAttributes(_ names: [String]) throws {
        for name in names { try ItemRows.attributeKey(db, name) }
    }

    func upsert(_ item: Item) throws -> (key: Int64, change: Change) {
        guard !item.id.isEmpty else { throw Diagnostic.emptyID("item") }
        var item = item
        item.id = item.id.composed
        item.attributes = item.attributes.filter { !$0.value.isEmpty }
        let stored = try self.item(id: item.id)
        if let stored, stored.item == item { return (stored.key, .unchanged) }
        let content: StatementArguments = [
            item.title, item.year, item.description, item.poster?.digest, item.poster?.fileExtension, item.id,
        ]
        if let stored {
            try db.cachedStatement(
                sql: """
                    UPDATE items SET title = ?, year = ?, description = ?, poster_digest = ?, poster_extension = ?
                    WHERE id = ?
                    """
            ).execute(arguments: content)
            try ItemRows.replaceLists(db, of: stored.key, with: item)
            return (stored.key, .updated)
        }
        try db.cachedStatement(
            sql: """
                INSERT INTO items(title, year, description, poster_digest, poster_extension, id, created_at)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: content + [now])
        let key = db.lastInsertedRowID
        try ItemRows.replaceLists(db, of: key, with: item)
        return (key, .added)
    }

    func upsert(_ user: User) throws -> (key: Int64, change: Change) {
        guard !user.id.isEmpty else { throw Diagnostic.emptyID("user") }
        let stored = try self.user(id: user.id)
        if let stored {
            if stored.user == user { return (stored.key, .unchanged) }
            try UserRows.replaceAttributes(db, of: stored.key, with: user.attributes)
            return (stored.key, .updated)
        }
        try db.cachedStatement(sql: "INSERT INTO users(id) VALUES (?)")
            .execute(arguments: [user.id.composed])
        let key = db.lastInsertedRowID
        try UserRows.replaceAttributes(db, of: key, with: user.attributes)
        return (key, .added)
    }

    func rate(_ rating: Rating) throws -> Change {
        guard let user = try key(of: rating.user, in: "users") else {
            throw Diagnostic.noSuchUser(rating.user, among: try ids(in: "users"))
        }
        guard let item = try key(of: rating.item, in: "items") else {
            throw Diagnostic.noSuchItem(rating.item, among: try ids(in: "items"))
        }
        let keyed = KeyedRating(
            userKey: user, itemKey: item, value: rating.value, timestamp: rating.timestamp)
        let counts = try merge([keyed])
        return counts.added == 1 ? .added : counts.updated == 1 ? .updated : .unchanged
    }

    private func ids(in table: String) throws -> [String] {
        try String.fetchAll(db, sql: "SELECT id FROM \(table)")
    }

    /// Rows are written in the order of the primary key, so that each page of the B-tree is visited once a call
    /// however the ratings came; the index by item is taken away while most of its rows are new.
    func merge(_ ratings: [KeyedRating]) throws -> ChangeCounts {
        try dropIndexIfBulk(adding: ratings.count)
        guard ratings.allSatisfy({ Rating.range.contains($0.value) }) else {
            throw Diagnostic.ratingOutOfRange
        }
        return try RatingOrder.sorted(ratings).withUnsafeBufferPointer { ratings in
            var counts = ChangeCounts()
            var rest = ratings[...]
            while !rest.isEmpty {
                let merger = rest.count >= bulk.width ? bulk : single
                counts += try merger.merge(rest.prefix(merger.width))
                rest = rest.dropFirst(merger.width)
            }
            return counts
        }
    }

    func save(_ vectors: [ItemVector], version: String) throws {
        try VectorRows.save(db, vectors, version: version)
    }

    func deleteVectors(version: String) throws {
        try db.execute(sql: "DELETE FROM vectors WHERE version = ?", arguments: [version])
    }

    func deleteItem(id: String) throws -> Bool {
        try db.execute(sql: "DELETE FROM items WHERE id = ?", arguments: [id.composed])
        return db.changesCount > 0
    }

    private func key(of id: String, in table: String) throws -> Int64? {
        try Int64.fetchOne(
            db.cachedStatement(sql: "SELECT key FROM \(table) WHERE id = ?"),
            arguments: [id.composed])
    }

    private func keys(of table: String) throws -> [String: Int64] {
        let rows = try Row.fetchCursor(db, sql: "SELECT id, key FROM \(table)")
        var keys: [String: Int64] = [:]
        while let row = try rows.next() { keys[row[0]] = row[1] }
        return keys
    }

    /// Building the index anew costs less than a random insertion a row once a quarter of the rows is new.
    private func dropIndexIfBulk(adding count: Int) throws {
        guard !droppedIndex, count >= 10_000 else { return }
        let existing = try Int.fetchOne(
            db, sql: "SELECT COUNT(*) FROM (SELECT 1 FROM ratings LIMIT ?)", arguments: [4 * count + 1])
        guard let existing, existing <= 4 * count else { return }
        try db.execute(sql: CatalogueSchema.dropRatingsByItem)
        droppedIndex = true
    }
}
