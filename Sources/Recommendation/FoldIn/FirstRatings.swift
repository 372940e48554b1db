import Catalogue
import CollaborativeFiltering
import FloatKernels

/// What fold-in wants to know of the people who rated an item that training has not placed.
struct FirstRatings {
    private let model: SnapshotModel
    private let users: any UserSource
    /// The row among learned items of an item of the catalogue.
    private let learnedRow: (Int64) throws -> Int?
    /// Of raters that the model does not know.
    private var vectors: [Int64: [Float]] = [:]

    init(
        _ model: SnapshotModel, users: any UserSource, learnedRow: @escaping (Int64) throws -> Int?
    ) {
        self.model = model
        self.users = users
        self.learnedRow = learnedRow
    }

    /// What an item's ratings say; nothing where it has none.
    mutating func evidence(_ ratings: [KeyedRating]) throws -> RatingEvidence {
        var evidence = RatingEvidence()
        for rating in ratings {
            guard let user = try users.user(key: rating.userKey) else { continue }
            let row = model.row(ofUser: user.id)
            let isLiked = rating.value >= model.foldIn.likelihood.likedFrom
            evidence.add(
                user: try row.map(model.learned.space.users.row) ?? encoded(rating.userKey, user),
                expected: model.foldIn.users.level(ofUser: row, isLiked: isLiked), isLiked: isLiked)
        }
        return evidence
    }

    /// Where attributes and the ratings of learned items put a rater.
    private mutating func encoded(_ key: Int64, _ user: User) throws -> [Float] {
        if let known = vectors[key] { return known }
        let history = try users.ratings(ofUser: key).compactMap { rating in
            try learnedRow(rating.itemKey).map {
                HistoryEntry(
                    item: $0, rating: rating.value, timestamp: rating.timestamp == 0 ? nil : rating.timestamp)
            }
        }
        let vector = model.shortened(
            model.learned.space.vector(
                of: UserProfile(history: history, attributes: user.attributes.asRow),
                prior: model.userPrior?.taste(of: user.attributes)))
        vectors[key] = vector
        return vector
    }
}
