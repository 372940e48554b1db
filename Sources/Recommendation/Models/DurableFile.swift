import Diagnostics
package import Foundation

/// Writing so that after a crash the old file or the new one is there, whole.
package enum DurableFile {
    /// Writes beside, syncs, renames, and syncs the folder.
    package static func write(_ data: Data, to path: String) throws {
        let temporary = path + ".partial"
        do {
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
