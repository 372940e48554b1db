package import Diagnostics
package import FloatKernels

/// Factors brought into the one form in which distances between items mean something.
///
/// Dot-product factors are only defined up to an affine map: for any invertible L and any m,
///
///     p·q = (L⁻¹(p − m))·(Lᵀq) + m·q,   so   u = L⁻¹(p − m),  v = Lᵀq,  b += m·q   keep every score.
///
/// The canonical gauge takes m = the mean user and L Lᵀ = PcᵀPc / n, where Pc (n × d) are the centred users. Then
/// mean u = 0 and UᵀU / n = I. So bᵢ is item i's mean score over all users, and for two candidates (v, b) and
/// (v′, b′) of an item the squared error ‖v − v′‖² + (b − b′)² is the mean squared error over all users' scores.
/// Whoever predicts (v, b) by least squares, as the content projection does, minimises what users would notice.
package struct CanonicalGauge {
    /// U, users × d.
    package private(set) var users: Matrix
    /// V, items × d, and b.
    package private(set) var items: ItemTable
    /// L, d × d, the way back: p = L u + m.
    package private(set) var factor: Matrix
    /// m, d values.
    package private(set) var mean: [Float]

    /// Brings `users` (P, users × d) and `items` (Q, items × d, with biases) into the gauge.
    ///
    /// Where the users do not span all d dimensions (fewer users than dimensions), a ridge of 10⁻⁶ of the mean
    /// variance stands in for the missing variance: scores are kept, and UᵀU / n = I holds on the users' span.
    ///
    /// - Throws: `training.not_finite` where a factor is no number: every model comes by here, so no such model is ever kept.
    package init(users: Matrix, items: ItemTable, pool: ThreadPool) throws(Diagnostic) {
        guard users.isFinite && items.vectors.isFinite && items.biases.allSatisfy(\.isFinite) else {
            throw Self.notFinite
        }
        self.users = users
        self.items = items
        factor = Matrix(rows: users.columns, columns: users.columns)
        for i in 0..<users.columns { factor[i, i] = 1 }
        mean = [Float](repeating: 0, count: users.columns)
        // One pass leaves UᵀU / n − I at the condition number times the rounding; a second one at the rounding
        // (Yamamoto et al., "Roundoff error analysis of the CholeskyQR2 algorithm", ETNA 44, 2015).
        // Where the users hardly differ in some direction, rounding leaves so much that it takes a third (Fukaya et al.,
        // "Shifted Cholesky QR for computing the QR factorization of ill-conditioned matrices", SIAM J. Sci. Comput., 2020).
        for pass in 0..<3 where pass < 2 || isNotQuiteWhite(pool: pool) {
            centre(pool: pool)
            try whiten(pool: pool)
        }
    }

    private static let notFinite = Diagnostic(
        .badData, code: "training.not_finite", "the model's numbers grew until they were no numbers any more",
        fix: "look for ratings or vectors far off the scale of the others, and correct them")

    /// Whether the users vary in every direction, but not by 1 and apart from each other to the rounding.
    private func isNotQuiteWhite(pool: ThreadPool) -> Bool {
        let sums = matrixProduct(users, users, transposingA: true, pool: pool)
        let count = Float(users.rows)
        var distance: Float = 0
        for i in 0..<sums.rows {
            guard sums[i, i] > 0.5 * count else { return false }
            for j in 0..<sums.columns {
                distance = max(distance, abs(sums[i, j] / count - (i == j ? 1 : 0)))
            }
        }
        return distance > 1e-5
    }

    /// u ← u − m, b ← b + m·v for the users' mean m.
    private mutating func centre(pool: ThreadPool) {
        let shift = columnMeans(users)
        let column = Matrix(rows: shift.count, columns: 1, elements: shift)
        let shares = matrixProduct(items.vectors, column, pool: pool)
        let distance = matrixProduct(factor, column, pool: pool)
        for item in items.biases.indices { items.biases[item] += shares.elements[item] }
        for i in mean.indices { mean[i] += distance.elements[i] }
        let dimensions = users.columns
        for start in stride(from: 0, to: users.elements.count, by: dimensions) {
            for i in 0..<dimensions { users.elements[start + i] -= shift[i] }
        }
    }

    /// u ← L⁻¹u, v ← Lᵀv for L Lᵀ = UᵀU / n. Users who are all alike leave everything as it is.
    private mutating func whiten(pool: ThreadPool) throws(Diagnostic) {
        var covariance = matrixProduct(users, users, transposingA: true, pool: pool)
        let dimensions = covariance.rows
        let scale = 1 / Float(users.rows)
        for i in covariance.elements.indices { covariance.elements[i] *= scale }
        let trace = (0..<dimensions).reduce(Float(0)) { $0 + covariance[$1, $1] }
        // Finite factors may be so large that their squares are not.
        guard trace.isFinite else { throw Self.notFinite }
        for i in 0..<dimensions { covariance[i, i] += 1e-6 * trace / Float(dimensions) }
        guard trace > 0, let cholesky = Cholesky(covariance, pool: pool) else { return }
        users = cholesky.solveLower(users.transposed, pool: pool).transposed
        items.vectors = matrixProduct(items.vectors, cholesky.lower, pool: pool)
        factor = matrixProduct(factor, cholesky.lower, pool: pool)
    }
}

extension Matrix {
    fileprivate var isFinite: Bool { elements.allSatisfy(\.isFinite) }
}

/// The mean of each column, summed in Double.
private func columnMeans(_ matrix: Matrix) -> [Float] {
    var sums = [Double](repeating: 0, count: matrix.columns)
    for start in stride(from: 0, to: matrix.elements.count, by: matrix.columns) {
        for column in 0..<matrix.columns { sums[column] += Double(matrix.elements[start + column]) }
    }
    return sums.map { Float($0 / Double(max(matrix.rows, 1))) }
}
