public import Diagnostics

/// A file of ids, which says what the rows of another file stand for: plain text with an id a line, or CSV.
public struct IDFile: Sendable {
    /// The ids in their order.
    public private(set) var ids: [String] = []
    private let path: String
    private var lines: [Int] = []

    /// Reads the file; where its name ends in `.csv` or `.csv.gz` it has a header line, and the ids stand in `column`, or in the
    /// first column where none is called that. Blank lines do not count.
    ///
    /// - Throws: `file.…`, `csv.…`, `ids.encoding`.
    public init(path: String, column: String) throws {
        self.path = path
        if path.hasSuffix(".csv") || path.hasSuffix(".csv.gz") {
            try readTable(column: column)
        } else {
            try readLines()
        }
    }

    /// Where an id stands.
    public func location(_ row: Int) -> Diagnostic.Location { .init(file: path, line: lines[row]) }

    private mutating func readTable(column: String) throws {
        let reader = try CSVReader(path: path)
        let field = reader.column(column) ?? 0
        while try reader.next() {
            ids.append(try reader.string(field).trimmingSpaces())
            lines.append(reader.line)
        }
    }

    private mutating func readLines() throws {
        let reader = try LineReader(path: path)
        while let bytes = try reader.next() {
            let end = bytes.last == 0x0D ? bytes.count - 1 : bytes.count
            guard let text = String(validating: bytes[..<end], as: UTF8.self) else {
                throw Diagnostic(
                    .badData, code: "ids.encoding", "the id is not valid UTF-8",
                    at: .init(file: path, line: reader.line), fix: "save the file as UTF-8")
            }
            let id = text.trimmingSpaces()
            if id.isEmpty { continue }
            ids.append(id)
            lines.append(reader.line)
        }
    }
}
