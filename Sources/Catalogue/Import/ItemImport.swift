import Diagnostics

/// Imports one items file.
struct ItemImport {
    let file: ImportFile
    let skippingBadPosters: Bool

    func run(
        in transaction: any CatalogueTransaction, posters: inout PosterImport, report: inout ImportReport,
        progress: (CSVReader, _ rows: Int) throws -> Void
    ) throws {
        let reader = try CSVReader(path: file.path, dialect: file.dialect)
        let decoder = try ItemDecoder(reader, layout: file.layout)
        let finder = PosterFinder(itemsFile: file.path)
        try transaction.declareAttributes(decoder.attributeNames)
        if !decoder.leftOut.isEmpty { report.warn(RecBole.warning(decoder.leftOut, path: file.path)) }
        var lines: [String: Int] = [:]
        var unreadYears: (count: Int, first: String) = (0, "")
        while try reader.next() {
            let id = try reader.id(decoder.idColumn, of: "item")
            if let line = lines.updateValue(reader.line, forKey: id) {
                throw reader.error(
                    decoder.idColumn, code: "item.duplicate", "item '\(id)' is in line \(line) already",
                    fix: "keep one of the two lines")
            }
            let base = try transaction.item(id: id)?.item ?? Item(id: id, title: "")
            var item = try decoder.decode(reader, onto: base)
            if let year = try decoder.unreadYear(reader) {
                if unreadYears.count == 0 { unreadYears.first = "'\(year)' in line \(reader.line)" }
                unreadYears.count += 1
            }
            let written = try decoder.posterColumn.map { try reader.string($0).trimmingSpaces() }
            if let path = finder.path(id: id, written: written ?? "") {
                let place = reader.location(decoder.posterColumn ?? decoder.idColumn)
                item.poster = try poster(path, of: id, at: place, posters: &posters, report: &report)
            } else if written != nil {
                item.poster = nil
            }
            report.items.count(try transaction.upsert(item).change)
            if lines.count % 64 == 0 { try progress(reader, lines.count) }
        }
        guard !lines.isEmpty else {
            throw Diagnostic(
                .badData, code: "csv.empty", "the file holds no item",
                at: Diagnostic.Location(file: file.path, line: max(reader.line, 1)),
                fix: "add a line for each item")
        }
        if unreadYears.count > 0 {
            report.warn(
                "\(file.path): \(unreadYears.count) items are without a year, as theirs is none: "
                    + "the first is \(unreadYears.first)")
        }
    }

    /// The poster, or nil where it is bad and bad posters are skipped.
    private func poster(
        _ path: String, of item: String, at place: Diagnostic.Location, posters: inout PosterImport,
        report: inout ImportReport
    ) throws -> PosterReference? {
        do {
            return try posters.take(path, of: item, at: place)
        } catch let error as Diagnostic where skippingBadPosters && error.kind != .unavailable {
            if error.kind == .interrupted { throw error }
            report.skippedPosters += 1
            report.warn("\(place): \(error.message)")
            return nil
        }
    }
}
