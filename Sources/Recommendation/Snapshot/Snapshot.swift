public import Catalogue
public import CollaborativeFiltering
import Diagnostics
public import FloatKernels

/// Everything that answers are made from, at one moment: items and users of one model version, immutable.
public struct Snapshot: Sendable {
    /// An item that has a place in the space; an object, so that a snapshot made from another shares what has not changed.
    public final class PlacedItem: Sendable {
        /// Key in the catalogue.
        public let key: Int64
        /// The item as the catalogue has it.
        public let item: Item
        /// Where its vector comes from.
        public let provenance: Provenance
        /// Expected squared error of the item's score; 0 for learned items.
        public let variance: Float

        init(key: Int64, item: Item, provenance: Provenance, variance: Float) {
            self.key = key
            self.item = item
            self.provenance = provenance
            self.variance = variance
        }

        /// Whether ratings have not placed this item yet.
        public var isNew: Bool { provenance != .learned }
    }

    /// Where an item's vector comes from.
    public enum Provenance: String, Sendable, Codable {
        case learned, projected, blended
    }

    /// Row r of `table` is `items[r]`; by key.
    public let items: [PlacedItem]
    /// Vectors and biases of all placed items.
    public let table: ItemTable
    /// Items that the version does not place (added while another was active).
    public let unplacedCount: Int
    let model: SnapshotModel
    /// Finds the best rows of `table` for a user, and the best users for a row.
    let scan: ItemScan
    /// The users as `scan` asks for them, a row each.
    let queries: Matrix
    /// The items by what filters ask for.
    let index: ItemIndex
    let directory: ItemDirectory

    /// Reads the model's vectors and the catalogue's.
    public init(_ store: some CatalogueStore, _ model: TrainedModel) throws {
        try self.init(store, SnapshotModel(model))
    }

    init(_ store: some CatalogueStore, _ model: SnapshotModel, users: (any UserSource)? = nil) throws {
        let stored = Dictionary(
            uniqueKeysWithValues: try store.vectors(version: model.version).map { ($0.itemKey, $0) })
        let ratings = Dictionary(
            grouping: try store.ratings(ofItemsPlacedBy: model.version), by: \.itemKey)
        let all = try store.items()
        var learnedRow: [Int64: Int] = [:]
        if !ratings.isEmpty { for entry in all { learnedRow[entry.key] = model.row(ofItem: entry.item.id) } }
        var places = PlaceReader(
            model, users: users ?? StoredUsers(store), learnedRow: { [learnedRow] in learnedRow[$0] })
        var rows = PlacedRows(dimensions: model.learned.space.items.dimensions)
        for entry in all {
            try places.place(entry, stored: stored[entry.key], ratings: ratings[entry.key] ?? []).map {
                rows.append($0)
            }
        }
        self.init(rows, model, unplacedCount: all.count - rows.items.count)
    }

    /// - Parameter directory: of the rows; made from them if nil.
    init(
        _ rows: PlacedRows, _ model: SnapshotModel, unplacedCount: Int, directory: ItemDirectory? = nil
    ) {
        self.model = model
        self.unplacedCount = unplacedCount
        items = rows.items
        index = ItemIndex(rows.items)
        table = rows.table
        scan = model.learned.space.scan(table)
        queries = model.learned.space.queries
        self.directory = directory ?? ItemDirectory(rows.items)
    }

    /// The model version.
    public var version: String { model.version }
    /// Users of the model.
    public var userIDs: [String] { model.learned.userIDs }
    /// users × dimensions.
    public var users: Matrix { space.users }
    /// Makes scores probabilities, see `SoftmaxScale`; nil with models of before there was that.
    public var softmaxScale: Double? { model.softmaxScale }
    /// The coordinates in which the vectors came, where another recommender learned them.
    var original: OriginalGauge? { model.learned.original }
    /// What scores, where that is more than a product of vectors.
    var layers: ScoringLayers? { space.layers }
    private var space: CollaborativeSpace { model.learned.space }

    /// The row of an item, nil where it has no place.
    public func row(ofItem id: String) -> Int? { directory.rowOfItem[id] }

    /// How many ratings had an item when the model was trained; 0 where that has not learned it.
    func trainedRatings(ofItem id: String) -> Int { model.ratings(ofItem: id) }

    /// The row of an item by its catalogue key.
    public func row(ofKey key: Int64) -> Int? { directory.rowOfKey[key] }

    /// The rows of rated items that have a place, ascending.
    func rows(of ratings: [KeyedRating]) -> [Int32] {
        ratings.compactMap { directory.rowOfKey[$0.itemKey].map(Int32.init) }.sorted()
    }

    /// The row of a user that the model has learned.
    public func row(ofUser id: String) -> Int? { model.row(ofUser: id) }

    /// A user as `scan` asks for one: as learned, or from attributes and ratings where there are other ratings than at training.
    public func query(of user: User, ratings: [KeyedRating]) -> [Float] {
        if let row = row(of: user, with: ratings) { return queries.row(row) }
        return space.query(taste: taste(of: user, ratings: ratings), attributes: user.attributes.asRow)
    }

    /// A user's vector, d values.
    ///
    /// A user without ratings stands where his attributes put him; without these at the centre: items come by their
    /// bias, what the average user wants.
    func taste(of user: User, ratings: [KeyedRating]) -> [Float] {
        if let row = row(of: user, with: ratings) { return users.row(row) }
        return encodedTaste(of: user, ratings: ratings)
    }

    /// Whether users are encoded from their ratings.
    var encodesUsers: Bool { space.encoder != nil }

    /// The query of a user as the encoder makes it, also of one whom training has seen with these ratings.
    func encodedQuery(of user: User, ratings: [KeyedRating]) -> [Float] {
        space.query(
            taste: encodedTaste(of: user, ratings: ratings), attributes: user.attributes.asRow)
    }

    private func encodedTaste(of user: User, ratings: [KeyedRating]) -> [Float] {
        let prior = model.userPrior?.taste(of: user.attributes)
        let taste = space.vector(
            of: UserProfile(history: history(ratings), attributes: user.attributes.asRow), items: table,
            prior: prior)
        guard let row = row(ofUser: user.id), model.learned.userCounts[row] == 0, let prior else {
            return taste
        }
        // Learned elsewhere, from ratings that are not here: those that are take over as they come in.
        let share = prior.strength.share(ofRatings: ratings.count)
        return zip(users.row(row), taste).map { (1 - share) * $0 + share * $1 }
    }

    /// The row of a user who has the ratings that he was learned from.
    private func row(of user: User, with ratings: [KeyedRating]) -> Int? {
        row(ofUser: user.id).flatMap { model.learned.userCounts[$0] == ratings.count ? $0 : nil }
    }

    private func history(_ ratings: [KeyedRating]) -> [HistoryEntry] {
        ratings.compactMap { rating in
            directory.rowOfKey[rating.itemKey].map {
                HistoryEntry(
                    item: $0, rating: rating.value, timestamp: rating.timestamp == 0 ? nil : rating.timestamp)
            }
        }
    }
}
