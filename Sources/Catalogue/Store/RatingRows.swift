import GRDB
import GRDBSQLite

/// Reads ratings at the speed of SQLite: columns are taken from the statement, without a row object for each.
enum RatingRows {
    /// Streams the ratings that a condition selects, by user key, then item key.
    ///
    /// - Parameter argument: The value of the one parameter of the condition, if it has one.
    static func forEach(
        _ db: Database, where condition: String, _ argument: Int64? = nil,
        _ body: (_ userKey: Int64, _ itemKey: Int64, _ value: Float, _ timestamp: Int64) throws -> Void
    ) throws {
        let sql = """
            SELECT user_key, item_key, value, timestamp FROM ratings
            WHERE \(condition) ORDER BY user_key, item_key
            """
        try forEach(db, sql: sql, argument.map { [$0] } ?? [], body)
    }

    /// The ratings of all items that have a vector of a model version, by item key, then user key.
    ///
    /// A cross join, because few items have such a vector: each is looked up in the index by item.
    static func fetch(_ db: Database, ofItemsPlacedBy version: String) throws -> [KeyedRating] {
        let sql = """
            SELECT ratings.user_key, ratings.item_key, ratings.value, ratings.timestamp
            FROM vectors CROSS JOIN ratings ON ratings.item_key = vectors.item_key
            WHERE vectors.version = ? ORDER BY ratings.item_key, ratings.user_key
            """
        var ratings: [KeyedRating] = []
        try forEach(db, sql: sql, [version]) { user, item, value, timestamp in
            ratings.append(KeyedRating(userKey: user, itemKey: item, value: value, timestamp: timestamp))
        }
        return ratings
    }

    private static func forEach(
        _ db: Database, sql: String, _ arguments: StatementArguments,
        _ body: (_ userKey: Int64, _ itemKey: Int64, _ value: Float, _ timestamp: Int64) throws -> Void
    ) throws {
        let query = try db.makeStatement(sql: sql)
        try query.setArguments(arguments)
        let statement = query.sqliteStatement
        defer { sqlite3_reset(statement) }
        var code = sqlite3_step(statement)
        while code == SQLITE_ROW {
            try body(
                sqlite3_column_int64(statement, 0), sqlite3_column_int64(statement, 1),
                Float(sqlite3_column_double(statement, 2)), sqlite3_column_int64(statement, 3))
            code = sqlite3_step(statement)
        }
        guard code == SQLITE_DONE else { throw DatabaseError(resultCode: ResultCode(rawValue: code)) }
    }

    /// The ratings that a condition with one parameter selects.
    static func fetch(_ db: Database, where condition: String, _ argument: Int64) throws -> [KeyedRating] {
        var ratings: [KeyedRating] = []
        try forEach(db, where: condition, argument) { user, item, value, timestamp in
            ratings.append(KeyedRating(userKey: user, itemKey: item, value: value, timestamp: timestamp))
        }
        return ratings
    }
}
