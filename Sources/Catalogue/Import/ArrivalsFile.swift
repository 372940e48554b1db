public import Diagnostics

/// New items in a CSV file with the columns of items.csv, read row by row so that each can succeed or fail for itself.
public struct ArrivalsFile: Sendable {
    /// A poster named by a row.
    public struct Poster: Sendable {
        /// Path of the file, relative to the current folder.
        public let path: String
    }

    private let path: String

    /// The file at `path`; it is opened by `forEachRow`.
    public init(path: String) { self.path = path }

    /// Reads the rows in order; a row with a mistake comes as a failure that names its line.
    ///
    /// - Parameter monitor: told of every row before `body` is called, by bytes of the file.
    /// - Throws: where the file cannot be read as CSV at all, what `body` throws, or `interrupted`.
    public func forEachRow(
        monitor: WorkMonitor = .silent,
        _ body: (Result<(item: Item, poster: Poster?), Diagnostic>) throws -> Void
    ) throws {
        let reader = try CSVReader(path: path)
        let decoder = try ItemDecoder(reader, layout: .coldstart)
        let finder = PosterFinder(itemsFile: path)
        let progress = ImportProgress([path], monitor: monitor)
        var rows = 0
        while try reader.next() {
            try progress.report("Adding items", reader, rows: rows, "items")
            rows += 1
            let row: Result<(item: Item, poster: Poster?), Diagnostic>
            do {
                let id = try reader.id(decoder.idColumn, of: "item")
                let item = try decoder.decode(reader, onto: Item(id: id, title: ""))
                let written = try decoder.posterColumn.map { try reader.string($0) } ?? ""
                row = .success((item, finder.path(id: id, written: written).map(Poster.init)))
            } catch let fault as Diagnostic {
                row = .failure(fault)
            }
            try body(row)
        }
    }
}
