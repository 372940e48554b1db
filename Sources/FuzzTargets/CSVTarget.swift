import Catalogue
import Diagnostics

/// Delimited text, plain or gzip: reading it, and that what is written of it is read back the same.
enum CSVTarget {
    static func run(_ bytes: [UInt8]) throws {
        let records = try read(bytes)
        var writer = CSVWriter(columns: records[0])
        records.dropFirst().forEach { writer.append($0) }
        let again = try read(Array(writer.text.utf8))
        precondition(again == records, "what was written reads otherwise")
    }

    /// The names of the columns, and then the records.
    private static func read(_ bytes: [UInt8]) throws -> [[String]] {
        let reader = try CSVReader(path: try ScratchFolder.shared.write(bytes, to: "table.csv"))
        var records = [reader.columns]
        while try reader.next() {
            records.append(
                try reader.columns.indices.map { field in
                    let place = reader.location(field)
                    precondition(
                        place.line ?? 0 >= reader.line && place.column ?? 0 >= 1, "a field without a place")
                    if let number = try? reader.float(field) {
                        precondition(number.isFinite, "a number is not finite")
                    }
                    _ = try? reader.integer(field)
                    let values = try reader.values(field)
                    precondition(values.allSatisfy { !$0.isEmpty }, "an empty value")
                    return try reader.string(field)
                })
        }
        return records
    }
}
