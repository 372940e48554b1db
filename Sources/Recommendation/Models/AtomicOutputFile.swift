import Diagnostics
import Foundation

/// A result file that appears whole or not at all: written beside, then renamed.
package final class AtomicOutputFile {
    private let path: String
    private let temporary: String
    private let handle: FileHandle

    package init(path: String) throws {
        self.path = path
        temporary = path + ".partial"
        guard FileManager.default.createFile(atPath: temporary, contents: nil),
            let handle = FileHandle(forWritingAtPath: temporary)
        else {
            throw Diagnostic(
                .unavailable, code: "file.write", "the file cannot be written", at: .init(file: path),
                fix: "check that its folder exists and may be written to")
        }
        self.handle = handle
    }

    package func write(_ bytes: [UInt8]) throws { try handle.write(contentsOf: bytes) }

    package func finish() throws {
        try handle.close()
        guard rename(temporary, path) == 0 else {
            throw Diagnostic(
                .unavailable, code: "file.write", "the finished file cannot be put in its place",
                at: .init(file: path), fix: "check the permissions of its folder")
        }
    }

    deinit { unlink(temporary) }
}
