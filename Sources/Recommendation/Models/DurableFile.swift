import Diagnostics
package import Foundation

/// Writing so that after a crash the old file or the new one is there, whole.
package enum DurableFile {
    /// Writes beside, syncs, renames, and syncs the folder.
    ///
    /// - Parameter isPrivate: whether nobody but the owner may read the file, at any time.
    package static func write(_ data: Data, to path: String, isPrivate: Bool = false) throws {
        let temporary = path + ".partial"
        do {
            if isPrivate { try makePrivate(temporary) }
            try data.write(to: URL(fileURLWithPath: temporary))
            try sync(temporary)
        } catch let error as Diagnostic {
            throw error
        } catch {
            throw failure("written", path)
        }
        try rename(temporary, to: path)
    }

    /// Renames and syncs the folder that holds the name.
    static func rename(_ old: String, to new: String) throws {
        try sync(old)
        guard Foundation.rename(old, new) == 0 else { throw failure("put in its place", new) }
        let folder = (new as NSString).deletingLastPathComponent
        try sync(folder.isEmpty ? "." : folder)
    }

    /// An empty file that only its owner may read: what is written into it later never was anybody else's to see.
    private static func makePrivate(_ path: String) throws {
        unlink(path)
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure("written", path) }
        close(descriptor)
    }

    private static func sync(_ path: String) throws {
        let descriptor = open(path, O_RDONLY)
        guard descriptor >= 0 else { throw failure("opened", path) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw failure("synced to the disk", path) }
    }

    private static func failure(_ action: String, _ path: String) -> Diagnostic {
        Diagnostic(
            .unavailable, code: "file.write",
            "the file cannot be \(action) (\(String(cString: strerror(errno))))",
            at: .init(file: path), fix: "check free space and permissions of the folder")
    }
}
