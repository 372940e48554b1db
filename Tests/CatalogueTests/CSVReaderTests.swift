import Catalogue
import Diagnostics
import Foundation
import Testing

@Suite struct CSVReaderTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func records(_ path: String) throws -> [[String]] {
        let reader = try CSVReader(path: path)
        var records = [reader.columns]
        while try reader.next() { records.append(try reader.columns.indices.map { try reader.string($0) }) }
        return records
    }

    @Test(arguments: [
        ("a,b\n1,2\n", [["a", "b"], ["1", "2"]]),
        ("a,b\n1,2", [["a", "b"], ["1", "2"]]),
        ("a,b\r\n1,2\r\n", [["a", "b"], ["1", "2"]]),
        ("\u{FEFF}a,b\n1,2\n", [["a", "b"], ["1", "2"]]),
        ("\u{FEFF}\"a\",b\n1,2\n", [["a", "b"], ["1", "2"]]),
        ("a,b\n\n1,2\n\r\n", [["a", "b"], ["1", "2"]]),
        ("a,b\n,\n", [["a", "b"], ["", ""]]),
        ("a,b\n\"\",\"\"\r\n", [["a", "b"], ["", ""]]),
        ("a,b\n\"x,\"\"y\"\"\",2\n", [["a", "b"], ["x,\"y\"", "2"]]),
        ("a,b\n\"line\r\nline\",\"\n\"\n", [["a", "b"], ["line\r\nline", "\n"]]),
        ("a,b\n5\" disc,2\n", [["a", "b"], ["5\" disc", "2"]]),
        ("a,b\n\"x\",\n", [["a", "b"], ["x", ""]]),
        ("a,b\n,\"x\"", [["a", "b"], ["", "x"]]),
        ("a\nä€😀\n", [["a"], ["ä€😀"]]),
    ])
    func readsRFC4180(_ text: String, _ expected: [[String]]) throws {
        #expect(try records(try folder.write("a.csv", text)) == expected)
        #expect(try records(try folder.write("a.csv.gz", text)) == expected)
    }

    @Test(
        arguments: [
            ("", "csv.empty", 1, nil),
            ("a,b\n1,2\n1,2,3\n", "csv.field_count", 3, nil),
            ("a,b\n\"x\ny\",2\n1\n", "csv.field_count", 4, nil),
            ("a,b\n1,2\n1,\"x\n\n\n", "csv.unterminated_quote", 3, 3),
            ("a,b\nä,\"x\"y\n", "csv.text_after_quote", 2, 6),
        ] as [(String, String, Int, Int?)])
    func namesThePlaceOfAnError(_ text: String, _ code: String, _ line: Int, _ column: Int?) throws {
        let path = try folder.write("a.csv", text)
        let error = #expect(throws: Diagnostic.self) { try records(path) }
        #expect(error?.kind == .badData)
        #expect(error?.code == code)
        #expect(error?.location == Diagnostic.Location(file: path, line: line, column: column))
    }

    @Test func invalidUTF8NamesItsColumn() throws {
        let path = try folder.write("a.csv", bytes: Array("a,b\nä,".utf8) + [0xE4, 0x0A])
        let error = #expect(throws: Diagnostic.self) { try records(path) }
        #expect(error?.code == "csv.encoding")
        #expect(error?.location == Diagnostic.Location(file: path, line: 2, column: 3))
    }

    @Test func utf16IsNamed() throws {
        let path = try folder.write("a.csv", bytes: [0xFF, 0xFE, 0x61, 0x00])
        let error = #expect(throws: Diagnostic.self) { try records(path) }
        #expect(error?.code == "file.utf16")
    }

    @Test func missingFileAndFolder() throws {
        for path in [folder.path + "/none.csv", folder.path] {
            let error = #expect(throws: Diagnostic.self) { try records(path) }
            #expect(error?.kind == .missingInput)
        }
    }

    @Test(
        arguments: [
            ("4", 4), ("4.5", 4.5), ("-0.25", -0.25), (" 3 ", 3), ("1e2", 100), (".5", 0.5), ("2.", 2),
            ("0.1000000000000000000", 0.1), ("16777217", 16_777_216),
        ] as [(String, Float)])
    func numbers(_ text: String, _ expected: Float) throws {
        let reader = try CSVReader(path: try folder.write("a.csv", "a\n\(text)\n"))
        #expect(try reader.next())
        #expect(try reader.float(0) == expected)
    }

    @Test(arguments: ["x", "nan", "inf", "1e39", "-", ".", "1,5", "1.2.3", "  "])
    func notNumbers(_ text: String) throws {
        let path = try folder.write("a.csv", "a\n\"\(text)\"\n")
        let reader = try CSVReader(path: path)
        #expect(try reader.next())
        let error = #expect(throws: Diagnostic.self) { try reader.float(0) }
        #expect(error?.code == "csv.number")
        #expect(error?.location == Diagnostic.Location(file: path, line: 2, column: 1))
    }

    @Test func wholeNumbers() throws {
        let reader = try CSVReader(path: try folder.write("a.csv", "a,b,c,d\n1995.0,,978300760,1.5\n"))
        #expect(try reader.next())
        #expect(try reader.integer(0) == 1995)
        #expect(try reader.integer(1) == nil)
        #expect(try reader.integer(2) == 978_300_760)
        #expect(throws: Diagnostic.self) { try reader.integer(3) }
    }

    /// What the writer writes the reader reads, across the edges of every buffer: records of random size up to a
    /// megabyte, of characters that need care.
    @Test(arguments: [1, 40, 3000, 300_000])
    func writerAndReaderAgree(_ longest: Int) throws {
        var generator = SplitMix(state: UInt64(longest))
        let alphabet: [String] = ["a", "é", "😀", ",", "\"", "\n", "\r\n", " ", "|", "0"]
        let header = ["a", "b", "c"]
        let expected = (0..<max(8, 6000 / longest)).map { _ in
            header.map { _ in
                (0..<Int.random(in: 0...longest, using: &generator))
                    .map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &generator)] }.joined()
            }
        }
        var writer = CSVWriter(columns: header)
        for record in expected { writer.append(record) }
        // Equality of bytes, for Swift takes strings to be equal that differ in bytes.
        func bytes(_ records: [[String]]) -> [[[UInt8]]] { records.map { $0.map { Array($0.utf8) } } }
        for name in ["a.csv", "a.csv.gz"] {
            let read = try records(try folder.write(name, writer.text))
            #expect(bytes(read) == bytes([header] + expected))
        }
    }

    @Test func manyMembersAreOneFile() throws {
        let first = try folder.write("1.csv.gz", "a,b\n1,2\n3,")
        let second = try folder.write("2.csv.gz", "4\n5,6\n")
        let bytes = [first, second].flatMap { [UInt8](FileManager.default.contents(atPath: $0) ?? Data()) }
        try Data(bytes).write(to: URL(fileURLWithPath: folder.path + "/both.csv.gz"))
        #expect(
            try records(folder.path + "/both.csv.gz") == [["a", "b"], ["1", "2"], ["3", "4"], ["5", "6"]])
    }

    @Test func damagedGzipIsToldWithItsLine() throws {
        let lines = (0..<200_000).map { "\($0 &* 2_654_435_761 % 1_000_003),\($0)" }
        let path = try folder.write("a.csv.gz", (["a,b"] + lines).joined(separator: "\n"))
        let whole = try #require(FileManager.default.contents(atPath: path))
        var broken: [Data] = [whole.dropLast(whole.count / 3), whole.dropLast(4)]
        var wrongSum = whole
        wrongSum[whole.count - 6] ^= 1
        broken.append(wrongSum)
        for data in broken {
            try Data(data).write(to: URL(fileURLWithPath: path))
            let error = #expect(throws: Diagnostic.self) { try records(path) }
            #expect(error?.code == "file.damaged")
            #expect((error?.location?.line ?? 0) > 100_000)
        }
    }
}
