public import Diagnostics

/// Streams the records of a delimited text file, plain or gzip, in memory bounded by the longest record.
///
/// RFC 4180: quoted fields, doubled quotes, line breaks inside quotes, CRLF or LF, an optional byte-order mark. Blank
/// lines are skipped. Every record must have as many fields as there are columns. Work is done on bytes: a field
/// becomes a string or a number only when it is asked for. Errors carry file, line and column, columns counting
/// characters of the line.
public final class CSVReader {
    /// The names of the columns.
    public private(set) var columns: [String] = []
    /// The types of the columns, where the header line gives them; else empty.
    private(set) var types: [ColumnType] = []
    /// The line on which the current record begins, from one.
    public private(set) var line = 0

    private let lines: LineReader
    private let dialect: CSVDialect
    /// The bytes of the record: its line in the file's buffer, or `unquoted`.
    private var record = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    /// Start and end of each field in `record`.
    private var bounds: [(start: Int, end: Int)] = []
    /// Where each field begins in the file; empty where `record` is a line of the file itself.
    private var places: [(line: Int, column: Int)] = []
    private let unquoted = ByteBuffer(capacity: 1 << 14)

    /// Opens the file and reads its header line, if the dialect has one. `-` is the standard input.
    ///
    /// - Throws: `file.missing`, `csv.empty`, `csv.column_type` and what `next` throws.
    public init(path: String, dialect: CSVDialect = .csv) throws {
        lines = try LineReader(path: path)
        self.dialect = dialect
        if let columns = dialect.columns {
            self.columns = columns
            return
        }
        guard try readRecord() else {
            throw Diagnostic(
                .badData, code: "csv.empty", "the file is empty",
                at: Diagnostic.Location(file: lines.path, line: 1),
                fix: "give a file with a header line and at least one record")
        }
        columns = try bounds.indices.map { try string($0).trimmingSpaces() }
        if dialect.isTyped { (columns, types) = try typed(columns) }
    }

    /// The path, as messages name it.
    public var path: String { lines.path }

    /// Bytes of the file consumed so far, compressed where it is.
    public var position: Int { lines.position }

    /// Goes on to the next record.
    ///
    /// - Returns: False at the end of the file.
    /// - Throws: `csv.field_count`, `csv.unterminated_quote`, `csv.text_after_quote`, `file.damaged`.
    public func next() throws -> Bool {
        guard try readRecord() else { return false }
        guard bounds.count == columns.count else {
            throw Diagnostic(
                .badData, code: "csv.field_count",
                "the record has \(bounds.count) fields where there are \(columns.count) columns",
                at: Diagnostic.Location(file: path, line: line),
                fix: dialect.quoted
                    ? "separate \(columns.count) fields, and put fields that hold a separator in double quotes"
                    : "separate \(columns.count) fields, and take separators out of them")
        }
        return true
    }

    /// The column of that name, or nil.
    public func column(_ name: String) -> Int? { columns.firstIndex(of: name) }

    /// The bytes of a field of the current record; valid until `next`.
    func bytes(_ field: Int) -> UnsafeBufferPointer<UInt8> {
        let (start, end) = bounds[field]
        return UnsafeBufferPointer(rebasing: record[start..<end])
    }

    /// A field of the current record as text.
    ///
    /// - Throws: `csv.encoding` where it is not UTF-8, `csv.nul` where it holds a NUL, which SQLite would end it at.
    public func string(_ field: Int) throws -> String {
        let bytes = bytes(field)
        if bytes.contains(0) {
            throw error(
                field, code: "csv.nul", "the text holds a character that is NUL",
                fix: "take it out, and check that the file is a text file")
        }
        if dialect.isLatin1 {
            return String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw error(
                field, code: "csv.encoding", "the text is not valid UTF-8", fix: "save the file as UTF-8")
        }
        return text
    }

    /// Where a field of the current record begins in the file.
    public func location(_ field: Int) -> Diagnostic.Location {
        if !places.isEmpty {
            return Diagnostic.Location(file: path, line: places[field].line, column: places[field].column)
        }
        return Diagnostic.Location(
            file: path, line: line, column: characters(record[..<bounds[field].start]) + 1)
    }

    /// An error about a field of the current record.
    public func error(_ field: Int, code: String, _ message: String, fix: String) -> Diagnostic {
        Diagnostic(.badData, code: code, message, at: location(field), fix: fix)
    }

    /// Reads a record of whatever number of fields, past blank lines.
    private func readRecord() throws -> Bool {
        bounds.removeAll(keepingCapacity: true)
        places.removeAll(keepingCapacity: true)
        while let raw = try lines.next() {
            let end = raw.last == .carriageReturn ? raw.count - 1 : raw.count
            if end == 0 { continue }
            line = lines.line
            if dialect.quoted, raw[...].position(of: .quote) != nil {
                try splitQuoted(raw)
            } else {
                record = UnsafeBufferPointer(rebasing: raw[..<end])
                split()
            }
            return true
        }
        return false
    }

    /// The common case: no quote in the line, fields are slices of it.
    private func split() {
        let first = dialect.separator[0]
        let width = dialect.separator.count
        let second = dialect.separator[width - 1]
        var start = 0
        var index = 0
        while index + width <= record.count {
            if record[index] == first && record[index + width - 1] == second {
                bounds.append((start, index))
                index += width
                start = index
            } else {
                index += 1
            }
        }
        bounds.append((start, record.count))
    }

    /// A record with quotes: fields are copied without them, on to as many lines as it takes.
    private func splitQuoted(_ first: UnsafeBufferPointer<UInt8>) throws {
        unquoted.count = 0
        var cursor = Cursor(line: first)
        while true {
            places.append((lines.line, characters(cursor.line[..<cursor.index]) + 1))
            let start = unquoted.count
            if cursor.byte == .quote {
                try copyQuotedField(&cursor)
            } else {
                let rest = cursor.line[cursor.index..<cursor.end]
                let end = rest.position(of: dialect.separator[0]) ?? cursor.end
                unquoted.append(cursor.line[cursor.index..<end])
                cursor.index = end
            }
            bounds.append((start, unquoted.count))
            if cursor.index >= cursor.end { break }
            guard cursor.byte == dialect.separator[0] else {
                throw Diagnostic(
                    .badData, code: "csv.text_after_quote",
                    "there is text after the closing quote of a field",
                    at: here(cursor), fix: "double each quote that belongs to the text: \"\"")
            }
            cursor.index += 1
        }
        record = unquoted.filled
    }

    /// Copies the field that begins at a quote, and leaves the cursor behind its closing quote.
    private func copyQuotedField(_ cursor: inout Cursor) throws {
        let opening = here(cursor)
        cursor.index += 1
        while true {
            if let quote = cursor.line[cursor.index...].position(of: .quote) {
                unquoted.append(cursor.line[cursor.index..<quote])
                cursor.index = quote + 1
                guard cursor.byte == .quote else { return }
                unquoted.append(CollectionOfOne(.quote))
                cursor.index += 1
                continue
            }
            unquoted.append(cursor.line[cursor.index...])
            unquoted.append(CollectionOfOne(.lineFeed))
            guard unquoted.count < LineReader.longest, let next = try lines.next() else {
                throw Diagnostic(
                    .badData, code: "csv.unterminated_quote", "the quote that opens here is never closed",
                    at: opening, fix: "close it, or double each quote that belongs to the text: \"\"")
            }
            cursor = Cursor(line: next)
        }
    }

    private func here(_ cursor: Cursor) -> Diagnostic.Location {
        Diagnostic.Location(
            file: path, line: lines.line, column: characters(cursor.line[..<cursor.index]) + 1)
    }

    /// Unicode scalars, or bytes in ISO 8859-1: what an editor shows as columns.
    private func characters(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Int {
        dialect.isLatin1 ? bytes.count : bytes.count { $0 & 0xC0 != 0x80 }
    }

    /// A place in a line of the file.
    private struct Cursor {
        let line: UnsafeBufferPointer<UInt8>
        /// The length of the line without a carriage return at its end.
        let end: Int
        var index = 0

        init(line: UnsafeBufferPointer<UInt8>) {
            self.line = line
            end = line.last == .carriageReturn ? line.count - 1 : line.count
        }

        /// The byte at the cursor; nil at the end of the line.
        var byte: UInt8? { index < line.count ? line[index] : nil }
    }
}

extension UInt8 {
    fileprivate static let lineFeed: UInt8 = 0x0A
    fileprivate static let carriageReturn: UInt8 = 0x0D
    fileprivate static let quote: UInt8 = 0x22
}

extension StringProtocol {
    /// Without spaces and tabs at both ends.
    func trimmingSpaces() -> String {
        let isSpace: (Character) -> Bool = { $0 == " " || $0 == "\t" }
        guard let first = firstIndex(where: { !isSpace($0) }), let last = lastIndex(where: { !isSpace($0) })
        else {
            return ""
        }
        return String(self[first...last])
    }
}
