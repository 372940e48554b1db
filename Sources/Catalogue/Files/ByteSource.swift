import CZlib
import Diagnostics
import Foundation

/// The bytes of a file, plain or gzip (of one member or many), from beginning to end in bounded memory.
///
/// `-` is the standard input.
final class ByteSource {
    let path: String
    /// The file's size on the disk, compressed where it is; nil where it is not a regular file.
    let size: Int?
    private let file: gzFile

    /// - Throws: A `Diagnostic` of kind `missingInput` where there is no such file.
    init(path: String) throws {
        self.path = path == "-" ? "standard input" : path
        var isDirectory: ObjCBool = false
        let exists = path == "-" || FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory)
        guard exists, !isDirectory.boolValue else {
            throw Diagnostic.missingFile(path)
        }
        guard let file = path == "-" ? gzdopen(0, "rb") : gzopen(path, "rb") else {
            throw Diagnostic(
                .missingInput, code: "file.unreadable", "the file cannot be opened",
                at: Diagnostic.Location(file: path), fix: "check its permissions")
        }
        gzbuffer(file, 1 << 18)
        self.file = file
        size = try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
    }

    deinit { gzclose_r(file) }

    /// Bytes of the file consumed so far, compressed where it is.
    var position: Int { max(0, Int(gzoffset(file))) }

    /// Fills `buffer` from its start; 0 is the end of the file.
    ///
    /// - Parameter line: The line being read, for the message.
    /// - Throws: `file.damaged` where the gzip stream is cut off or its checksum is wrong.
    func read(into buffer: UnsafeMutableRawBufferPointer, line: Int) throws -> Int {
        let count = gzread(file, buffer.baseAddress, UInt32(buffer.count))
        var code: Int32 = 0
        let message = gzerror(file, &code).map { String(cString: $0) } ?? ""
        // A cut stream is told once the bytes before the cut have been handed out: Z_BUF_ERROR.
        guard count < 0 || (count == 0 && code != Z_OK && code != Z_STREAM_END) else { return Int(count) }
        let reason = code == Z_BUF_ERROR ? "it ends in the middle" : message
        throw Diagnostic(
            .badData, code: "file.damaged", "the compressed file is damaged (\(reason))",
            at: Diagnostic.Location(file: path, line: line), fix: "copy or download the file again")
    }
}
