import Diagnostics

/// The table of a tensor file: its tensors and free text metadata, as in the header's JSON.
///
/// Beside the reader's own texts the metadata hold checksums (CRC-32, eight hexadecimal digits): `crc32.NAME`
/// of the bytes of each tensor, and `crc32` of the header's own JSON as rendered here without that one key.
/// A file has all of them or, where another program wrote it, none.
struct TensorHeader: Sendable, Equatable {
    var entries: [TensorEntry]
    var metadata: [String: String]

    static let headerChecksumKey = "crc32"
    static func checksumKey(_ name: String) -> String { "crc32." + name }

    /// The metadata without the checksums.
    var texts: [String: String] {
        metadata.filter { $0.key != Self.headerChecksumKey && !$0.key.hasPrefix("crc32.") }
    }

    /// The header's JSON: keys in order, no white space, so that equal tables give equal bytes.
    func json() -> [UInt8] {
        var text = "{"
        let pairs = metadata.sorted { $0.key < $1.key }
        if !pairs.isEmpty {
            let body = pairs.map { "\(Self.quoted($0.key)):\(Self.quoted($0.value))" }
            text += "\"__metadata__\":{" + body.joined(separator: ",") + "}"
        }
        for entry in entries.sorted(by: { $0.name < $1.name }) {
            if text.utf8.count > 1 { text += "," }
            let shape = entry.shape.map(String.init).joined(separator: ",")
            text += "\(Self.quoted(entry.name)):{\"dtype\":\"\(entry.type.rawValue)\",\"shape\":[\(shape)],"
            text += "\"data_offsets\":[\(entry.range.lowerBound),\(entry.range.upperBound)]}"
        }
        return Array((text + "}").utf8)
    }

    /// The checksum of this table without the checksum itself.
    func checksum() -> String {
        var copy = self
        copy.metadata[Self.headerChecksumKey] = nil
        return copy.json().withUnsafeBytes(checksumText)
    }

    /// Tensors must follow each other without gap or overlap, fill the data block, and be as long as their shape says.
    func validate(dataByteCount: Int) throws(Diagnostic) {
        var end = 0
        let inOrder = entries.sorted {
            ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound)
        }
        for entry in inOrder {
            guard entry.range.lowerBound == end else {
                throw .badModel(
                    "header", "tensor \"\(entry.name)\" leaves a gap or overlaps the one before it")
            }
            guard entry.expectedByteCount == entry.range.count else {
                throw .badModel(
                    "header",
                    "tensor \"\(entry.name)\" has \(entry.range.count) bytes, other than its shape \(entry.shape) says"
                )
            }
            end = entry.range.upperBound
        }
        guard end == dataByteCount else {
            throw .badModel(
                end > dataByteCount ? "truncated" : "header",
                "the tensors take \(end) bytes, but the file holds \(dataByteCount)")
        }
        try validateChecksumKeys()
    }

    private func validateChecksumKeys() throws(Diagnostic) {
        let present = Set(metadata.keys).subtracting(texts.keys)
        if present.isEmpty { return }
        let wanted = Set(entries.map { Self.checksumKey($0.name) } + [Self.headerChecksumKey])
        guard present == wanted, metadata[Self.headerChecksumKey] == checksum() else {
            throw .badModel("checksum", "the header does not have the checksum it was written with")
        }
    }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": result += "\\" + String(scalar)
            case "\0"..<" ":
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
