import CZlib
import Foundation

/// A folder for one test, removed with it.
final class TemporaryFolder {
    let path = NSTemporaryDirectory() + "/catalogue-tests-" + UUID().uuidString

    init() throws {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// Writes a file, its folders with it; names that end in `.gz` are compressed.
    @discardableResult
    func write(_ name: String, _ text: String) throws -> String { try write(name, bytes: Array(text.utf8)) }

    @discardableResult
    func write(_ name: String, bytes: [UInt8]) throws -> String {
        let file = path + "/" + name
        try FileManager.default.createDirectory(
            atPath: (file as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
        if name.hasSuffix(".gz") {
            let stream = gzopen(file, "wb")
            gzwrite(stream, bytes, UInt32(bytes.count))
            gzclose(stream)
        } else {
            try Data(bytes).write(to: URL(fileURLWithPath: file))
        }
        return file
    }

    /// All files below the folder, by their paths in it, with their bytes.
    func contents(of folder: String) throws -> [String: Data] {
        let root = path + "/" + folder
        let names = FileManager.default.enumerator(atPath: root)?.allObjects as? [String] ?? []
        return names.reduce(into: [:]) { $0[$1] = FileManager.default.contents(atPath: root + "/" + $1) }
    }
}

/// The signature of a PNG and bytes that tell one from another: a poster as far as this target looks.
func fakePNG(_ content: UInt8) -> [UInt8] { [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, content] }
