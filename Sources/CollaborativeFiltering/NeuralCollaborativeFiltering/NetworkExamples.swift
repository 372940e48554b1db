import FloatKernels

/// What a network learns from in one pass: pairs in random order, a batch after another.
protocol NetworkExamples {
    /// Begins a pass; returns the number of batches.
    mutating func begin(using generator: inout RandomGenerator) -> Int
    /// Puts the pairs of a batch into `pairs`, which is empty.
    func fill(_ pairs: inout LabelledPairs, batch: Int, using generator: inout RandomGenerator)
}

/// Every rating as a preference, and for each like items that the user has not rated, drawn uniformly among those that
/// somebody has.
struct SampledLikes: NetworkExamples {
    private let interactions: InteractionMatrix
    private let negatives: Int
    private let otherPreference: Float
    private let batchSize: Int
    private var rated: [(user: Int32, item: Int32, isLiked: Bool)] = []
    private let drawn: [Int32]

    init(_ interactions: InteractionMatrix, negatives: Int, otherPreference: Float, batchSize: Int) {
        self.interactions = interactions
        self.otherPreference = otherPreference
        self.negatives = negatives
        self.batchSize = batchSize
        let ratings = interactions.ratings
        var isRated = [Bool](repeating: false, count: interactions.itemCount)
        for item in ratings.columnIndices { isRated[Int(item)] = true }
        drawn = isRated.indices.filter { isRated[$0] }.map(Int32.init)
        for user in 0..<interactions.userCount {
            for entry in ratings.entries(ofRow: user) {
                rated.append(
                    (
                        Int32(user), ratings.columnIndices[entry],
                        interactions.isPositive(ratings.values[entry])
                    ))
            }
        }
    }

    mutating func begin(using generator: inout RandomGenerator) -> Int {
        generator.shuffle(&rated)
        return (rated.count + batchSize - 1) / batchSize
    }

    func fill(_ pairs: inout LabelledPairs, batch: Int, using generator: inout RandomGenerator) {
        drawn.withUnsafeBufferPointer { drawn in
            interactions.ratings.withColumns { items in
                let range = batch * batchSize..<min((batch + 1) * batchSize, rated.count)
                for (user, item, isLiked) in rated[range] {
                    pairs.append(user: user, item: item, label: isLiked ? 1 : otherPreference)
                    guard isLiked else { continue }
                    let draw = NegativeDraw(items: drawn, rated: items(Int(user)))
                    for _ in 0..<negatives {
                        guard let other = draw.any(using: &generator) else { break }
                        pairs.append(user: user, item: other, label: 0)
                    }
                }
            }
        }
    }
}

/// Every rating, less a constant.
struct ShiftedRatings: NetworkExamples {
    private let batchSize: Int
    private var ratings: [(user: Int32, item: Int32, value: Float)] = []

    init(_ interactions: InteractionMatrix, less mean: Float, batchSize: Int) {
        self.batchSize = batchSize
        let rows = interactions.ratings
        for user in 0..<rows.rows {
            for entry in rows.entries(ofRow: user) {
                ratings.append((Int32(user), rows.columnIndices[entry], rows.values[entry] - mean))
            }
        }
    }

    mutating func begin(using generator: inout RandomGenerator) -> Int {
        generator.shuffle(&ratings)
        return (ratings.count + batchSize - 1) / batchSize
    }

    func fill(_ pairs: inout LabelledPairs, batch: Int, using generator: inout RandomGenerator) {
        for (user, item, value) in ratings[batch * batchSize..<min((batch + 1) * batchSize, ratings.count)] {
            pairs.append(user: user, item: item, label: value)
        }
    }
}
