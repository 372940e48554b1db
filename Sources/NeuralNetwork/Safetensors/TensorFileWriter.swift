import Diagnostics
public import FloatKernels

/// Collects tensors and writes them as one file in the `safetensors` format.
///
/// The format: the header's length (u64, little endian), the header as JSON padded with spaces to a multiple of eight,
/// the data without gaps. Tensors lie with the widest type first, then by name, so that each is aligned to
/// its type; equal contents give equal bytes. Checksums go into the metadata (see `TensorHeader`).
public struct TensorFileWriter: Sendable {
    private enum Elements: Sendable {
        case floats([Float])
        case int32s([Int32])
        case int64s([Int64])
        case bytes([UInt8])

        var type: TensorType {
            switch self {
            case .floats: .float32
            case .int32s: .int32
            case .int64s: .int64
            case .bytes: .uint8
            }
        }

        func withBytes<R>(_ body: (UnsafeRawBufferPointer) throws(Diagnostic) -> R) throws(Diagnostic) -> R {
            switch self {
            case .floats(let elements): try withRaw(elements, body)
            case .int32s(let elements): try withRaw(elements, body)
            case .int64s(let elements): try withRaw(elements, body)
            case .bytes(let elements): try withRaw(elements, body)
            }
        }

        private func withRaw<T, R>(
            _ elements: [T], _ body: (UnsafeRawBufferPointer) throws(Diagnostic) -> R
        ) throws(Diagnostic) -> R {
            try elements.withUnsafeBufferPointer { buffer throws(Diagnostic) in
                try body(UnsafeRawBufferPointer(buffer))
            }
        }
    }

    /// Free texts for the header: what the file is, which version wrote it. Keys must not start with `crc32`.
    public var texts: [String: String] = [:]
    private var tensors: [String: (shape: [Int], elements: Elements)] = [:]

    /// An empty file.
    public init() {}

    /// Adds a tensor of 32-bit floats, row-major; a name may occur once.
    public mutating func add(_ name: String, shape: [Int], floats: [Float]) {
        add(name, shape, count: floats.count, .floats(floats))
    }

    /// Adds a tensor of 32-bit floats, rows×columns.
    public mutating func add(_ name: String, matrix: Matrix) {
        add(name, shape: [matrix.rows, matrix.columns], floats: matrix.elements)
    }

    /// Adds a tensor of 32-bit integers, row-major.
    public mutating func add(_ name: String, shape: [Int], int32s: [Int32]) {
        add(name, shape, count: int32s.count, .int32s(int32s))
    }

    /// Adds a tensor of 64-bit integers, row-major.
    public mutating func add(_ name: String, shape: [Int], int64s: [Int64]) {
        add(name, shape, count: int64s.count, .int64s(int64s))
    }

    /// Adds a tensor of bytes, one dimension.
    public mutating func add(_ name: String, bytes: [UInt8]) {
        add(name, [bytes.count], count: bytes.count, .bytes(bytes))
    }

    /// Adds texts as two tensors: `name.bytes`, all of them in UTF-8, and `name.offsets`, where each starts and the end.
    public mutating func add(_ name: String, strings: [String]) {
        var bytes: [UInt8] = []
        var offsets: [Int64] = [0]
        for string in strings {
            bytes += string.utf8
            offsets.append(Int64(bytes.count))
        }
        add(name + ".bytes", bytes: bytes)
        add(name + ".offsets", shape: [offsets.count], int64s: offsets)
    }

    /// The first tensor by name that holds a float that is no finite number; nil where all are.
    public var firstNotFinite: String? {
        tensors.keys.sorted().first { name in
            guard case .floats(let values) = tensors[name]?.elements else { return false }
            return !values.allSatisfy(\.isFinite)
        }
    }

    private mutating func add(_ name: String, _ shape: [Int], count: Int, _ elements: Elements) {
        precondition(
            shape.allSatisfy { $0 >= 0 } && shape.reduce(1, *) == count, "shape and count of \(name) differ")
        precondition(tensors[name] == nil && name != "__metadata__", "the name \(name) is taken")
        tensors[name] = (shape, elements)
    }

    /// Writes the file in the place of what is at `path`: all of it, or nothing (see `DurableFile`).
    ///
    /// - Returns: The checksum of the header, see `TensorFile.checksum`.
    /// - Throws: `Diagnostic` (`.unavailable`, `model.notWritten`) where disk or folder do not let it.
    @discardableResult public func write(to path: String) throws -> String {
        precondition(!texts.keys.contains { $0.hasPrefix("crc32") }, "keys that start with crc32 are taken")
        let header = try makeHeader()
        var json = header.json()
        json += [UInt8](repeating: 0x20, count: (8 - json.count % 8) % 8)
        var file = try DurableFile(replacing: path)
        let length = UInt64(json.count).littleEndian
        try withUnsafePointer(to: length) { try file.append(UnsafeRawBufferPointer(start: $0, count: 8)) }
        try Elements.bytes(json).withBytes { bytes throws(Diagnostic) in try file.append(bytes) }
        for entry in header.entries {
            try tensors[entry.name]?.elements.withBytes { bytes throws(Diagnostic) in try file.append(bytes) }
        }
        try file.commit()
        return header.checksum()
    }

    /// The table, in the order in which the data are written.
    private func makeHeader() throws(Diagnostic) -> TensorHeader {
        var header = TensorHeader(entries: [], metadata: texts)
        let inOrder = tensors.sorted {
            (-$0.value.elements.type.width, $0.key) < (-$1.value.elements.type.width, $1.key)
        }
        var end = 0
        for (name, tensor) in inOrder {
            let (count, checksum) = try tensor.elements.withBytes { ($0.count, checksumText($0)) }
            header.entries.append(
                TensorEntry(
                    name: name, type: tensor.elements.type, shape: tensor.shape, range: end..<end + count))
            header.metadata[TensorHeader.checksumKey(name)] = checksum
            end += count
        }
        header.metadata[TensorHeader.headerChecksumKey] = header.checksum()
        return header
    }
}
