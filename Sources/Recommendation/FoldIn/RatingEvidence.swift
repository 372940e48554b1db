/// The ratings that an item has so far, as fold-in reads them.
package struct RatingEvidence: Sendable {
    /// Vectors of the raters, one after another, count × d.
    private(set) var users: [Float] = []
    /// What each rater's scores are on average of items that he rated alike.
    private(set) var expected: [Float] = []
    /// Whether each rater liked the item.
    private(set) var isLiked: [Bool] = []

    package init() {}

    /// Ratings.
    package var count: Int { expected.count }

    package mutating func add(user: [Float], expected level: Float, isLiked liked: Bool) {
        users += user
        expected.append(level)
        isLiked.append(liked)
    }
}
