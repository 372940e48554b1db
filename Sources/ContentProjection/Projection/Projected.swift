public import FloatKernels

/// Where content says that items belong.
public struct Projected: Sendable {
    /// items × dimensions.
    public let vectors: Matrix
    /// The score of every item for the average user.
    public let biases: [Float]
    /// Expected squared error of the item's score, over users (the trace of the posterior covariance).
    public let variances: [Float]

    init(placements: Matrix, variances: [Float]) {
        let dimensions = placements.columns - 1
        var vectors = Matrix(rows: placements.rows, columns: dimensions)
        for row in 0..<placements.rows {
            for column in 0..<dimensions { vectors[row, column] = placements[row, column] }
        }
        self.vectors = vectors
        self.biases = (0..<placements.rows).map { placements[$0, dimensions] }
        self.variances = variances
    }
}
