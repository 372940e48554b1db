public import Diagnostics
import Synchronization

/// A file in the `safetensors` format, mapped and read only.
///
/// Opening it reads the header alone. A tensor is read, and held against its checksum, when it is first asked for, so
/// that work which needs little of a large model reads little. Every damage is a `Diagnostic` (`.badData`, `model.…`)
/// that names file and tensor.
public final class TensorFile: Sendable {
    /// Where the file lies.
    public let path: String
    private let mapping: MappedFile
    private let dataStart: Int
    private let header: TensorHeader
    private let indices: [String: Int]
    private let verified: Mutex<Set<Int>> = Mutex([])

    /// Longest header taken, in bytes; the format's own limit.
    private static let longestHeader = 100_000_000

    /// Opens the file and checks its header.
    ///
    /// - Throws: `Diagnostic`: `model.missing`, `model.unreadable`, `model.truncated`, `model.header`, `model.checksum`.
    public init(path: String) throws(Diagnostic) {
        self.path = path
        do {
            mapping = try MappedFile(path: path)
            (header, dataStart) = try Self.readHeader(mapping.bytes)
        } catch {
            throw error.located(at: Diagnostic.Location(file: path))
        }
        indices = Dictionary(uniqueKeysWithValues: header.entries.enumerated().map { ($1.name, $0) })
    }

    private static func readHeader(_ bytes: UnsafeRawBufferPointer) throws(Diagnostic) -> (TensorHeader, Int)
    {
        guard bytes.count >= 8 else {
            throw .badModel("truncated", "the file ends within the header's length")
        }
        let length = UInt64(littleEndian: bytes.loadUnaligned(as: UInt64.self))
        guard length <= longestHeader else { throw .badModel("header", "this is no safetensors file") }
        let dataStart = 8 + Int(length)
        guard dataStart <= bytes.count else {
            throw .badModel("truncated", "the file ends within its header")
        }
        var parser = TensorHeaderParser(Array(bytes[8..<dataStart]))
        let header = try parser.parse()
        try header.validate(dataByteCount: bytes.count - dataStart)
        return (header, dataStart)
    }

    /// The tensors' names, in order.
    public var names: [String] { header.entries.map(\.name) }

    /// The free texts of the header.
    public var texts: [String: String] { header.texts }

    /// The checksum of the header, and so of all tensors, whose checksums it holds; nil in files of other programs.
    public var checksum: String? { header.metadata[TensorHeader.headerChecksumKey] }

    /// Whether there is a tensor of exactly this name (texts `x` are the tensors `x.bytes` and `x.offsets`).
    public func contains(_ name: String) -> Bool { indices[name] != nil }

    /// The shape of a tensor.
    ///
    /// - Throws: `Diagnostic` (`model.tensor`) where there is none of that name.
    public func shape(_ name: String) throws(Diagnostic) -> [Int] {
        header.entries[try index(of: name)].shape
    }

    /// The type of a tensor's elements.
    ///
    /// - Throws: `Diagnostic` (`model.tensor`) where there is none of that name.
    func type(of name: String) throws(Diagnostic) -> TensorType { header.entries[try index(of: name)].type }

    /// Holds every tensor against its checksum; a file that another program wrote without checksums passes.
    ///
    /// - Throws: `Diagnostic` (`model.checksum`) for the first tensor that differs.
    public func verifyAll() throws(Diagnostic) {
        for index in header.entries.indices { _ = try verifiedBytes(index) }
    }

    /// The bytes of a tensor of that type and shape; nil stands for any extent, a nil shape for any shape.
    func bytes(_ name: String, as type: TensorType, shape: [Int?]?) throws(Diagnostic)
        -> UnsafeRawBufferPointer
    {
        let index = try index(of: name)
        let entry = header.entries[index]
        guard entry.type == type else {
            throw failure(
                "tensor", "tensor \"\(name)\" is of type \(entry.type.rawValue), not \(type.rawValue)")
        }
        if let shape {
            let fits =
                shape.count == entry.shape.count
                && zip(shape, entry.shape).allSatisfy { $0 == nil || $0 == $1 }
            let wanted = shape.map { $0.map(String.init) ?? "any" }.joined(separator: ", ")
            guard fits else {
                throw failure("tensor", "tensor \"\(name)\" has shape \(entry.shape), not [\(wanted)]")
            }
        }
        return try verifiedBytes(index)
    }

    /// A `.badData` error of this file.
    func failure(_ code: String, _ message: String) -> Diagnostic {
        Diagnostic.badModel(code, message).located(at: Diagnostic.Location(file: path))
    }

    private func index(of name: String) throws(Diagnostic) -> Int {
        guard let index = indices[name] else { throw failure("tensor", "there is no tensor \"\(name)\"") }
        return index
    }

    private func verifiedBytes(_ index: Int) throws(Diagnostic) -> UnsafeRawBufferPointer {
        let entry = header.entries[index]
        let range = dataStart + entry.range.lowerBound..<dataStart + entry.range.upperBound
        let bytes = UnsafeRawBufferPointer(rebasing: mapping.bytes[range])
        guard let expected = header.metadata[TensorHeader.checksumKey(entry.name)] else { return bytes }
        if verified.withLock({ $0.contains(index) }) { return bytes }
        guard checksumText(bytes) == expected else {
            throw failure(
                "checksum", "tensor \"\(entry.name)\" does not have the checksum it was written with")
        }
        verified.withLock { _ = $0.insert(index) }
        return bytes
    }
}
