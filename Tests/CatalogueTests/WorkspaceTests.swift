import Catalogue
import Diagnostics
import Foundation
import GRDB
import Testing

@Suite struct WorkspaceTests {
    private let folder: TemporaryFolder
    private var directory: String { folder.path + "/w" }

    init() throws { folder = try TemporaryFolder() }

    private func error(opening access: Workspace.Access) -> Diagnostic? {
        #expect(throws: Diagnostic.self) { try Workspace.open(at: directory, for: access) }
    }

    @Test(arguments: [Workspace.Access.reading, .writing])
    func missingWorkspaceNamesTheCommandThatMakesOne(_ access: Workspace.Access) throws {
        let error = error(opening: access)
        #expect(error?.kind == .missingInput)
        #expect(error?.code == "workspace.missing")
        #expect(error?.fix.contains("coldstart import") == true)
        #expect(!FileManager.default.fileExists(atPath: directory))
    }

    @Test func madeOnceOpenedAgain() throws {
        try Workspace.create(at: directory).catalogue.write { _ = try $0.upsert(User(id: "u")) }
        #expect(try Workspace.create(at: directory).catalogue.users().count == 1)
        for access in [Workspace.Access.reading, .writing] {
            #expect(try Workspace.open(at: directory, for: access).catalogue.users().count == 1)
        }
    }

    @Test(arguments: [Workspace.Access.reading, .writing])
    func futureVersionIsRefusedAndLeftAlone(_ access: Workspace.Access) throws {
        do { _ = try Workspace.create(at: directory) }
        try change("INSERT INTO grdb_migrations VALUES ('2999-01-future')")
        let before = try folder.contents(of: "w")
        let error = error(opening: access)
        #expect(error?.kind == .badData)
        #expect(error?.code == "workspace.future_version")
        #expect(error?.fix.contains("upgrade coldstart") == true)
        #expect(try folder.contents(of: "w") == before)
    }

    @Test(arguments: [Workspace.Access.reading, .writing])
    func foreignDatabaseIsRefusedAndLeftAlone(_ access: Workspace.Access) throws {
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        try change("CREATE TABLE notes (text)")
        let before = try folder.contents(of: "w")
        #expect(error(opening: access)?.code == "workspace.foreign_database")
        #expect(try folder.contents(of: "w") == before)
    }

    @Test(arguments: [Workspace.Access.reading, .writing])
    func fileThatIsNoDatabaseIsRefusedAndLeftAlone(_ access: Workspace.Access) throws {
        try folder.write("w/catalogue.sqlite", String(repeating: "no database at all\n", count: 500))
        let before = try folder.contents(of: "w")
        #expect(error(opening: access)?.code == "workspace.corrupt")
        #expect(try folder.contents(of: "w") == before)
    }

    /// As in a checkout that belongs to somebody else: nothing may appear beside the file, and nothing change in it.
    @Test func sealedWorkspaceIsReadWithoutATrace() throws {
        do {
            try Workspace.create(at: directory).catalogue.write { transaction in
                try transaction.upsert(Item(id: "1", title: "t"))
                try transaction.upsert(User(id: "u"))
                try transaction.rate(Rating(user: "u", item: "1", value: 1))
            }
        }
        try Workspace.seal(at: directory)
        let before = try folder.contents(of: "w")
        #expect(before.keys.filter { $0.hasPrefix("catalogue") } == ["catalogue.sqlite"])
        do {
            let workspace = try Workspace.open(at: directory, for: .reading)
            #expect(try workspace.catalogue.counts().ratings == 1)
            #expect(try folder.contents(of: "w") == before)
            let error = #expect(throws: Diagnostic.self) {
                try workspace.catalogue.write { _ = try $0.upsert(User(id: "v")) }
            }
            #expect(error?.kind == .unavailable)
        }
        #expect(try folder.contents(of: "w") == before)
    }

    /// Bulk work drops the index by item; without it `ratings(ofItem:)` would still be right, and scan every rating.
    @Test func indexByItemIsThereAfterBulkWork() throws {
        let catalogue = try Workspace.create(at: directory).catalogue
        try catalogue.write { transaction in
            for id in 0..<200 {
                try transaction.upsert(Item(id: "\(id)", title: "t"))
                try transaction.upsert(User(id: "\(id)"))
            }
            var ratings: [KeyedRating] = []
            for user: Int64 in 1...200 {
                for item: Int64 in 1...200 {
                    ratings.append(KeyedRating(userKey: user, itemKey: item, value: 1, timestamp: 0))
                }
            }
            #expect(try transaction.merge(ratings).added == 40_000)
        }
        let queue = try DatabaseQueue(path: directory + "/catalogue.sqlite")
        #expect(try queue.read { try $0.indexes(on: "ratings").map(\.columns) }.contains(["item_key"]))
    }

    /// A reader sees the last commit while a writer is at work, and never half of it.
    @Test func readersGoOnDuringAWrite() throws {
        let writer = try Workspace.create(at: directory)
        let reader = try Workspace.open(at: directory, for: .reading)
        try writer.catalogue.write { transaction in
            try transaction.upsert(User(id: "u"))
            #expect(try reader.catalogue.users().isEmpty)
        }
        #expect(try reader.catalogue.users().count == 1)
    }

    @Test func oneWriterAtATime() throws {
        let workspace = try Workspace.create(at: directory)
        do {
            let first = try workspace.lock()
            let error = #expect(throws: Diagnostic.self) { try workspace.lock(waiting: 0.05) }
            #expect(error?.kind == .unavailable)
            #expect(error?.code == "workspace.locked")
            withExtendedLifetime(first) {}
        }
        _ = try workspace.lock(waiting: 0)
    }

    /// A process that was ended while it made the file.
    @Test func aFileThatWasJustBegunIsNoWorkspaceYet() throws {
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        try change("CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY)")
        #expect(error(opening: .reading)?.code == "workspace.missing")
        #expect(try Workspace.create(at: directory).catalogue.counts().items == 0)
    }

    /// Into a file that has no name any more anything can be written, and nothing is kept.
    @Test func aWorkspaceThatWasReplacedIsNotWritten() throws {
        let workspace = try Workspace.create(at: directory)
        try FileManager.default.removeItem(atPath: directory)
        #expect(throws: Diagnostic.self) { try workspace.lock() }
        let other = try Workspace.create(at: directory)
        let error = #expect(throws: Diagnostic.self) { try workspace.lock() }
        #expect(error?.code == "workspace.replaced" && error?.kind == .unavailable)
        _ = try other.lock()
    }

    @Test func anEmptyWorkspaceIsNotRemovedFromUnderWhoWritesIt() throws {
        let workspace = try Workspace.create(at: directory)
        do {
            let lock = try workspace.lock()
            Workspace.removeIfEmpty(at: directory)
            #expect(Workspace.exists(at: directory))
            withExtendedLifetime(lock) {}
        }
        Workspace.removeIfEmpty(at: directory)
        #expect(!FileManager.default.fileExists(atPath: directory))
    }

    private func change(_ sql: String) throws {
        let queue = try DatabaseQueue(path: directory + "/catalogue.sqlite")
        // A plain file, so that every trace of opening it shows.
        try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = DELETE; " + sql) }
        try queue.close()
    }
}
