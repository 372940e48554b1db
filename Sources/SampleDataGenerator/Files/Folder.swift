import Diagnostics
import Foundation

/// A folder to write to, and a record of what was written.
struct Folder {
    private let path: URL
    private(set) var files = 0
    private(set) var bytes = 0

    /// Makes the folder if it is not there.
    ///
    /// - Throws: `Diagnostic` with code `sample.folder` when it cannot be made.
    init(_ path: String) throws {
        self.path = URL(fileURLWithPath: path, isDirectory: true)
        try Self.make(self.path)
    }

    /// Writes a file, its folders included.
    ///
    /// - Parameter name: The path within the folder.
    /// - Throws: `Diagnostic` with code `sample.write` when it cannot be written.
    mutating func write(_ contents: [UInt8], to name: String) throws {
        let file = path.appendingPathComponent(name)
        try Self.make(file.deletingLastPathComponent())
        do {
            try Data(contents).write(to: file)
        } catch {
            throw Diagnostic(
                .other, code: "sample.write", "cannot write \(file.path): \(error.localizedDescription)",
                fix: "name a folder that can be written to")
        }
        files += 1
        bytes += contents.count
    }

    /// Removes a file that an earlier run may have left.
    func remove(_ name: String) {
        try? FileManager.default.removeItem(at: path.appendingPathComponent(name))
    }

    private static func make(_ folder: URL) throws {
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        } catch {
            throw Diagnostic(
                .other, code: "sample.folder", "cannot make \(folder.path): \(error.localizedDescription)",
                fix: "name a folder that can be written to")
        }
    }
}
