#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Where biases start: where they would end if there were nothing else. So the layers learn what sets users apart from the
/// first step on.
struct StartingBiases {
    /// What scores are relative to: the mean rating where these are fitted, else 0.
    private(set) var mean: Float = 0
    private(set) var users: [Float]
    private(set) var items: [Float]

    /// Ratings of the mean that a user or an item is given besides its own.
    private static let prior: Float = 10

    init(_ interactions: InteractionMatrix, loss: NetworkLoss, negatives: Int) {
        users = [Float](repeating: 0, count: interactions.userCount)
        items = [Float](repeating: 0, count: interactions.itemCount)
        switch loss {
        case .logistic: items = Self.logOdds(interactions, negatives: negatives)
        case .squared:
            let byUser = interactions.ratings, byItem = interactions.transposed()
            mean = Float(byUser.values.reduce(0.0) { $0 + Double($1) } / Double(max(byUser.values.count, 1)))
            items = Self.meanResiduals(byItem, less: users, mean)
            users = Self.meanResiduals(byUser, less: items, mean)
        }
    }

    /// Of every item the logarithm of its likes over the times that it is drawn, half a like being given to each.
    private static func logOdds(_ interactions: InteractionMatrix, negatives: Int) -> [Float] {
        var likes = [Float](repeating: 0, count: interactions.itemCount)
        var isRated = [Bool](repeating: false, count: interactions.itemCount)
        for (item, rating) in zip(interactions.ratings.columnIndices, interactions.ratings.values) {
            isRated[Int(item)] = true
            if interactions.isPositive(rating) { likes[Int(item)] += 1 }
        }
        let rated = Float(isRated.count { $0 })
        let draws = max(likes.reduce(0, +) * Float(negatives) / max(rated, 1), 1)
        return likes.map { log(($0 + 0.5) / draws) }
    }

    /// Of every row the mean of what its values exceed `mean` and the columns' biases by, shrunk towards 0.
    private static func meanResiduals(
        _ ratings: CompressedRows, less columns: [Float], _ mean: Float
    ) -> [Float] {
        (0..<ratings.rows).map { row in
            let entries = ratings.entries(ofRow: row)
            let sum = entries.reduce(Float(0)) {
                $0 + ratings.values[$1] - mean - columns[Int(ratings.columnIndices[$1])]
            }
            return sum / (Float(entries.count) + prior)
        }
    }
}
