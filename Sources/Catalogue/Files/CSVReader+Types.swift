extension CSVReader {
    /// Takes the fields of the header line apart, each of which is `name:type`.
    ///
    /// - Throws: `csv.column_type` where a field has no name, or no type that there is.
    func typed(_ header: [String]) throws -> (names: [String], types: [ColumnType]) {
        var names: [String] = []
        var types: [ColumnType] = []
        for (field, text) in header.enumerated() {
            guard let colon = text.lastIndex(of: ":"),
                let type = ColumnType(rawValue: text[text.index(after: colon)...].trimmingSpaces()),
                case let name = text[..<colon].trimmingSpaces(), !name.isEmpty
            else {
                throw error(
                    field, code: "csv.column_type", "the column '\(text)' does not say its name and type",
                    fix: "write it as 'user_id:token'; types are token, token_seq, float and float_seq, "
                        + "and a tab stands between columns")
            }
            names.append(name)
            types.append(type)
        }
        return (names, types)
    }
}
