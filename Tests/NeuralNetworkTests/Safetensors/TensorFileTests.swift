import Diagnostics
import FloatKernels
import Foundation
import NeuralNetwork
import Testing

@Suite("Tensor files: what is written is read, and damage is an error")
struct TensorFileTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    static func sample() -> TensorFileWriter {
        var writer = TensorFileWriter()
        writer.texts["made by"] = "tests \"quoted\" \\ \u{1} ü"
        writer.add("weights", shape: [2, 3], floats: [0, -1.5, .infinity, 3e-40, 7, 8])
        writer.add("counts", shape: [3], int32s: [1, -2, .max])
        writer.add("empty", shape: [0, 4], floats: [])
        writer.add("blob", bytes: [9, 8, 7])
        writer.add("words", strings: ["", "naïve", "片", "end"])
        return writer
    }

    @Test func everyTypeComesBack() throws {
        let path = folder.path("a.safetensors")
        try Self.sample().write(to: path)
        let file = try TensorFile(path: path)
        #expect(
            file.names == ["blob", "counts", "empty", "weights", "words.bytes", "words.offsets"].sorted())
        #expect(try file.floats("weights", shape: [2, nil]) == [0, -1.5, .infinity, 3e-40, 7, 8])
        #expect(try file.int32s("counts") == [1, -2, .max])
        #expect(try file.floats("empty", shape: [nil, 4]) == [])
        #expect(try file.bytes("blob") == [9, 8, 7])
        #expect(try file.strings("words") == ["", "naïve", "片", "end"])
        #expect(try file.withFloats("weights") { Array($0) } == file.floats("weights"))
        #expect(try file.matrix("weights").row(1) == [3e-40, 7, 8])
        #expect(try file.shape("weights") == [2, 3])
        #expect(file.texts == ["made by": "tests \"quoted\" \\ \u{1} ü"])
        #expect(file.contains("blob") && !file.contains("words"))
        try file.verifyAll()
    }

    @Test func equalContentsGiveEqualBytesAndReplaceTheOldFile() throws {
        try Self.sample().write(to: folder.path("a"))
        try TensorFileWriter().write(to: folder.path("b"))
        try Self.sample().write(to: folder.path("b"))
        #expect(try folder.read("a") == folder.read("b"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted() == ["a", "b"])
    }

    @Test func dataAreAlignedToTheirType() throws {
        try Self.sample().write(to: folder.path("a"))
        let bytes = try folder.read("a")
        let length = bytes[..<8].reversed().reduce(0) { $0 << 8 | Int($1) }
        #expect(length % 8 == 0)
        let header = String(decoding: bytes[8..<8 + length], as: UTF8.self)
        #expect(header.contains(#""words.offsets":{"dtype":"I64","shape":[5],"data_offsets":[0,40]}"#))
        #expect(header.contains(#""weights":{"dtype":"F32","shape":[2,3],"data_offsets":[52,76]}"#))
        #expect(header.contains(#""blob":{"dtype":"U8","shape":[3],"data_offsets":[76,79]}"#))
        #expect(try JSONSerialization.jsonObject(with: Data(bytes[8..<8 + length])) is [String: Any])
    }

    @Test func foreignFilesWithoutChecksumsAreRead() throws {
        let json =
            #" { "b" : {"dtype":"U8","shape":[ 1 ],"data_offsets":[0,1]}, "a\u00e9\ud83d\ude00":"#
            + #"{"data_offsets":[1,9],"shape":[2],"dtype":"F32"} }  "#
        let data: [UInt8] = [5, 0, 0, 128, 63, 0, 0, 0, 64]
        let file = try TensorFile(path: try folder.write(Self.file(json, data), to: "foreign"))
        #expect(try file.floats("aé😀") == [1, 2])
        #expect(try file.withFloats("aé😀") { Array($0) } == [1, 2])
        try file.verifyAll()
    }

    @Test func aTensorOfAnotherKindIsNamed() throws {
        let path = folder.path("a")
        try Self.sample().write(to: path)
        let file = try TensorFile(path: path)
        for read in [
            { _ = try file.floats("none") }, { _ = try file.floats("counts") },
            { _ = try file.floats("weights", shape: [3, 2]) }, { _ = try file.floats("weights", shape: [6]) },
            { _ = try file.strings("weights") },
        ] as [() throws -> Void] {
            let error = try #require(throws: Diagnostic.self) { try read() }
            #expect(error.code == "model.tensor" && error.kind == .badData)
            #expect(error.location?.file == path)
        }
    }

    @Test func aMissingFileIsMissingInput() {
        let error = #expect(throws: Diagnostic.self) { _ = try TensorFile(path: folder.path("none")) }
        #expect(error?.code == "model.missing" && error?.kind == .missingInput)
        let folderError = #expect(throws: Diagnostic.self) { _ = try TensorFile(path: folder.url.path) }
        #expect(folderError?.code == "model.unreadable")
    }

    @Test func aFolderThatIsNotThereKeepsNothing() {
        let error = #expect(throws: Diagnostic.self) {
            try Self.sample().write(to: folder.path("none/a"))
        }
        #expect(error?.code == "model.notWritten")
    }

    /// Of what this writes; another program's header may have white space, which says nothing.
    @Test func everyFlippedByteIsNoticed() throws {
        try Self.sample().write(to: folder.path("a"))
        let bytes = try folder.read("a")
        var unnoticed = 0
        for position in bytes.indices {
            // The third makes a tab of a space.
            for flip: UInt8 in [0x01, 0x20, 0x29, 0x80, 0xFF] {
                var damaged = bytes
                damaged[position] ^= flip
                let path = try folder.write(damaged, to: "damaged")
                do {
                    let file = try TensorFile(path: path)
                    try file.verifyAll()
                    unnoticed += 1
                    #expect(try Self.isSample(file), "byte \(position) xor \(flip)")
                } catch let error as Diagnostic {
                    #expect(
                        error.kind == .badData && error.code.hasPrefix("model.")
                            && error.location?.file == path)
                }
            }
        }
        #expect(unnoticed == 0)
    }

    @Test func everyTruncationAndAdditionIsNoticed() throws {
        try Self.sample().write(to: folder.path("a"))
        let bytes = try folder.read("a")
        for count in 0..<bytes.count {
            let path = try folder.write(Array(bytes[..<count]), to: "damaged")
            #expect(throws: Diagnostic.self) { _ = try TensorFile(path: path) }
        }
        let path = try folder.write(bytes + [0], to: "damaged")
        #expect(throws: Diagnostic.self) { _ = try TensorFile(path: path) }
    }

    @Test(arguments: [
        "", "{", "{}x", "[]", "{\"a\":1}", "{\"__metadata__\":{\"a\":1}}", "{\"a\":{}}",
        #"{"a":{"dtype":"BF16","shape":[2],"data_offsets":[0,4]}}"#,
        #"{"a":{"dtype":"U8","shape":[4],"data_offsets":[4,0]}}"#,
        #"{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4,4]}}"#,
        #"{"a":{"dtype":"U8","shape":[-4],"data_offsets":[0,4]}}"#,
        #"{"a":{"dtype":"U8","shape":[04],"data_offsets":[0,4]}}"#,
        #"{"a":{"dtype":"U8","shape":[4.0],"data_offsets":[0,4]}}"#,
        #"{"a":{"dtype":"U8","shape":[5],"data_offsets":[0,5]}}"#,
        #"{"a":{"dtype":"U8","shape":[3],"data_offsets":[0,4]}}"#,
        #"{"a":{"dtype":"U8","shape":[3],"data_offsets":[1,4]}}"#,
        #"{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,99999999999999999999]}}"#,
        #"{"a":{"dtype":"F32","shape":[9223372036854775807,2],"data_offsets":[0,4]}}"#,
        #"{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[3],"data_offsets":[1,4]}}"#,
        #"{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]}}"#,
        #"{"a":{"dtype":"U8","dtype":"U8","shape":[4],"data_offsets":[0,4]}}"#,
        #"{"a\ud800":{"dtype":"U8","shape":[4],"data_offsets":[0,4]}}"#,
        #"{"a\u00":{"dtype":"U8","shape":[4],"data_offsets":[0,4]}}"#,
        #"{"a\x":{"dtype":"U8","shape":[4],"data_offsets":[0,4]}}"#,
        #"{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},}"#, #"{"a\"#, #"{"a\u"#, #"{"a\ud800\u"#,
    ])
    func aBadHeaderIsAnError(json: String) throws {
        let path = try folder.write(Self.file(json, [1, 2, 3, 4]), to: "bad")
        let error = #expect(throws: Diagnostic.self) { _ = try TensorFile(path: path) }
        #expect(error?.kind == .badData && ["model.header", "model.truncated"].contains(error?.code))
    }

    @Test func aHugeHeaderLengthAllocatesNothing() throws {
        for length: UInt64 in [.max, 1 << 62, 99_999_999] {
            let bytes = withUnsafeBytes(of: length.littleEndian) { Array($0) } + [0x7B, 0x7D]
            let path = try folder.write(bytes, to: "bad")
            #expect(throws: Diagnostic.self) { _ = try TensorFile(path: path) }
        }
    }

    private static func file(_ json: String, _ data: [UInt8]) -> [UInt8] {
        withUnsafeBytes(of: UInt64(json.utf8.count).littleEndian) { Array($0) } + Array(json.utf8) + data
    }

    private static func isSample(_ file: TensorFile) throws -> Bool {
        try file.floats("weights", shape: [2, 3]) == [0, -1.5, .infinity, 3e-40, 7, 8]
            && file.int32s("counts", shape: [3]) == [1, -2, .max]
            && file.floats("empty", shape: [0, 4]) == []
            && file.bytes("blob") == [9, 8, 7] && file.strings("words") == ["", "naïve", "片", "end"]
            && file.texts == ["made by": "tests \"quoted\" \\ \u{1} ü"]
    }
}
