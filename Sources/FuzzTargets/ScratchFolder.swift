import Diagnostics
import Foundation

/// A folder of this process for inputs of code that reads files.
struct ScratchFolder {
    /// The one of this process; its files stay behind until the system clears temporary files.
    static let shared = ScratchFolder(
        root: NSTemporaryDirectory() + "/coldstart-fuzz-\(ProcessInfo.processInfo.processIdentifier)")

    private let root: String

    /// The path of something in the folder, which is made if need be.
    func path(_ name: String) throws -> String {
        try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
        return root + "/" + name
    }

    /// Writes a file, in the place of what was there.
    @discardableResult func write(_ bytes: [UInt8], to name: String) throws -> String {
        let path = try path(name)
        guard let file = fopen(path, "wb") else {
            throw CocoaError(.fileWriteUnknown)
        }
        defer { fclose(file) }
        guard fwrite(bytes, 1, bytes.count, file) == bytes.count else { throw CocoaError(.fileWriteUnknown) }
        return path
    }

    /// The path of a folder that is there and empty.
    func emptied(_ name: String) throws -> String {
        let path = try removed(name)
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        return path
    }

    /// A path where there is nothing any more.
    func removed(_ name: String) throws -> String {
        let path = try path(name)
        if FileManager.default.fileExists(atPath: path) { try FileManager.default.removeItem(atPath: path) }
        return path
    }
}
