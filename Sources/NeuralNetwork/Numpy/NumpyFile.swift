public import Diagnostics
public import FloatKernels

/// An array of real numbers in NumPy's `npy` format, mapped and read only.
///
/// Versions 1 to 3, `float16`, `float32` and `float64` of either byte order, in C or Fortran order. Arrays of Python objects are
/// not read: that would mean running what the file says.
public struct NumpyFile: Sendable {
    /// Where the file lies.
    public let path: String
    private let mapping: MappedFile
    private let header: NumpyHeader
    private let dataStart: Int

    private static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)
    /// Longest header taken, in bytes; one of real numbers takes a hundred.
    private static let longestHeader = 1 << 16

    /// Opens the file and checks its header.
    ///
    /// - Throws: `Diagnostic`: `array.missing`, `array.unreadable`, `array.magic`, `array.header`, `array.type`,
    ///   `array.truncated`.
    public init(path: String) throws(Diagnostic) {
        self.path = path
        do {
            mapping = try Self.map(path)
            (header, dataStart) = try Self.readHeader(mapping.bytes)
        } catch {
            throw error.located(at: Diagnostic.Location(file: path))
        }
    }

    /// The extent of every index.
    public var shape: [Int] { header.shape }

    /// The array in two dimensions, rounded to 32 bits; one of one dimension is a column.
    ///
    /// - Throws: `array.shape` where it has more dimensions, or none.
    public func matrix() throws(Diagnostic) -> Matrix {
        guard shape.count == 1 || shape.count == 2 else {
            throw Diagnostic.badArray(
                "shape", "the array has the shape \(shape), not rows × columns",
                fix: "save a matrix of one row for every item or user"
            ).located(at: Diagnostic.Location(file: path))
        }
        let (rows, columns) = (shape[0], shape.count == 2 ? shape[1] : 1)
        let numbers = withExtendedLifetime(mapping) {
            header.format.decode(
                UnsafeRawBufferPointer(rebasing: mapping.bytes[dataStart...]), isBigEndian: header.isBigEndian
            )
        }
        return header.isFortranOrder
            ? Matrix(rows: columns, columns: rows, elements: numbers).transposed
            : Matrix(rows: rows, columns: columns, elements: numbers)
    }

    /// Writes `array` in version 1, as 32-bit floats in C order, in the place of what is at `path`: all of it, or nothing.
    ///
    /// - Throws: `Diagnostic` (`.unavailable`) where disk or folder do not let it.
    public static func write(_ array: Matrix, to path: String) throws(Diagnostic) {
        try write(array.elements, shape: [array.rows, array.columns], to: path)
    }

    /// The same for a vector.
    public static func write(_ array: [Float], to path: String) throws(Diagnostic) {
        try write(array, shape: [array.count], to: path)
    }

    private static func write(_ numbers: [Float], shape: [Int], to path: String) throws(Diagnostic) {
        var text = Array(NumpyHeader(format: .float32, shape: shape).text.utf8)
        // Magic, version, length and text together are a multiple of 64 bytes, so that the data are aligned.
        let start = magic.count + 4
        text += [UInt8](repeating: 0x20, count: 63 - (start + text.count) % 64) + [0x0A]
        let head = magic + [1, 0, UInt8(text.count & 0xFF), UInt8(text.count >> 8)] + text
        var file = try DurableFile(replacing: path)
        try head.withUnsafeBufferPointer { bytes throws(Diagnostic) in
            try file.append(UnsafeRawBufferPointer(bytes))
        }
        try numbers.withUnsafeBufferPointer { numbers throws(Diagnostic) in
            try file.append(UnsafeRawBufferPointer(numbers))
        }
        try file.commit()
    }

    private static func map(_ path: String) throws(Diagnostic) -> MappedFile {
        do { return try MappedFile(path: path) } catch {
            var error = error
            error.code = "array." + error.code.split(separator: ".").dropFirst().joined(separator: ".")
            error.fix = "check the path, or save the array again: np.save(file, array)"
            throw error
        }
    }

    private static func readHeader(
        _ bytes: UnsafeRawBufferPointer
    ) throws(Diagnostic) -> (NumpyHeader, dataStart: Int) {
        guard bytes.starts(with: magic) else {
            throw .badArray("magic", "this is no npy file: it does not begin with \\x93NUMPY")
        }
        guard bytes.count >= 12 else { throw .badArray("truncated", "the file ends within its header") }
        let version = Int(bytes[6])
        guard (1...3).contains(version) else {
            throw .badArray("header", "the file is of version \(version) of the npy format, not 1, 2 or 3")
        }
        let lengthBytes = version == 1 ? 2 : 4
        let length = (0..<lengthBytes).reduce(0) { $0 | Int(bytes[8 + $1]) << (8 * $1) }
        guard length <= longestHeader else {
            throw .badArray("header", "the header would be \(length) bytes long")
        }
        let start = 8 + lengthBytes + length
        guard start <= bytes.count else { throw .badArray("truncated", "the file ends within its header") }
        let text = String(decoding: bytes[(8 + lengthBytes)..<start], as: UTF8.self)
        let header = try NumpyHeader(parsing: text)
        let (wanted, overflow) = (header.count ?? .max).multipliedReportingOverflow(by: header.format.width)
        guard !overflow, wanted == bytes.count - start else {
            throw .badArray(
                overflow || wanted > bytes.count - start ? "truncated" : "header",
                "the shape \(header.shape) asks for \(overflow ? "more" : "\(wanted)") bytes, but "
                    + "\(bytes.count - start) follow the header",
                fix: "copy the file again, or save the array again: np.save(file, array)")
        }
        return (header, start)
    }
}
