import Diagnostics
import Foundation
import GRDB

/// The catalogue in one SQLite file: the default, enough for tens of millions of ratings on one machine.
///
/// Open for writing, it is in write-ahead-log mode: readers go on while a write runs. Open for reading, nothing on
/// the disk is changed, so the folder may be read-only as long as the file was left in rollback-journal mode
/// (`Workspace.seal`).
public final class SQLiteCatalogueStore: CatalogueStore {
    let database: any DatabaseWriter
    private let path: String
    private let clock: @Sendable () -> Int64

    /// Opens the file, or makes it when it is absent and `access` is `.writing`.
    ///
    /// - Parameter clock: The time in Unix seconds, for `createdAt`.
    /// - Throws: A `Diagnostic` where the file is not a catalogue, or one of a future release; it is left untouched.
    public init(
        path: String, access: Workspace.Access,
        clock: @escaping @Sendable () -> Int64 = SQLiteCatalogueStore.unixSeconds
    ) throws {
        self.path = path
        self.clock = clock
        database = try translatingDatabaseErrors(of: path) {
            try Self.check(path: path, access: access)
            switch access {
            case .reading:
                return try DatabaseQueue(path: path, configuration: Self.configuration(readonly: true))
            case .writing:
                let pool = try DatabasePool(path: path, configuration: Self.configuration())
                // What was acknowledged outlives a power cut: by default a log is synced only when it is folded in.
                try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
                try CatalogueSchema.migrator.migrate(pool)
                return pool
            }
        }
    }

    /// An empty catalogue in memory, for tests and trials.
    public init(inMemoryWithClock clock: @escaping @Sendable () -> Int64 = SQLiteCatalogueStore.unixSeconds)
        throws
    {
        path = ":memory:"
        self.clock = clock
        database = try DatabaseQueue(configuration: Self.configuration())
        try CatalogueSchema.migrator.migrate(database)
    }

    /// The time of this machine, in Unix seconds.
    @Sendable public static func unixSeconds() -> Int64 { Int64(Date().timeIntervalSince1970) }

    /// Runs `body` in one transaction; the revision rises if it changed anything.
    public func write<Result>(_ body: (any CatalogueTransaction) throws -> Result) throws -> Result {
        try translatingDatabaseErrors(of: path) {
            try database.write { db in
                let changes = db.totalChangesCount
                let transaction = try SQLiteCatalogueTransaction(db, now: clock())
                let result = try body(transaction)
                try transaction.finish()
                if db.totalChangesCount != changes {
                    try db.execute(sql: "UPDATE state SET revision = revision + 1")
                }
                return result
            }
        }
    }

    /// Reads one consistent state.
    func read<Result>(_ body: (Database) throws -> Result) throws -> Result {
        try translatingDatabaseErrors(of: path) { try database.read(body) }
    }

    private static func configuration(readonly: Bool = false) -> Configuration {
        var configuration = Configuration()
        configuration.readonly = readonly
        configuration.busyMode = .timeout(5)
        configuration.prepareDatabase { db in
            // 64 MiB of pages and two more threads for sorting: the index over 20 million ratings is built once.
            try db.execute(sql: "PRAGMA cache_size = -65536; PRAGMA threads = 2")
        }
        return configuration
    }

    /// Refuses a file that is not ours or of a future release, before anything could change it.
    private static func check(path: String, access: Workspace.Access) throws {
        guard FileManager.default.fileExists(atPath: path) else { return }
        let probe = try DatabaseQueue(path: path, configuration: configuration(readonly: true))
        defer { try? probe.close() }
        try probe.read { db in
            let id = try Int.fetchOne(db, sql: "PRAGMA application_id")
            // A process that was ended while it made the file may have left the list of migrations, and nothing else.
            let tables =
                try Int.fetchOne(
                    db, sql: "SELECT COUNT(*) FROM sqlite_master WHERE tbl_name <> 'grdb_migrations'") ?? 0
            let place = Diagnostic.Location(file: path)
            if try CatalogueSchema.migrator.hasBeenSuperseded(db) {
                throw Diagnostic(
                    .badData, code: "workspace.future_version",
                    "the catalogue was written by a newer release of coldstart", at: place,
                    fix: "upgrade coldstart; nothing was changed")
            }
            guard tables == 0 || id == CatalogueSchema.applicationID else {
                throw Diagnostic(
                    .badData, code: "workspace.foreign_database",
                    "the file is an SQLite database of another program", at: place,
                    fix: "choose another folder with --workspace")
            }
            if access == .reading, tables == 0 { throw Diagnostic.noWorkspace.located(at: place) }
            if access == .reading, try !CatalogueSchema.migrator.hasCompletedMigrations(db) {
                throw Diagnostic(
                    .unavailable, code: "workspace.past_version",
                    "the catalogue was written by an older release and is open for reading only", at: place,
                    fix: "run 'coldstart import' on it once to bring it up to date")
            }
        }
    }
}
