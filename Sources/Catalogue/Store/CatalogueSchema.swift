import GRDB

/// The tables of `catalogue.sqlite`, and how a file of an older release becomes one of this release.
///
/// Migrations are named and only go forward: what was once released is never edited, the next change is a new one.
enum CatalogueSchema {
    /// Marks the file as a catalogue of this program: "COLD" in ASCII, in SQLite's `application_id`.
    static let applicationID = 0x434F_4C44

    static let createRatingsByItem = "CREATE INDEX IF NOT EXISTS ratings_by_item ON ratings(item_key)"
    static let dropRatingsByItem = "DROP INDEX IF EXISTS ratings_by_item"

    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("2025-01-catalogue") { db in
            try db.execute(sql: "PRAGMA application_id = \(applicationID)")
            try db.execute(sql: catalogue)
            try db.execute(sql: createRatingsByItem)
        }
        return migrator
    }

    /// Keys are AUTOINCREMENT: the key of a deleted item must not come back with another item behind it while
    /// snapshots and model files still hold it.
    private static let catalogue = """
        CREATE TABLE state (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            revision INTEGER NOT NULL
        );
        INSERT INTO state VALUES (1, 0);

        CREATE TABLE items (
            key INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            title TEXT NOT NULL,
            year INTEGER,
            description TEXT NOT NULL,
            poster_digest TEXT,
            poster_extension TEXT,
            created_at INTEGER NOT NULL
        );
        CREATE TABLE item_genres (
            item_key INTEGER NOT NULL REFERENCES items(key) ON DELETE CASCADE,
            position INTEGER NOT NULL,
            name TEXT NOT NULL,
            PRIMARY KEY (item_key, position)
        ) WITHOUT ROWID;
        CREATE TABLE attributes (
            key INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE
        );
        CREATE TABLE item_attributes (
            item_key INTEGER NOT NULL REFERENCES items(key) ON DELETE CASCADE,
            attribute_key INTEGER NOT NULL REFERENCES attributes(key),
            position INTEGER NOT NULL,
            value TEXT NOT NULL,
            PRIMARY KEY (item_key, attribute_key, position)
        ) WITHOUT ROWID;

        CREATE TABLE users (
            key INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE
        );
        CREATE TABLE user_attributes (
            user_key INTEGER NOT NULL REFERENCES users(key) ON DELETE CASCADE,
            name TEXT NOT NULL,
            value TEXT NOT NULL,
            PRIMARY KEY (user_key, name)
        ) WITHOUT ROWID;

        CREATE TABLE ratings (
            user_key INTEGER NOT NULL REFERENCES users(key) ON DELETE CASCADE,
            item_key INTEGER NOT NULL REFERENCES items(key) ON DELETE CASCADE,
            value REAL NOT NULL,
            timestamp INTEGER NOT NULL,
            PRIMARY KEY (user_key, item_key)
        ) WITHOUT ROWID;

        CREATE TABLE vectors (
            version TEXT NOT NULL,
            item_key INTEGER NOT NULL REFERENCES items(key) ON DELETE CASCADE,
            provenance TEXT NOT NULL,
            vector BLOB NOT NULL,
            bias REAL NOT NULL,
            variance REAL NOT NULL,
            UNIQUE (version, item_key)
        );
        CREATE INDEX vectors_by_item ON vectors(item_key);
        """
}
