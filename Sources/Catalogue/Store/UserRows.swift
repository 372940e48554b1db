import GRDB

/// Users between their rows and their values.
enum UserRows {
    /// The users that a condition on table `users` selects, by key.
    static func fetch(
        _ db: Database, where condition: String, _ arguments: StatementArguments = StatementArguments()
    ) throws -> [StoredUser] {
        let rows = try Row.fetchCursor(
            db.cachedStatement(
                sql: """
                    SELECT users.key, id, name, value
                    FROM users LEFT JOIN user_attributes ON user_key = users.key
                    WHERE \(condition) ORDER BY users.key
                    """), arguments: arguments)
        var users: [StoredUser] = []
        while let row = try rows.next() {
            let key: Int64 = row[0]
            if users.last?.key != key { users.append(StoredUser(key: key, user: User(id: row[1]))) }
            let name: String? = row[2]
            if let name { users[users.count - 1].user.attributes[name] = row[3] }
        }
        return users
    }

    /// Replaces the attributes of a user.
    static func replaceAttributes(_ db: Database, of key: Int64, with attributes: [String: String]) throws {
        try db.cachedStatement(sql: "DELETE FROM user_attributes WHERE user_key = ?").execute(arguments: [key]
        )
        for (name, value) in attributes {
            try db.cachedStatement(sql: "INSERT INTO user_attributes VALUES (?, ?, ?)")
                .execute(arguments: [key, name, value])
        }
    }
}
