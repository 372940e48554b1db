import Diagnostics
import Foundation

/// The lines of a file, one at a time, without their line feed, in memory bounded by the longest line.
///
/// A byte-order mark of UTF-8 at the start is skipped. A carriage return before the line feed is part of the line:
/// inside a quoted field it belongs to the value.
final class LineReader {
    /// No line or record of a catalogue is longer; a file that is not text has such lines.
    static let longest = 16 << 20

    /// The number of the line last returned, from one; 0 before the first.
    private(set) var line = 0
    private let source: ByteSource
    private let buffer = ByteBuffer(capacity: 1 << 18)
    private var start = 0
    private var ended = false
    /// Bytes read from the source, unpacked.
    private var unpacked = 0

    init(path: String) throws {
        source = try ByteSource(path: path)
        try fill()
        let bytes = buffer.filled
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { start = 3 }
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
            throw Diagnostic(
                .badData, code: "file.utf16", "the file is UTF-16",
                at: Diagnostic.Location(file: path, line: 1),
                fix: "save it as UTF-8")
        }
    }

    /// The path, as messages name it.
    var path: String { source.path }

    /// Bytes of the file that the lines handed out take, compressed where it is: then as far as can be told, as what is read
    /// ahead is packed as densely as the rest.
    var position: Int {
        let share = Double(unpacked - (buffer.count - start)) / Double(max(unpacked, 1))
        return Int((Double(source.position) * share).rounded())
    }

    /// The next line, valid until the next call; nil at the end of the file.
    func next() throws -> UnsafeBufferPointer<UInt8>? {
        var searched = start
        while true {
            if let end = buffer.filled[searched...].position(of: 0x0A) {
                return take(to: end, skipping: 1)
            }
            if ended { return start < buffer.count ? take(to: buffer.count, skipping: 0) : nil }
            searched = buffer.count - start
            try fill()
        }
    }

    private func take(to end: Int, skipping: Int) -> UnsafeBufferPointer<UInt8> {
        defer { start = end + skipping }
        line += 1
        return UnsafeBufferPointer(rebasing: buffer.filled[start..<end])
    }

    /// Moves what is left of the line to the front and reads on behind it.
    private func fill() throws {
        buffer.keep(start..<buffer.count)
        start = 0
        if buffer.free.isEmpty {
            guard buffer.count < Self.longest else {
                throw Diagnostic(
                    .badData, code: "file.line_too_long", "the line is longer than \(Self.longest >> 20) MiB",
                    at: Diagnostic.Location(file: path, line: line + 1),
                    fix: "check that the file is a text file")
            }
            buffer.grow()
        }
        let count = try source.read(into: buffer.free, line: line + 1)
        buffer.count += count
        unpacked += count
        ended = count == 0
    }
}

extension Slice<UnsafeBufferPointer<UInt8>> {
    /// The index of the first such byte.
    func position(of byte: UInt8) -> Int? {
        guard let first = base.baseAddress, !isEmpty,
            let found = memchr(first + startIndex, Int32(byte), count)
        else { return nil }
        return UnsafeRawPointer(found) - UnsafeRawPointer(first)
    }
}
