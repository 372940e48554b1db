import Crypto
import Diagnostics
import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Posters exactly as they came, named by their content: `ab/abcdef….png`.
///
/// Files are written beside their place and renamed into it, so that a reader never sees half a poster, and equal
/// posters are kept once.
public struct PosterStore: Sendable {
    /// The folder of the posters.
    public let directory: String

    /// A store in a folder, which is made with the first poster.
    public init(directory: String) {
        self.directory = directory
    }

    /// Keeps a poster.
    ///
    /// - Returns: Its reference, and whether it was new to the store.
    /// - Throws: `poster.format` where the bytes begin like neither PNG nor JPEG.
    @discardableResult public func put(_ bytes: [UInt8]) throws -> (reference: PosterReference, isNew: Bool) {
        let reference = try Self.reference(to: bytes)
        if holds(bytes, as: reference) { return (reference, false) }
        let path = path(of: reference)
        let folder = (path as NSString).deletingLastPathComponent
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            // `.atomic` is the temporary file and the rename.
            try Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
        } catch {
            throw Diagnostic(
                .unavailable, code: "poster.write",
                "the poster cannot be written (\(error.localizedDescription))",
                at: Diagnostic.Location(file: path),
                fix: "check free space and permissions of the workspace folder")
        }
        return (reference, true)
    }

    /// The bytes of a poster.
    ///
    /// - Throws: `poster.missing` where the store has no such file.
    public func bytes(_ reference: PosterReference) throws -> [UInt8] {
        guard let data = FileManager.default.contents(atPath: path(of: reference)) else {
            throw Diagnostic(
                .missingInput, code: "poster.missing", "the poster is gone from the workspace",
                at: Diagnostic.Location(file: path(of: reference)),
                fix: "import the item with its poster again")
        }
        return [UInt8](data)
    }

    /// Whether the store holds a poster.
    public func contains(_ reference: PosterReference) -> Bool {
        FileManager.default.fileExists(atPath: path(of: reference))
    }

    /// Whether the store holds these bytes; a file of that name that a power cut or a bad disk left otherwise does not count.
    func holds(_ bytes: [UInt8], as reference: PosterReference) -> Bool {
        FileManager.default.contents(atPath: path(of: reference)) == Data(bytes)
    }

    /// The file of a poster.
    public func path(of reference: PosterReference) -> String { directory + "/" + reference.relativePath }

    /// Removes a poster; none being there is no error.
    public func remove(_ reference: PosterReference) {
        try? FileManager.default.removeItem(atPath: path(of: reference))
    }

    /// Removes every poster but these, and halves of posters: what a process that was ended left, and what no item has any more.
    ///
    /// The caller holds the workspace's lock, so that nobody is about to refer to a poster.
    public func removeAll(but references: Set<PosterReference>) {
        let kept = Set(references.map(\.relativePath))
        let manager = FileManager.default
        for folder in (try? manager.contentsOfDirectory(atPath: directory)) ?? [] where folder.utf8.count == 2
        {
            for name in (try? manager.contentsOfDirectory(atPath: directory + "/" + folder)) ?? []
            where !kept.contains(folder + "/" + name) && (name.hasPrefix(folder) || name.hasPrefix(".")) {
                try? manager.removeItem(atPath: directory + "/" + folder + "/" + name)
            }
        }
    }

    /// Waits until posters are on the disk. To be called before the commit of a database that refers to them, with those
    /// that the store had too: who put them there may have been ended before this.
    public func barrier(_ references: some Sequence<PosterReference>) throws {
        var folders: Set<String> = []
        for reference in references {
            try sync(path(of: reference))
            folders.insert((path(of: reference) as NSString).deletingLastPathComponent)
        }
        guard !folders.isEmpty else { return }
        for folder in folders.sorted() + [directory] { try sync(folder) }
    }

    private func sync(_ path: String) throws {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        defer { if descriptor >= 0 { close(descriptor) } }
        guard descriptor >= 0, fsync(descriptor) == 0 else {
            throw Diagnostic(
                .unavailable, code: "poster.write", "the poster did not reach the disk",
                at: Diagnostic.Location(file: path), fix: "check free space and the health of the disk")
        }
    }

    /// The reference of a poster of these bytes, in the store or not.
    ///
    /// - Throws: `poster.format` where the bytes begin like neither PNG nor JPEG.
    public static func reference(to bytes: [UInt8]) throws -> PosterReference {
        let fileExtension: String
        if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
            fileExtension = "png"
        } else if bytes.starts(with: [0xFF, 0xD8, 0xFF]) {
            fileExtension = "jpg"
        } else {
            throw Diagnostic(
                .badData, code: "poster.format", "the poster is neither PNG nor JPEG",
                fix: "convert it to PNG or JPEG")
        }
        let digits = Array("0123456789abcdef".utf8)
        let digest = SHA256.hash(data: bytes).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
        return PosterReference(digest: String(decoding: digest, as: UTF8.self), fileExtension: fileExtension)
    }
}
