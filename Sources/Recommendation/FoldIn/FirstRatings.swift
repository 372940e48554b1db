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
    private var strangers: [Int64: Stranger] = [:]

    /// A rater that the model does not know: where he stands, and how far that is known.
    private struct Stranger {
        let vector: [Float]
        let certainty: Float
    }

    /// For models of before there was a prior of users: only the number of ratings enters.
    private static let fallback = TastePrior.Strength(halfway: 5, precision: 1)

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
            let isLiked = rating.value >= model.foldIn.likelihood.likedFrom
            let levels = model.foldIn.users
            if let row = model.row(ofUser: user.id) {
                evidence.add(
                    user: model.learned.space.users.row(row),
                    expected: levels.level(ofUser: row, isLiked: isLiked), isLiked: isLiked)
            } else {
                let stranger = try stranger(rating.userKey, user)
                evidence.add(
                    user: stranger.vector,
                    expected: levels.level(ofStranger: stranger.certainty, isLiked: isLiked),
                    isLiked: isLiked, certainty: stranger.certainty)
            }
        }
        return evidence
    }

    /// Where attributes and the ratings of learned items put a rater.
    private mutating func stranger(_ key: Int64, _ user: User) throws -> Stranger {
        if let known = strangers[key] { return known }
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
        let strength = model.userPrior?.strength ?? Self.fallback
        let stranger = Stranger(vector: vector, certainty: strength.share(ofRatings: history.count))
        strangers[key] = stranger
        return stranger
    }
}
