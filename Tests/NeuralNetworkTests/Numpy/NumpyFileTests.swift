import Diagnostics
import FloatKernels
import Foundation
import NeuralNetwork
import Testing

@Suite("Arrays of NumPy: all kinds of real numbers are read, and damage is an error")
struct NumpyFileTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// 2 × 3, exact in 16 bits.
    private static let matrix = Matrix(rows: 2, columns: 3, elements: [0, -1.5, 0.25, 1024, -0.125, 3])

    /// An `npy` file as the format says it, written byte by byte.
    private static func file(
        version: UInt8 = 1, descr: String = "'<f4'", order: String = "False", shape: String = "(2, 3)",
        data: [UInt8]
    ) -> [UInt8] {
        let text = "{'descr': \(descr), 'fortran_order': \(order), 'shape': \(shape), }"
        let widths: [UInt8: Int] = [1: 2, 2: 4, 3: 4]
        let width = widths[version] ?? 2
        let padding = 63 - (8 + width + text.utf8.count) % 64
        let header = Array(text.utf8) + [UInt8](repeating: 0x20, count: padding) + [0x0A]
        let length = (0..<width).map { UInt8(header.count >> (8 * $0) & 0xFF) }
        return [0x93] + Array("NUMPY".utf8) + [version, 0] + length + header + data
    }

    private static func bytes(of values: [Float], as type: String) -> [UInt8] {
        values.flatMap { value -> [UInt8] in
            let bytes: [UInt8]
            switch type.dropFirst() {
            case "f8": bytes = withUnsafeBytes(of: Double(value).bitPattern.littleEndian) { Array($0) }
            case "f4": bytes = withUnsafeBytes(of: value.bitPattern.littleEndian) { Array($0) }
            default: bytes = withUnsafeBytes(of: halfBits(value).littleEndian) { Array($0) }
            }
            return type.first == ">" ? bytes.reversed() : bytes
        }
    }

    /// The 16 bits of numbers that are normal and exact in them, and of zero.
    private static func halfBits(_ value: Float) -> UInt16 {
        guard value != 0 else { return 0 }
        let exponent = UInt16(Int(value.exponent) + 15)
        return (value < 0 ? 0x8000 : 0) | exponent << 10 | UInt16(value.bitPattern >> 13 & 0x3FF)
    }

    @Test(arguments: ["<f2", "<f4", "<f8", ">f2", ">f4", ">f8", "=f4"], [UInt8(1), 2, 3])
    func everyTypeAndVersionIsRead(type: String, version: UInt8) throws {
        for order in ["False", "True"] {
            let stored = order == "True" ? Self.matrix.transposed : Self.matrix
            let path = try folder.write(
                Self.file(
                    version: version, descr: "'\(type)'", order: order,
                    data: Self.bytes(of: stored.elements, as: type)), to: "a.npy")
            let array = try NumpyFile(path: path)
            #expect(array.shape == [2, 3])
            #expect(try array.matrix() == Self.matrix)
        }
    }

    /// The largest, the smallest, and the numbers that are none.
    @Test func halvesAreReadToTheirLimits() throws {
        let bits: [UInt16] = [0x7BFF, 0x0001, 0x83FF, 0x0400, 0x7C00, 0xFC00, 0x8000]
        let data = bits.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        let path = try folder.write(
            Self.file(descr: "'<f2'", shape: "(7,)", data: data), to: "a.npy")
        let numbers = try NumpyFile(path: path).matrix().elements
        #expect(
            numbers == [65504, 0x1p-24, -0x3FFp-24, 0x1p-14, .infinity, -.infinity, 0]
                && numbers[6].sign == .minus)
        let nan = try folder.write(
            Self.file(descr: "'<f2'", shape: "(1,)", data: [0x01, 0x7E]), to: "nan.npy")
        #expect(try NumpyFile(path: nan).matrix().elements[0].isNaN)
    }

    @Test func whatIsWrittenIsReadAndAligned() throws {
        try NumpyFile.write(Self.matrix, to: folder.path("a.npy"))
        #expect(try NumpyFile(path: folder.path("a.npy")).matrix() == Self.matrix)
        let bytes = try folder.read("a.npy")
        #expect((bytes.count - 24) % 64 == 0)
        #expect(
            bytes == Self.file(data: Self.bytes(of: Self.matrix.elements, as: "<f4")),
            "as NumPy itself writes it")
        try NumpyFile.write([1, 2], to: folder.path("b.npy"))
        #expect(try NumpyFile(path: folder.path("b.npy")).shape == [2])
        #expect(
            try NumpyFile(path: folder.path("b.npy")).matrix()
                == Matrix(rows: 2, columns: 1, elements: [1, 2]))
        try NumpyFile.write(Matrix(rows: 0, columns: 5), to: folder.path("c.npy"))
        #expect(try NumpyFile(path: folder.path("c.npy")).matrix().columns == 5)
    }

    @Test func everyTruncationIsAnError() throws {
        let bytes = Self.file(data: Self.bytes(of: Self.matrix.elements, as: "<f4"))
        for count in 0..<bytes.count {
            let path = try folder.write(Array(bytes[..<count]), to: "damaged.npy")
            let error = #expect(throws: Diagnostic.self) { _ = try NumpyFile(path: path) }
            #expect(error?.code.hasPrefix("array.") ?? false, "\(error.map(\.code) ?? "") at \(count)")
        }
        let longer = try folder.write(bytes + [0], to: "damaged.npy")
        #expect(throws: Diagnostic.self) { _ = try NumpyFile(path: longer) }
    }

    @Test(arguments: [
        ("array.type", "'|O'", "False", "(2, 3)"), ("array.type", "'<i8'", "False", "(2, 3)"),
        ("array.type", "[('a', '<f4')]", "False", "(2, 3)"), ("array.header", "'<f4'", "No", "(2, 3)"),
        ("array.header", "'<f4'", "False", "(2, -3)"), ("array.header", "'<f4'", "False", "2"),
        ("array.truncated", "'<f4'", "False", "(3, 3)"), ("array.header", "'<f4'", "False", "(1, 3)"),
        ("array.truncated", "'<f8'", "False", "(4611686018427387904, 4)"),
    ])
    func aBadHeaderIsNamed(code: String, descr: String, order: String, shape: String) throws {
        let path = try folder.write(
            Self.file(
                descr: descr, order: order, shape: shape,
                data: Self.bytes(of: Self.matrix.elements, as: "<f4")), to: "bad.npy")
        let error = #expect(throws: Diagnostic.self) { _ = try NumpyFile(path: path) }
        #expect(error?.code == code && error?.kind == .badData)
        #expect(error?.location?.file == path)
    }

    @Test func whatIsNoArrayIsNamed() throws {
        let other = try folder.write(Array("PK\u{3}\u{4} a zip of arrays".utf8), to: "bad.npy")
        #expect(throws: Diagnostic.self) { _ = try NumpyFile(path: other) }
        let version = try folder.write(Self.file(version: 9, data: []), to: "bad.npy")
        #expect(throws: Diagnostic.self) { _ = try NumpyFile(path: version) }
        let missing = #expect(throws: Diagnostic.self) { _ = try NumpyFile(path: folder.path("none.npy")) }
        #expect(missing?.code == "array.missing" && missing?.kind == .missingInput)
        let cube = try folder.write(
            Self.file(shape: "(1, 2, 3)", data: Self.bytes(of: Self.matrix.elements, as: "<f4")),
            to: "bad.npy")
        let array = try NumpyFile(path: cube)
        #expect(throws: Diagnostic.self) { _ = try array.matrix() }
    }

    @Test func safetensorsOfAllRealTypesAreRead() throws {
        for (type, format) in [("F16", "<f2"), ("F32", "<f4"), ("F64", "<f8")] {
            let data = Self.bytes(of: Self.matrix.elements, as: format)
            let json = #"{"items":{"dtype":"\#(type)","shape":[2,3],"data_offsets":[0,\#(data.count)]}}"#
            let head = withUnsafeBytes(of: UInt64(json.utf8.count).littleEndian) { Array($0) }
            let path = try folder.write(head + Array(json.utf8) + data, to: "a.safetensors")
            #expect(try TensorFile(path: path).numbers("items", shape: [2, nil]) == Self.matrix.elements)
        }
        var writer = TensorFileWriter()
        writer.add("counts", shape: [1], int32s: [1])
        try writer.write(to: folder.path("b.safetensors"))
        let file = try TensorFile(path: folder.path("b.safetensors"))
        #expect(throws: Diagnostic.self) { _ = try file.numbers("counts") }
    }
}
