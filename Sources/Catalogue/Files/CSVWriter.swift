/// Text of RFC 4180, for small outputs.
public struct CSVWriter {
    /// What has been written so far; lines end in a line feed.
    public private(set) var text = ""

    /// Begins with a header line.
    public init(columns: [String]) {
        append(columns)
    }

    /// Adds a record; fields that hold a comma, a quote or a line break are quoted.
    public mutating func append(_ fields: [String]) {
        // A record of one empty field would be a blank line, which readers skip.
        text += fields == [""] ? "\"\"" : fields.map(Self.quoted).joined(separator: ",")
        text += "\n"
    }

    /// A field as it stands in a file.
    public static func quoted(_ field: String) -> String {
        let isSpecial = field.utf8.contains { $0 == 0x2C || $0 == 0x22 || $0 == 0x0A || $0 == 0x0D }
        // At the start of a file U+FEFF would be taken for a byte-order mark.
        guard isSpecial || field.utf8.starts(with: [0xEF, 0xBB, 0xBF]) else { return field }
        var quoted = "\""
        for scalar in field.unicodeScalars {
            if scalar == "\"" { quoted += "\"" }
            quoted.unicodeScalars.append(scalar)
        }
        return quoted + "\""
    }
}
