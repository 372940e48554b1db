import Diagnostics
import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The right to write to a workspace, held by one process at a time and given back when the value is released.
///
/// Advisory (`flock`): it keeps two commands from interleaving; the kernel gives it back if a process dies.
public final class WorkspaceLock: Sendable {
    /// Seconds that a command waits for another one.
    public static let patience = 5.0

    private let descriptor: Int32

    /// Takes the lock; nil where its file or its folder was removed meanwhile, so that the next process would take another one.
    static func orNil(ofRemoved path: String, waiting seconds: Double = patience) throws -> WorkspaceLock? {
        do {
            let lock = try WorkspaceLock(path: path, waiting: seconds)
            return FileIdentity(path) == FileIdentity(descriptor: lock.descriptor) ? lock : nil
        } catch {
            guard FileIdentity((path as NSString).deletingLastPathComponent) != nil else { return nil }
            throw error
        }
    }

    /// Takes the lock, waiting for another holder.
    ///
    /// - Throws: `workspace.locked` when `seconds` have passed, `workspace.access` where the file cannot be made.
    private init(path: String, waiting seconds: Double) throws {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            throw Diagnostic(
                .unavailable, code: "workspace.access",
                "the workspace cannot be written (\(String(cString: strerror(errno))))",
                at: Diagnostic.Location(file: path), fix: "check the permissions of the workspace folder")
        }
        // Not by the wall clock, which may be set back meanwhile.
        let deadline = ContinuousClock.now + .seconds(seconds)
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            guard ContinuousClock.now < deadline else {
                close(descriptor)
                throw Diagnostic(
                    .unavailable, code: "workspace.locked", "another process is writing to the workspace",
                    at: Diagnostic.Location(file: path), fix: "try again when it is done")
            }
            usleep(20_000)
        }
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }
}
