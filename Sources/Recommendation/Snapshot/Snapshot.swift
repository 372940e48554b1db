public import Catalogue
public import CollaborativeFiltering
import Diagnostics
public import FloatKernels

/// Everything that answers are made from, at one moment: items and users of one model version, immutable.
public struct Snapshot: Sendable {
    /// An item that has a place in the space.
    public struct PlacedItem: Sendable {
        /// Key in the catalogue.
        public let key: Int64
        /// The item as the catalogue has it.
        public let item: Item
        /// Where its vector comes from.
        public let provenance: Provenance
        /// Expected squared error of the item's score; 0 for learned items.
        public let variance: Float

        /// Whether ratings have not placed this item yet.
        public var isNew: Bool { provenance != .learned }
    }

    /// Where an item's vector comes from.
    public enum Provenance: String, Sendable, Codable {
        case learned, projected, blended
    }

    /// The model version.
    public let version: String
    /// Makes scores probabilities, see `SoftmaxScale`; nil with models of before there was that.
    public private(set) var softmaxScale: Double?
    /// Row r of `table` is `items[r]`.
    public let items: [PlacedItem]
    /// Vectors and biases of all placed items.
    public let table: ItemTable
    /// Finds the best rows of `table` for a user, and the best users for a row.
    let scan: ItemScan
    /// Items that the version does not place (added while another was active).
    public let unplacedCount: Int
    /// Users of the model.
    public let userIDs: [String]
    /// users × dimensions.
    public let users: Matrix
    /// The coordinates in which the vectors came, where another recommender learned them.
    let original: OriginalGauge?
    /// The users as `scan` asks for them, a row each.
    let queries: Matrix

    private let rowOfItem: [String: Int]
    private let rowOfKey: [Int64: Int]
    private let rowOfUser: [String: Int]
    private let userCounts: [Int]
    private let space: CollaborativeSpace
    private let userPrior: UserPrior?

    /// Reads the model's vectors and the catalogue's.
    public init(_ store: some CatalogueStore, _ model: TrainedModel) throws {
        let learned = try model.collaborative()
        try self.init(
            store, learned: learned, foldIn: try model.foldIn(learned),
            userPrior: try model.userPrior(learned), version: model.card.version)
        softmaxScale = model.card.softmaxScale
    }

    init(
        _ store: some CatalogueStore, learned: LearnedSpace, foldIn: ItemFoldIn, userPrior: UserPrior?,
        version: String
    ) throws {
        let learnedRow = Dictionary(uniqueKeysWithValues: learned.itemIDs.enumerated().map { ($1, $0) })
        let stored = Dictionary(
            uniqueKeysWithValues: try store.vectors(version: version).map { ($0.itemKey, $0) })
        let dimensions = learned.space.items.dimensions
        var items: [PlacedItem] = []
        var vectors: [Float] = []
        var biases: [Float] = []
        let all = try store.items()
        var ratings = try FirstRatings(
            store, learned: learned, foldIn: foldIn, userPrior: userPrior, version: version)
        for entry in all {
            if let row = learnedRow[entry.item.id] {
                vectors += learned.space.items.vectors.elements[(row * dimensions)..<((row + 1) * dimensions)]
                biases.append(learned.space.items.biases[row])
                items.append(PlacedItem(key: entry.key, item: entry.item, provenance: .learned, variance: 0))
            } else if let place = stored[entry.key], place.vector.count == dimensions {
                let evidence = try ratings.evidence(ofItem: entry.key)
                let blended = foldIn.blend(
                    .init(vector: place.vector, bias: place.bias, variance: place.variance), evidence)
                vectors += blended.vector
                biases.append(blended.bias)
                items.append(
                    PlacedItem(
                        key: entry.key, item: entry.item,
                        provenance: evidence.count > 0 ? .blended : .projected, variance: blended.variance))
            }
        }
        self.version = version
        self.items = items
        table = ItemTable(
            vectors: Matrix(rows: items.count, columns: dimensions, elements: vectors), biases: biases)
        scan = learned.space.scan(table)
        unplacedCount = all.count - items.count
        userIDs = learned.userIDs
        users = learned.space.users
        queries = learned.space.queries
        userCounts = learned.userCounts
        space = learned.space
        original = learned.original
        self.userPrior = userPrior
        rowOfItem = Dictionary(uniqueKeysWithValues: items.enumerated().map { ($1.item.id, $0) })
        rowOfKey = Dictionary(uniqueKeysWithValues: items.enumerated().map { ($1.key, $0) })
        rowOfUser = Dictionary(uniqueKeysWithValues: userIDs.enumerated().map { ($1, $0) })
    }

    /// What scores, where that is more than a product of vectors.
    var layers: ScoringLayers? { space.layers }

    /// The row of an item, nil where it has no place.
    public func row(ofItem id: String) -> Int? { rowOfItem[id] }

    /// The row of an item by its catalogue key.
    public func row(ofKey key: Int64) -> Int? { rowOfKey[key] }

    /// The rows of rated items that have a place, ascending.
    func rows(of ratings: [KeyedRating]) -> [Int32] {
        ratings.compactMap { rowOfKey[$0.itemKey].map(Int32.init) }.sorted()
    }

    /// The row of a user that the model has learned.
    public func row(ofUser id: String) -> Int? { rowOfUser[id] }

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
        let prior = userPrior?.taste(of: user.attributes)
        let taste = space.vector(
            of: UserProfile(history: history(ratings), attributes: user.attributes.asRow), items: table,
            prior: prior)
        guard let row = rowOfUser[user.id], userCounts[row] == 0, let prior else { return taste }
        // Learned elsewhere, from ratings that are not here: those that are take over as they come in.
        let share = prior.strength.share(ofRatings: ratings.count)
        return zip(users.row(row), taste).map { (1 - share) * $0 + share * $1 }
    }

    /// The row of a user who has the ratings that he was learned from.
    private func row(of user: User, with ratings: [KeyedRating]) -> Int? {
        rowOfUser[user.id].flatMap { userCounts[$0] == ratings.count ? $0 : nil }
    }

    private func history(_ ratings: [KeyedRating]) -> [HistoryEntry] {
        ratings.compactMap { rating in
            rowOfKey[rating.itemKey].map {
                HistoryEntry(
                    item: $0, rating: rating.value, timestamp: rating.timestamp == 0 ? nil : rating.timestamp)
            }
        }
    }
}
