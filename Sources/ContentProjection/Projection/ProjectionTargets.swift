public import FloatKernels

/// Where the collaborative model put the items that have ratings: what the projection learns to hit.
public struct ProjectionTargets: Sendable {
    /// items × (dimensions + 1): the vector, then the bias. In the canonical gauge of the collaborative model squared error here
    /// *is* the mean squared error over users' scores.
    public let placements: Matrix
    /// Ratings of every item.
    public let counts: [Int]

    /// - Parameters:
    ///   - vectors: items × dimensions.
    ///   - biases: one an item.
    ///   - counts: how many ratings each item has.
    public init(vectors: Matrix, biases: [Float], counts: [Int]) {
        precondition(vectors.rows == biases.count && biases.count == counts.count)
        var placements = Matrix(rows: vectors.rows, columns: vectors.columns + 1)
        for row in 0..<vectors.rows {
            for column in 0..<vectors.columns { placements[row, column] = vectors[row, column] }
            placements[row, vectors.columns] = biases[row]
        }
        self.init(placements: placements, counts: counts)
    }

    init(placements: Matrix, counts: [Int]) {
        self.placements = placements
        self.counts = counts
    }

    /// The targets of some of the items.
    public func selecting(_ rows: [Int]) -> ProjectionTargets {
        ProjectionTargets(placements: placements.selectingRows(rows), counts: rows.map { counts[$0] })
    }
}
