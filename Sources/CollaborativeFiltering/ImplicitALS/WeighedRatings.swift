/// Ratings parted by what they weigh, once for all iterations.
struct WeighedRatings {
    /// All ratings.
    let all: CompressedRows
    /// Those that count as liked.
    let liked: CompressedRows
    /// The others that have a preference.
    let others: CompressedRows
    /// Σ c y² of each row, the loss of scores of 0.
    let lossAtZero: [Double]

    init(_ ratings: CompressedRows, _ weights: ImplicitWeights) {
        all = ratings
        liked = ratings.filter(weights.isLiked)
        others = ratings.filter { !weights.isLiked($0) && weights.otherPreference != 0 }
        lossAtZero = (0..<ratings.rows).map { row in
            ratings.entries(ofRow: row).reduce(0) { $0 + Double(weights.lossAtZero(ratings.values[$1])) }
        }
    }
}
