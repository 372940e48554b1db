/// The ratings that an item has so far, as fold-in reads them.
package struct RatingEvidence: Sendable {
    /// Vectors of the raters, one after another, count × d.
    private(set) var users: [Float] = []
    /// What each rater's scores are on average of items that he rated alike.
    private(set) var expected: [Float] = []
    /// Whether each rater liked the item.
    private(set) var isLiked: [Bool] = []
    /// How far each rater's vector is known, from 0, a stranger, to 1.
    private(set) var certainty: [Float] = []

    package init() {}

    /// Ratings.
    package var count: Int { expected.count }
    /// Ratings, each as far as its rater is known.
    var knownCount: Double { certainty.reduce(0) { $0 + Double($1) } }

    /// What is heard of a rating that lies so much above what was expected: of a stranger's, only what goes the way of it.
    func heard(_ surprise: Float, of rating: Int) -> Float {
        guard certainty[rating] < 1 else { return surprise }
        return isLiked[rating] ? max(surprise, 0) : min(surprise, 0)
    }

    package mutating func add(
        user: [Float], expected level: Float, isLiked liked: Bool, certainty known: Float = 1
    ) {
        users += user
        expected.append(level)
        isLiked.append(liked)
        certainty.append(known)
    }
}
