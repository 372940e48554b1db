import Catalogue
import CollaborativeFiltering
import FloatKernels

/// Where one item stands.
struct PlacedRow {
    let entry: Snapshot.PlacedItem
    /// d values.
    let vector: [Float]
    let bias: Float
}

/// The rows of a snapshot while they are gathered.
struct PlacedRows {
    private let dimensions: Int
    private(set) var items: [Snapshot.PlacedItem] = []
    private var vectors: [Float] = []
    private var biases: [Float] = []

    init(dimensions: Int) { self.dimensions = dimensions }

    var table: ItemTable {
        ItemTable(
            vectors: Matrix(rows: items.count, columns: dimensions, elements: vectors), biases: biases)
    }

    mutating func append(_ row: PlacedRow) {
        items.append(row.entry)
        vectors += row.vector
        biases.append(row.bias)
    }

    /// Rows of a snapshot as they are.
    mutating func append(_ rows: Range<Int>, of snapshot: Snapshot) {
        items += snapshot.items[rows]
        vectors +=
            snapshot.table.vectors.elements[(rows.lowerBound * dimensions)..<(rows.upperBound * dimensions)]
        biases += snapshot.table.biases[rows]
    }
}

/// Says where items of the catalogue stand: as learned, or where content and first ratings put them.
struct PlaceReader {
    private let model: SnapshotModel
    private var ratings: FirstRatings

    init(
        _ model: SnapshotModel, users: any UserSource, learnedRow: @escaping (Int64) throws -> Int?
    ) {
        self.model = model
        ratings = FirstRatings(model, users: users, learnedRow: learnedRow)
    }

    /// Nil where the version does not place the item.
    mutating func place(_ entry: StoredItem, stored: ItemVector?, ratings own: [KeyedRating]) throws
        -> PlacedRow?
    {
        let table = model.learned.space.items
        if let row = model.row(ofItem: entry.item.id) {
            return PlacedRow(
                entry: .init(
                    key: entry.key, item: entry.item, provenance: .learned, variance: 0),
                vector: table.vectors.row(row), bias: table.biases[row])
        }
        guard let stored, stored.vector.count == table.dimensions else { return nil }
        let evidence = try ratings.evidence(own)
        let blended = model.foldIn.blend(
            .init(vector: stored.vector, bias: stored.bias, variance: stored.variance), evidence)
        return PlacedRow(
            entry: .init(
                key: entry.key, item: entry.item, provenance: evidence.count > 0 ? .blended : .projected,
                variance: blended.variance),
            vector: blended.vector, bias: blended.bias)
    }
}
