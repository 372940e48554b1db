import Diagnostics

/// Reads an item out of a record of an items file.
///
/// Columns that the file lacks leave what the catalogue has: a file of titles alone does not erase descriptions.
struct ItemDecoder {
    /// Names of further categorical columns, in the file's order.
    let attributeNames: [String]
    /// The column of the poster's path, if the file has one.
    let posterColumn: Int?
    /// The column of the id.
    let idColumn: Int

    private let titleColumn: Int
    private let yearColumn: Int?
    private let genresColumn: Int?
    private let descriptionColumn: Int?
    private let attributeColumns: [Int]
    private let layout: ImportFile.Layout

    /// - Throws: `csv.missing_column` where the header lacks id or title.
    init(_ reader: CSVReader, layout: ImportFile.Layout) throws {
        self.layout = layout
        idColumn = try reader.requiredColumn(layout == .movieLensCSV ? "movieId" : "item_id")
        titleColumn = try reader.requiredColumn("title")
        yearColumn = reader.column("year")
        genresColumn = reader.column("genres")
        descriptionColumn = reader.column("description")
        posterColumn = reader.column("poster")
        let known = [idColumn, titleColumn, yearColumn, genresColumn, descriptionColumn, posterColumn]
        attributeColumns = layout == .coldstart ? reader.columns.indices.filter { !known.contains($0) } : []
        attributeNames = attributeColumns.map { reader.columns[$0] }
    }

    /// The item of the current record, its poster as in `base`.
    ///
    /// - Parameter base: The item as the catalogue has it, or one with nothing but its id.
    func decode(_ reader: CSVReader, onto base: Item) throws -> Item {
        var item = base
        item.title = try reader.string(titleColumn).trimmingSpaces()
        if layout == .coldstart {
            try decodeOwnColumns(reader, into: &item)
        } else {
            (item.title, item.year) = MovieLens.splitYear(item.title)
            item.genres = try movieLensGenres(reader)
        }
        guard !item.title.isEmpty else {
            throw reader.error(
                titleColumn, code: "item.empty_title", "the item has no title", fix: "give it a title")
        }
        return item
    }

    private func decodeOwnColumns(_ reader: CSVReader, into item: inout Item) throws {
        if let yearColumn { item.year = try year(reader, yearColumn) }
        if let genresColumn { item.genres = try reader.values(genresColumn) }
        if let descriptionColumn { item.description = try reader.string(descriptionColumn) }
        for (name, column) in zip(attributeNames, attributeColumns) {
            let values = try reader.values(column)
            item.attributes[name] = values.isEmpty ? nil : values
        }
    }

    private func year(_ reader: CSVReader, _ column: Int) throws -> Int? {
        guard let year = try reader.integer(column) else { return nil }
        guard let exact = Int(exactly: year), Item.years.contains(exact) else {
            throw reader.error(
                column, code: "item.year",
                "the year \(year) is not between \(Item.years.lowerBound) and "
                    + "\(Item.years.upperBound)", fix: "correct it, or leave the field empty")
        }
        return exact
    }

    private func movieLensGenres(_ reader: CSVReader) throws -> [String] {
        if layout == .movieLens100K {
            let first = reader.columns.count - MovieLens.genres100K.count
            return try MovieLens.genres100K.indices.dropFirst().filter { try reader.integer(first + $0) == 1 }
                .map { MovieLens.genres100K[$0] }
        }
        guard let genresColumn else { return [] }
        let genres = try reader.values(genresColumn)
        return genres == ["(no genres listed)"] ? [] : genres
    }
}

extension CSVReader {
    /// The column of that name.
    ///
    /// - Throws: `csv.missing_column`.
    func requiredColumn(_ name: String) throws -> Int {
        if let column = column(name) { return column }
        throw Diagnostic(
            .badData, code: "csv.missing_column",
            "the header has no column '\(name)', only \(columns.joined(separator: ", "))",
            at: Diagnostic.Location(file: path, line: max(line, 1)),
            fix: "add the column, or rename the one that holds it")
    }

    /// The id in a field.
    ///
    /// - Throws: `<kind>.empty_id` where it is empty.
    func id(_ field: Int, of kind: String) throws -> String {
        var id = try string(field)
        if id.utf8.first == 0x20 || id.utf8.last == 0x20 { id = id.trimmingSpaces() }
        guard !id.isEmpty else {
            throw error(field, code: "\(kind).empty_id", "the \(kind) has an empty id", fix: "give it an id")
        }
        return id
    }
}
