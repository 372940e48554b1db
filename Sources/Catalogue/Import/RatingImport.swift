import Diagnostics

/// Imports ratings files: the bulk of every import, so keys are looked up without touching the database.
struct RatingImport {
    /// Ratings that go to the store in one call; 64 MiB, and as much again while they are put in order.
    private static let batchSize = 1 << 21

    private let transaction: any CatalogueTransaction
    private let itemKeys: [String: Int64]
    private var userKeys: [String: Int64]
    private var batch: [KeyedRating] = []

    init(in transaction: any CatalogueTransaction) throws {
        self.transaction = transaction
        itemKeys = try transaction.itemKeys()
        userKeys = try transaction.userKeys()
    }

    mutating func run(
        _ file: ImportFile, report: inout ImportReport, progress: (CSVReader, _ rows: Int) throws -> Void
    )
        throws
    {
        let reader = try CSVReader(path: file.path, dialect: file.dialect)
        let columns = try Columns(reader, layout: file.layout)
        if columns.rating == nil {
            report.warn(
                "\(file.path): there is no column 'rating', so each interaction counts as a rating of 1")
        }
        guard !itemKeys.isEmpty else {
            throw Diagnostic(
                .missingInput, code: "import.no_items", "there are ratings, but no item is known yet",
                at: Diagnostic.Location(file: file.path), fix: "import items.csv first, or with the ratings")
        }
        var unknown = UnknownItems()
        var users = UserLookup()
        var count = 0
        while try reader.next() {
            count += 1
            if count & 0xFFFF == 1 { try progress(reader, count) }
            let value = if let rating = columns.rating { try reader.float(rating) } else { Float(1) }
            guard Rating.range.contains(value) else {
                let wrong = Diagnostic.ratingOutOfRange
                throw reader.error(
                    columns.rating ?? columns.item, code: wrong.code, wrong.message, fix: wrong.fix)
            }
            let timestamp = try columns.timestamp.flatMap { try columns.time(reader, $0) } ?? 0
            let item = try reader.id(columns.item, of: "item")
            guard let itemKey = itemKeys[item] else {
                unknown.add(item, line: reader.line)
                continue
            }
            let userKey = try users.key(reader, columns.user) { id in
                try self.userKey(id, report: &report)
            }
            batch.append(KeyedRating(userKey: userKey, itemKey: itemKey, value: value, timestamp: timestamp))
            if batch.count == Self.batchSize { try flush(&report) }
        }
        try flush(&report)
        try unknown.conclude(path: file.path, ratings: count, report: &report)
    }

    private mutating func flush(_ report: inout ImportReport) throws {
        report.ratings += try transaction.merge(batch)
        batch.removeAll(keepingCapacity: true)
    }

    /// Users are made as they are met.
    private mutating func userKey(_ id: String, report: inout ImportReport) throws -> Int64 {
        if let key = userKeys[id] { return key }
        let key = try transaction.upsert(User(id: id)).key
        userKeys[id] = key
        report.users.added += 1
        return key
    }
}

extension RatingImport {
    /// Where the fields of a rating stand.
    private struct Columns {
        let user: Int
        let item: Int
        /// Nil where each record is a like, as files of RecBole may have it.
        let rating: Int?
        let timestamp: Int?
        private let isRecBole: Bool

        init(_ reader: CSVReader, layout: ImportFile.Layout) throws {
            user = try reader.requiredColumn(layout == .movieLensCSV ? "userId" : "user_id")
            item = try reader.requiredColumn(layout == .movieLensCSV ? "movieId" : "item_id")
            isRecBole = layout == .recBole
            rating = isRecBole ? reader.column("rating") : try reader.requiredColumn("rating")
            timestamp = reader.column("timestamp")
        }

        /// RecBole's seconds are floats.
        func time(_ reader: CSVReader, _ column: Int) throws -> Int64? {
            isRecBole ? try reader.seconds(column) : try reader.integer(column)
        }
    }

    /// Ratings files mostly come by user: the key of the last one is at hand.
    private struct UserLookup {
        private var lastID: [UInt8] = []
        private var lastKey: Int64 = 0

        mutating func key(_ reader: CSVReader, _ column: Int, otherwise find: (String) throws -> Int64) throws
            -> Int64
        {
            let bytes = reader.bytes(column)
            if !lastID.isEmpty, lastID.elementsEqual(bytes) { return lastKey }
            lastKey = try find(try reader.id(column, of: "user"))
            lastID.removeAll(keepingCapacity: true)
            lastID.append(contentsOf: bytes)
            return lastKey
        }
    }

    /// Ratings whose item is not in the catalogue: left out and told, as long as others are known.
    private struct UnknownItems {
        private var count = 0
        private var examples: [String] = []

        mutating func add(_ item: String, line: Int) {
            count += 1
            if examples.count < 3 { examples.append("'\(item)' in line \(line)") }
        }

        func conclude(path: String, ratings: Int, report: inout ImportReport) throws {
            guard ratings > 0 else {
                throw Diagnostic(
                    .badData, code: "csv.empty", "the file holds no rating",
                    at: Diagnostic.Location(file: path),
                    fix: "add a line for each rating")
            }
            guard count > 0 else { return }
            let names = examples.joined(separator: ", ") + (count > examples.count ? ", …" : "")
            guard count < ratings else {
                throw Diagnostic(
                    .badData, code: "import.no_known_item",
                    "none of the \(ratings) ratings is of an item in the catalogue: \(names)",
                    at: Diagnostic.Location(file: path), fix: "import the items that belong to these ratings")
            }
            report.ratingsOfUnknownItems += count
            report.warn(
                "\(path): \(count) of \(ratings) ratings left out, their items are not in the catalogue: \(names)"
            )
        }
    }
}
