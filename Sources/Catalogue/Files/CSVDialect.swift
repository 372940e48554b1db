/// How the fields of a delimited text file are told apart.
public struct CSVDialect: Sendable {
    /// One or two ASCII bytes between fields.
    let separator: [UInt8]
    /// Whether a field may stand in double quotes, as RFC 4180 has it.
    let quoted: Bool
    /// Whether text is ISO 8859-1 and not UTF-8.
    let isLatin1: Bool
    /// The names of the columns of a file without a header line; nil where the first line names them.
    let columns: [String]?
    /// Whether the header line gives each column a type, as `name:type`.
    var isTyped = false

    /// RFC 4180 with a header line, in UTF-8.
    public static let csv = CSVDialect(separator: [0x2C], quoted: true, isLatin1: false, columns: nil)

    /// An atomic file of RecBole: tabs, no quotes, a header line with types, in UTF-8.
    static let recBole = CSVDialect(
        separator: [0x09], quoted: false, isLatin1: false, columns: nil, isTyped: true)

    /// A file of MovieLens 100K or 1M: no header, no quotes, ISO 8859-1.
    static func movieLens(separator: String, columns: [String]) -> CSVDialect {
        CSVDialect(separator: Array(separator.utf8), quoted: false, isLatin1: true, columns: columns)
    }
}
