/// The eigenvalues of a symmetric n × n matrix in descending order, and its eigenvectors as the columns of the
/// n × n `vectors`, orthonormal, column c belonging to `values[c]`.
///
/// Householder's reduction to tridiagonal form and the implicit QL algorithm, both in double precision
/// (J. Wilkinson and C. Reinsch, "Handbook for Automatic Computation", vol. II, 1971, II/2 and II/4): every value
/// is within n · 2⁻⁵⁰ · ‖A‖ of the exact one, and then rounded to Float. Only the lower triangle is read; it
/// must be finite. The sign of a vector is such that its component of largest magnitude, the first of several, is
/// positive. The result does not depend on the number of threads.
public func symmetricEigen(_ symmetric: Matrix, pool: ThreadPool) -> (values: [Float], vectors: Matrix) {
    precondition(symmetric.rows == symmetric.columns, "only a square matrix has eigenvalues")
    precondition(symmetric.elements.allSatisfy(\.isFinite), "eigenvalues need finite elements")
    let n = symmetric.rows
    guard n > 0 else { return ([], symmetric) }
    var reduction = Tridiagonalisation(symmetric, pool: pool)
    var rows = reduction.transposedBasis(pool: pool)
    reduction.diagonalise(rotating: &rows, pool: pool)
    let values = reduction.diagonal
    let order = values.indices.sorted { values[$0] != values[$1] ? values[$0] > values[$1] : $0 < $1 }
    var vectors = Matrix(rows: n, columns: n)
    for (column, index) in order.enumerated() {
        let row = rows[index * n..<(index + 1) * n]
        let sign = signOfLargest(row)
        for (component, value) in row.enumerated() {
            vectors.elements[component * n + column] = Float(sign * value)
        }
    }
    return (order.map { Float(values[$0]) }, vectors)
}

/// The sign, 1 or −1, of the first component of largest magnitude.
///
/// Magnitudes are compared as Floats, so that components equal but for rounding count as equal.
private func signOfLargest(_ vector: ArraySlice<Double>) -> Double {
    var largest = 0.0
    for value in vector where Float(abs(value)) > Float(abs(largest)) { largest = value }
    return largest < 0 ? -1 : 1
}
