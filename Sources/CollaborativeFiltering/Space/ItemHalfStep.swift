public import FloatKernels

/// Places an item that has become rated, against users that stay as they are: one half step of implicit alternating
/// least squares (Hu, Koren and Volinsky 2008, equation 5), bias included.
///
/// Over all users, Σ c (y − u·v − b)² is minimised in (v, b); pairs without a rating have y = 0 and c = 1, so the Gram
/// matrix of the users is computed once and every item only adds its raters.
public struct ItemHalfStep {
    private let users: Matrix
    private let byItem: CompressedRows
    private let weights: ImplicitWeights
    /// (d + 1) × (d + 1): Σ over users of x xᵀ, x = (u, 1), with the penalty on the diagonal.
    private let gram: [Float]

    private static let penalty: Float = 10

    /// - Parameters:
    ///   - users: users × d, in the space of the items.
    ///   - interactions: the same users' ratings.
    public init(users: Matrix, interactions: InteractionMatrix) {
        precondition(users.rows == interactions.userCount, "a vector for every user")
        self.users = users
        byItem = interactions.transposed()
        let defaults = ImplicitALS()
        weights = ImplicitWeights(
            threshold: interactions.positiveThreshold, likedConfidence: defaults.confidence,
            otherPreference: defaults.otherPreference)
        let order = users.columns + 1
        var gram = [Float](repeating: 0, count: order * order)
        for user in 0..<users.rows { Self.add(users.row(user) + [1], weight: 1, to: &gram) }
        for index in 0..<order { gram[index * order + index] += Self.penalty }
        self.gram = gram
    }

    /// The item's vector (d values) and bias.
    public func solve(item: Int) -> (vector: [Float], bias: Float) {
        let order = users.columns + 1
        var matrix = gram
        var right = [Float](repeating: 0, count: order)
        for entry in byItem.entries(ofRow: item) {
            let x = users.row(Int(byItem.columnIndices[entry])) + [1]
            let rating = byItem.values[entry]
            for index in x.indices { right[index] += weights.weightedPreference(rating) * x[index] }
            if weights.isLiked(rating) { Self.add(x, weight: weights.likedConfidence - 1, to: &matrix) }
        }
        let isSolved = matrix.withUnsafeMutableBufferPointer { matrix in
            right.withUnsafeMutableBufferPointer { right in
                guard let matrix = matrix.baseAddress, let right = right.baseAddress else { return false }
                return solvePositiveDefinite(matrix, order: order, right)
            }
        }
        guard isSolved else { return ([Float](repeating: 0, count: users.columns), 0) }
        return (Array(right.dropLast()), right[order - 1])
    }

    private static func add(_ x: [Float], weight: Float, to matrix: inout [Float]) {
        let order = x.count
        for row in 0..<order {
            for column in 0..<order { matrix[row * order + column] += weight * x[row] * x[column] }
        }
    }
}
