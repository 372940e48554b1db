import GRDB
import GRDBSQLite

/// Writes ratings one by one at the speed of SQLite, telling what each write did.
///
/// An insert that gives way to an existing row, then an update that gives way to an equal one: two cheap statements
/// in place of a read and a write, and the common case, a new rating, takes one.
struct RatingMerger {
    private let connection: SQLiteConnection?
    private let insert: Statement
    private let update: Statement

    init(_ db: Database) throws {
        connection = db.sqliteConnection
        insert = try db.makeStatement(
            sql: "INSERT INTO ratings VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING")
        update = try db.makeStatement(
            sql: """
                UPDATE ratings SET value = ?3, timestamp = ?4
                WHERE user_key = ?1 AND item_key = ?2 AND (value <> ?3 OR timestamp <> ?4)
                """)
    }

    /// Adds the rating, or replaces the one of that user and item.
    func merge(_ rating: KeyedRating) throws -> Change {
        if try run(insert.sqliteStatement, rating) { return .added }
        return try run(update.sqliteStatement, rating) ? .updated : .unchanged
    }

    /// - Returns: Whether a row was changed.
    private func run(_ statement: SQLiteStatement, _ rating: KeyedRating) throws -> Bool {
        sqlite3_bind_int64(statement, 1, rating.userKey)
        sqlite3_bind_int64(statement, 2, rating.itemKey)
        sqlite3_bind_double(statement, 3, Double(rating.value))
        sqlite3_bind_int64(statement, 4, rating.timestamp)
        let code = sqlite3_step(statement)
        sqlite3_reset(statement)
        guard code == SQLITE_DONE else {
            throw DatabaseError(
                resultCode: ResultCode(rawValue: code),
                message: connection.map { String(cString: sqlite3_errmsg($0)) })
        }
        return sqlite3_changes(connection) > 0
    }
}
