import Diagnostics
import Foundation
import GRDB

/// A workspace: the folder on the user's disk that holds the catalogue, its posters and its models.
///
///     catalogue.sqlite          items, users, ratings, vectors of projected and blended items
///     posters/ab/abcdef….png    content-addressed originals
///     models/<version>/         trained models
public struct Workspace: Sendable {
    /// What a workspace is opened for.
    public enum Access: Sendable {
        /// Nothing on the disk is changed; the folder may be read-only.
        case reading
        /// The catalogue may change; readers go on meanwhile.
        case writing
    }

    /// The folder.
    public let directory: String
    /// The catalogue.
    public let catalogue: SQLiteCatalogueStore
    /// The posters.
    public let posters: PosterStore
    /// Which file the catalogue was when it was opened.
    private let catalogueIdentity: FileIdentity?

    /// The file of the catalogue.
    public var catalogueFile: String { Self.catalogueFile(in: directory) }
    /// The folder of the posters.
    public var postersDirectory: String { directory + "/posters" }
    /// The folder of the models.
    public var modelsDirectory: String { directory + "/models" }

    /// Whether the folder holds a catalogue.
    public static func exists(at directory: String) -> Bool {
        FileManager.default.fileExists(atPath: catalogueFile(in: directory))
    }

    /// Opens a workspace that exists.
    ///
    /// - Throws: `workspace.missing` where there is none, `workspace.future_version` where a newer release wrote it.
    public static func open(at directory: String, for access: Access) throws -> Workspace {
        guard exists(at: directory) else {
            throw Diagnostic.noWorkspace.located(at: Diagnostic.Location(file: directory))
        }
        return try Workspace(directory: directory, access: access)
    }

    /// Opens a workspace for writing, and makes it where there is none.
    public static func create(at directory: String) throws -> Workspace {
        while true {
            try makeFolders(directory)
            // Another process may be removing what its first import left (`removeIfEmpty`): then all begins anew.
            guard let lock = try WorkspaceLock.orNil(ofRemoved: lockFile(in: directory)) else { continue }
            defer { withExtendedLifetime(lock) {} }
            return try Workspace(directory: directory, access: .writing)
        }
    }

    private static func makeFolders(_ directory: String) throws {
        do {
            for folder in ["", "/posters", "/models"] {
                try FileManager.default.createDirectory(
                    atPath: directory + folder, withIntermediateDirectories: true)
            }
        } catch {
            throw Diagnostic(
                .unavailable, code: "workspace.access", "the workspace folder cannot be made",
                at: Diagnostic.Location(file: directory),
                fix: "check the permissions of its parent, or name another folder with --workspace")
        }
    }

    /// Removes a workspace that holds neither items nor users: what a first import that failed leaves behind.
    ///
    /// Only files of a workspace are removed, and the folder only if nothing else is in it. Where another process writes, or
    /// waits to, it is that one's workspace.
    public static func removeIfEmpty(at directory: String) {
        let manager = FileManager.default
        guard let workspace = try? open(at: directory, for: .reading),
            let lock = try? workspace.lock(waiting: 0),
            let counts = try? workspace.catalogue.counts(), counts.items + counts.users == 0
        else { return }
        defer { withExtendedLifetime(lock) {} }
        for name in ["catalogue.sqlite", "catalogue.sqlite-wal", "catalogue.sqlite-shm", "lock"] {
            try? manager.removeItem(atPath: directory + "/" + name)
        }
        for folder in [directory + "/posters", directory + "/models", directory] { rmdir(folder) }
    }

    /// Leaves the catalogue as one compact file that can be read from a read-only folder, such as a checkout.
    ///
    /// No other process may have the workspace open. Opening it for writing undoes the effect, not the content.
    public static func seal(at directory: String) throws {
        let path = catalogueFile(in: directory)
        try translatingDatabaseErrors(of: path) {
            let queue = try DatabaseQueue(path: path)
            try queue.writeWithoutTransaction { db in
                try db.execute(sql: "PRAGMA journal_mode = DELETE; VACUUM")
            }
            try queue.close()
        }
    }

    /// Takes the workspace for one writer among processes: hold it for as long as a command writes.
    ///
    /// - Throws: A `Diagnostic` of kind `unavailable` if another holds it for longer than `seconds`, or if the workspace is
    ///   another one by now, into which nothing that this value writes would come.
    public func lock(waiting seconds: Double = WorkspaceLock.patience) throws -> WorkspaceLock {
        let lock = try WorkspaceLock.orNil(ofRemoved: Self.lockFile(in: directory), waiting: seconds)
        guard let lock, FileIdentity(catalogueFile) == catalogueIdentity else {
            throw Diagnostic(
                .unavailable, code: "workspace.replaced",
                "the workspace was removed or replaced after it was opened",
                at: Diagnostic.Location(file: directory),
                fix: "run the command again; a service must be started anew")
        }
        return lock
    }

    private init(directory: String, access: Access) throws {
        self.directory = directory
        catalogue = try SQLiteCatalogueStore(path: Self.catalogueFile(in: directory), access: access)
        posters = PosterStore(directory: directory + "/posters")
        catalogueIdentity = FileIdentity(Self.catalogueFile(in: directory))
    }

    private static func catalogueFile(in directory: String) -> String { directory + "/catalogue.sqlite" }

    private static func lockFile(in directory: String) -> String { directory + "/lock" }
}
