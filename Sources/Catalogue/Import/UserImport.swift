import Diagnostics

/// Imports one users file.
struct UserImport {
    let file: ImportFile

    func run(
        in transaction: any CatalogueTransaction, report: inout ImportReport,
        progress: (CSVReader, _ rows: Int) throws -> Void
    ) throws {
        let reader = try CSVReader(path: file.path, dialect: file.dialect)
        let idColumn = try reader.requiredColumn("user_id")
        var attributeColumns = reader.columns.indices.filter { $0 != idColumn }
        if file.layout == .recBole {
            let (kept, leftOut) = RecBole.categories(
                attributeColumns, of: reader, types: [.token, .tokens, .number])
            attributeColumns = kept
            if !leftOut.isEmpty { report.warn(RecBole.warning(leftOut, path: file.path)) }
        }
        var lines: [String: Int] = [:]
        while try reader.next() {
            let id = try reader.id(idColumn, of: "user")
            if let line = lines.updateValue(reader.line, forKey: id) {
                throw reader.error(
                    idColumn, code: "user.duplicate", "user '\(id)' is in line \(line) already",
                    fix: "keep one of the two lines")
            }
            var user = try transaction.user(id: id)?.user ?? User(id: id)
            for column in attributeColumns {
                let value = try value(reader, column)
                user.attributes[reader.columns[column]] = value.isEmpty ? nil : value
            }
            report.users.count(try transaction.upsert(user).change)
            if lines.count % 64 == 0 { try progress(reader, lines.count) }
        }
        guard !lines.isEmpty else {
            throw Diagnostic(
                .badData, code: "csv.empty", "the file holds no user",
                at: Diagnostic.Location(file: file.path, line: max(reader.line, 1)),
                fix: "add a line for each user")
        }
    }

    private func value(_ reader: CSVReader, _ column: Int) throws -> String {
        let value = try reader.string(column).trimmingSpaces()
        guard file.layout == .movieLens1M, reader.columns[column] == "occupation", let code = Int(value),
            MovieLens.occupations1M.indices.contains(code)
        else { return value }
        return MovieLens.occupations1M[code]
    }
}
