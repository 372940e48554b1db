public import FloatKernels

/// The coordinates in which another recommender's factors came, and the way back to them.
///
/// With p = L u + m and v = Lᵀq, b = b₀ + m·q, as `CanonicalGauge` has it,
///
///     q = L⁻ᵀ v,   b₀ = b − m·q,   p = L u + m,
///
/// and p·q + b₀ = u·v + b: whoever goes on with the other recommender gets the same scores.
public struct OriginalGauge: Sendable, Equatable {
    /// L, d × d, lower triangular.
    public let factor: Matrix
    /// m, d values.
    public let mean: [Float]
    /// Whether items have a bias b₀ there; else it is 0.
    public let hasBiases: Bool

    /// The way back, from its parts.
    public init(factor: Matrix, mean: [Float], hasBiases: Bool) {
        precondition(factor.rows == factor.columns && factor.rows == mean.count, "a square L and its m")
        self.factor = factor
        self.mean = mean
        self.hasBiases = hasBiases
    }

    /// Coordinates that are those of the canonical gauge itself.
    init(identity dimensions: Int, hasBiases: Bool) {
        var factor = Matrix(rows: dimensions, columns: dimensions)
        for i in 0..<dimensions { factor[i, i] = 1 }
        self.init(
            factor: factor, mean: [Float](repeating: 0, count: dimensions), hasBiases: hasBiases)
    }

    /// Items of the canonical gauge (items × d, with their biases) in the original coordinates.
    ///
    /// Where there are no biases there, an item becomes the q whose scores differ least from u·v + b over all users: with
    /// a = L⁻¹m, of all v′ the one that minimises ‖v′ − v‖² + (a·v′ − b)². For items that were imported, and for
    /// those placed by content, which is linear in them, a·v is b but for rounding, and they are left as they are.
    public func items(_ table: ItemTable, pool: ThreadPool) -> ItemTable {
        let inverse = Cholesky(lower: factor).inverseOfLower(pool: pool)
        var canonical = table.vectors
        if !hasBiases { moveToBias(&canonical, table.biases, inverse, pool: pool) }
        let vectors = matrixProduct(canonical, inverse, pool: pool)
        guard hasBiases else {
            return ItemTable(vectors: vectors, biases: [Float](repeating: 0, count: table.count))
        }
        let shares = matrixProduct(vectors, column(mean), pool: pool).elements
        return ItemTable(vectors: vectors, biases: zip(table.biases, shares).map { $0 - $1 })
    }

    /// Users of the canonical gauge (users × d) in the original coordinates.
    public func users(_ users: Matrix, pool: ThreadPool) -> Matrix {
        var original = matrixProduct(users, factor, transposingB: true, pool: pool)
        for start in stride(from: 0, to: original.elements.count, by: mean.count) {
            for i in mean.indices { original.elements[start + i] += mean[i] }
        }
        return original
    }

    /// v ← v + a (b − a·v) / (1 + a·a), the minimum above.
    private func moveToBias(_ vectors: inout Matrix, _ biases: [Float], _ inverse: Matrix, pool: ThreadPool) {
        let a = matrixProduct(inverse, column(mean), pool: pool).elements
        let squares = a.reduce(0) { $0 + $1 * $1 }
        let own = matrixProduct(vectors, column(a), pool: pool).elements
        for item in biases.indices {
            let difference = biases[item] - own[item]
            let length = vectors.row(item).reduce(0) { $0 + $1 * $1 }
            // Rounding, of which L⁻ᵀ would make much along directions in which users hardly differ.
            if abs(difference) <= 1e-5 * (squares * length).squareRoot() { continue }
            let weight = 1 / (1 + squares)
            for i in a.indices { vectors.elements[item * a.count + i] += weight * difference * a[i] }
        }
    }

    private func column(_ values: [Float]) -> Matrix {
        Matrix(rows: values.count, columns: 1, elements: values)
    }
}
