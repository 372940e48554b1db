import Catalogue
import CollaborativeFiltering
import FloatKernels

/// Reads the ratings of items that training has not placed, with what fold-in wants to know of their raters.
struct FirstRatings {
    private let store: any CatalogueStore
    private let learned: LearnedSpace
    private let foldIn: ItemFoldIn
    private let userPrior: UserPrior?
    private let ratings: [Int64: [KeyedRating]]
    /// Read when the first rating is met.
    private var users: [Int64: User]?
    private var rowOfUser: [String: Int] = [:]
    /// Of raters that the model does not know.
    private var vectors: [Int64: [Float]] = [:]
    private var rowOfItem: [Int64: Int] = [:]

    init(
        _ store: any CatalogueStore, learned: LearnedSpace, foldIn: ItemFoldIn, userPrior: UserPrior?,
        version: String
    ) throws {
        self.store = store
        self.learned = learned
        self.foldIn = foldIn
        self.userPrior = userPrior
        ratings = Dictionary(grouping: try store.ratings(ofItemsPlacedBy: version), by: \.itemKey)
    }

    /// What an item's ratings say; nothing where it has none.
    mutating func evidence(ofItem key: Int64) throws -> RatingEvidence {
        var evidence = RatingEvidence()
        for rating in ratings[key] ?? [] {
            let row = try row(ofUser: rating.userKey)
            let isLiked = rating.value >= foldIn.likelihood.likedFrom
            evidence.add(
                user: try row.map(learned.space.users.row) ?? encoded(rating.userKey),
                expected: foldIn.users.level(ofUser: row, isLiked: isLiked), isLiked: isLiked)
        }
        return evidence
    }

    private mutating func row(ofUser key: Int64) throws -> Int? {
        if users == nil {
            users = Dictionary(uniqueKeysWithValues: try store.users().map { ($0.key, $0.user) })
            rowOfUser = Dictionary(uniqueKeysWithValues: learned.userIDs.enumerated().map { ($1, $0) })
        }
        return users?[key].flatMap { rowOfUser[$0.id] }
    }

    /// Where attributes and the ratings of placed items put a rater.
    private mutating func encoded(_ key: Int64) throws -> [Float] {
        if let known = vectors[key] { return known }
        if rowOfItem.isEmpty {
            let row = Dictionary(uniqueKeysWithValues: learned.itemIDs.enumerated().map { ($1, $0) })
            for entry in try store.items() { rowOfItem[entry.key] = row[entry.item.id] }
        }
        let history = try store.ratings(ofUser: key).compactMap { rating in
            rowOfItem[rating.itemKey].map {
                HistoryEntry(
                    item: $0, rating: rating.value, timestamp: rating.timestamp == 0 ? nil : rating.timestamp)
            }
        }
        let attributes = users?[key]?.attributes ?? [:]
        let vector = learned.space.vector(
            of: UserProfile(history: history, attributes: attributes.asRow),
            prior: userPrior?.taste(of: attributes))
        vectors[key] = vector
        return vector
    }
}
