import Diagnostics

/// Reads an item out of a record of an items file.
///
/// Columns that the file lacks leave what the catalogue has: a file of titles alone does not erase descriptions.
struct ItemDecoder {
    /// Names of further categorical columns, in the file's order.
    let attributeNames: [String]
    /// Names of columns that a catalogue has no place for.
    let leftOut: [String]
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
        let isRecBole = layout == .recBole
        titleColumn =
            try (isRecBole ? reader.column(anyOf: RecBole.titles) : nil) ?? reader.requiredColumn("title")
        yearColumn = isRecBole ? reader.column(anyOf: RecBole.years) : reader.column("year")
        genresColumn = isRecBole ? reader.column(anyOf: RecBole.genres) : reader.column("genres")
        descriptionColumn = reader.column("description")
        posterColumn = reader.column("poster")
        let known = [idColumn, titleColumn, yearColumn, genresColumn, descriptionColumn, posterColumn]
        let others = reader.columns.indices.filter { !known.contains($0) }
        (attributeColumns, leftOut) =
            switch layout {
            case .coldstart: (others, [])
            case .recBole: RecBole.categories(others, of: reader, types: [.token, .tokens])
            default: ([], [])
            }
        attributeNames = attributeColumns.map { reader.columns[$0] }
    }

    /// The item of the current record, its poster as in `base`.
    ///
    /// - Parameter base: The item as the catalogue has it, or one with nothing but its id.
    func decode(_ reader: CSVReader, onto base: Item) throws -> Item {
        var item = base
        item.title = try reader.string(titleColumn).trimmingSpaces()
        if layout == .coldstart || layout == .recBole {
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
        if let genresColumn { item.genres = try values(reader, genresColumn) }
        if let descriptionColumn { item.description = try reader.string(descriptionColumn) }
        for (name, column) in zip(attributeNames, attributeColumns) {
            let values = try values(reader, column)
            item.attributes[name] = values.isEmpty ? nil : values
        }
    }

    /// What stands in the current record for a year and is none, where the layout has words there and no numbers.
    func unreadYear(_ reader: CSVReader) throws -> String? {
        guard layout == .recBole, let yearColumn, try year(reader, yearColumn) == nil else { return nil }
        let text = try reader.string(yearColumn).trimmingSpaces()
        return text.isEmpty ? nil : text
    }

    /// Several values; a sequence of tokens has blanks between them.
    private func values(_ reader: CSVReader, _ column: Int) throws -> [String] {
        let values = try reader.values(column)
        guard layout == .recBole, reader.types[column] == .tokens else { return values }
        return values.flatMap { $0.split(separator: " ").map(String.init) }
    }

    private func year(_ reader: CSVReader, _ column: Int) throws -> Int? {
        if layout == .recBole {
            let number = Double(try reader.string(column).trimmingSpaces())
            return number.flatMap { Int(exactly: $0) }.flatMap { Item.years.contains($0) ? $0 : nil }
        }
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
    /// The column of the first of these names that there is, or nil.
    func column(anyOf names: [String]) -> Int? { names.lazy.compactMap { self.column($0) }.first }

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
