import CollaborativeFiltering

/// Predictions without vectors: μ + b_user + b_item, the biases by ridge regression, in turn (Y. Koren, "Factor in the
/// Neighbors", TKDD 4, 2010, section 2.1).
struct RatingBaselines {
    private let mean: Float
    private var users: [Float], items: [Float]

    /// λ of either side's biases, and how often each side is fitted.
    private static let l2: Float = 5
    private static let sweeps = 10

    init(_ training: InteractionMatrix) {
        mean = Self.mean(training)
        users = [Float](repeating: 0, count: training.userCount)
        items = [Float](repeating: 0, count: training.itemCount)
        let byItem = training.transposed()
        for _ in 0..<Self.sweeps {
            items = Self.biases(byItem, mean: mean, others: users)
            users = Self.biases(training.ratings, mean: mean, others: items)
        }
    }

    func rating(_ user: Int, _ item: Int) -> Float { mean + users[user] + items[item] }

    static func mean(_ training: InteractionMatrix) -> Float {
        Float(
            training.ratings.values.reduce(0.0) { $0 + Double($1) } / Double(max(training.count, 1)))
    }

    private static func biases(_ ratings: CompressedRows, mean: Float, others: [Float]) -> [Float] {
        (0..<ratings.rows).map { row in
            let entries = ratings.entries(ofRow: row)
            let sum = entries.reduce(Float(0)) {
                $0 + ratings.values[$1] - mean - others[Int(ratings.columnIndices[$1])]
            }
            return sum / (Float(entries.count) + l2)
        }
    }
}
