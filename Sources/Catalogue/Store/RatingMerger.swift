import GRDB
import GRDBSQLite

/// Writes ratings at the speed of SQLite, telling what the writes did.
///
/// Many rows a statement, because starting and ending a statement costs as much as the row. First an insert that gives
/// way to existing rows; only where it did, an upsert that gives way to equal ones. The common case, ratings that are
/// all new, takes the first statement alone.
struct RatingMerger {
    /// The number of ratings a call of `merge` takes.
    let width: Int
    private let connection: SQLiteConnection?
    private let insert: Statement
    private let update: Statement

    init(_ db: Database, width: Int) throws {
        self.width = width
        connection = db.sqliteConnection
        let rows = Array(repeating: "(?,?,?,?)", count: width).joined(separator: ",")
        insert = try db.makeStatement(sql: "INSERT INTO ratings VALUES \(rows) ON CONFLICT DO NOTHING")
        update = try db.makeStatement(
            sql: """
                INSERT INTO ratings VALUES \(rows) ON CONFLICT DO UPDATE
                SET value = excluded.value, timestamp = excluded.timestamp
                WHERE value <> excluded.value OR timestamp <> excluded.timestamp
                """)
    }

    /// Adds ratings, or replaces those of the same users and items.
    ///
    /// - Parameter ratings: `width` ratings of different pairs of user and item.
    func merge(_ ratings: Slice<UnsafeBufferPointer<KeyedRating>>) throws -> ChangeCounts {
        precondition(ratings.count == width)
        let added = try run(insert.sqliteStatement, ratings)
        if added == width { return ChangeCounts(added: added) }
        let updated = try run(update.sqliteStatement, ratings)
        return ChangeCounts(added: added, updated: updated, unchanged: width - added - updated)
    }

    /// - Returns: How many rows were changed.
    private func run(_ statement: SQLiteStatement, _ ratings: Slice<UnsafeBufferPointer<KeyedRating>>) throws
        -> Int
    {
        var parameter: Int32 = 0
        for rating in ratings {
            sqlite3_bind_int64(statement, parameter + 1, rating.userKey)
            sqlite3_bind_int64(statement, parameter + 2, rating.itemKey)
            sqlite3_bind_double(statement, parameter + 3, Double(rating.value))
            sqlite3_bind_int64(statement, parameter + 4, rating.timestamp)
            parameter += 4
        }
        let code = sqlite3_step(statement)
        sqlite3_reset(statement)
        guard code == SQLITE_DONE else {
            throw DatabaseError(
                resultCode: ResultCode(rawValue: code),
                message: connection.map { String(cString: sqlite3_errmsg($0)) })
        }
        return Int(sqlite3_changes(connection))
    }
}
