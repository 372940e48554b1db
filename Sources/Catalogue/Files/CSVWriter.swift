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
        guard field.utf8.contains(where: { $0 == 0x2C || $0 == 0x22 || $0 == 0x0A || $0 == 0x0D }) else {
            return field
        }
        var quoted = "\""
        for scalar in field.unicodeScalars {
            if scalar == "\"" { quoted += "\"" }
            quoted.unicodeScalars.append(scalar)
        }
        return quoted + "\""
    }
}
