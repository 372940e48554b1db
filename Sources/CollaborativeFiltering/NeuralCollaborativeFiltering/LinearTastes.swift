import FloatKernels

/// Users' tastes as vectors, for all that speaks of products: of all u the one with which u·v comes nearest to what sets
/// a user's scores apart,
///
///     u = argmin Σᵢ (g(p, vᵢ) − ḡ(vᵢ) − c − u·vᵢ)²
///
/// with c what the user's scores have in common. With V centred over the items, all users share one Gram matrix:
/// u = (VᵀV + εI)⁻¹Vᵀ(g − ḡ). The tastes' mean over users is taken out: the items' mean scores are their biases.
enum LinearTastes {
    /// Items that tastes are fitted to; of more every n-th.
    private static let mostItems = 2_000
    /// Users whose scores are held at a time.
    private static let block = 512

    /// Users × d, for the users of `layers` and the rows `rows` of `vectors` (items × d).
    static func fit(_ layers: ScoringLayers, vectors: Matrix, rows: [Int], pool: ThreadPool) -> Matrix {
        let step = max(1, (rows.count + mostItems - 1) / mostItems)
        let chosen = vectors.selectingRows(
            stride(from: 0, to: rows.count, by: step).map { rows[$0] })
        let scan = LayerScan(
            ItemTable(vectors: chosen, biases: [Float](repeating: 0, count: chosen.rows)), layers, pool: pool)
        let map = leastSquares(centred(chosen), pool: pool)
        var tastes = Matrix(rows: layers.inputs.rows, columns: vectors.columns)
        for start in stride(from: 0, to: tastes.rows, by: block) {
            let users = start..<min(start + block, tastes.rows)
            let scores = scan.scores(queries: layers.inputs.selectingRows(Array(users)), pool: pool)
            tastes.elements.replaceSubrange(
                start * tastes.columns..<users.upperBound * tastes.columns,
                with: matrixProduct(scores, map, pool: pool).elements)
        }
        return centred(tastes)
    }

    /// items × d: Vc (VcᵀVc + εI)⁻¹, which makes tastes of scores. ε is a ten-thousandth of the mean of the diagonal, as decay may leave the
    /// rows few directions.
    private static func leastSquares(_ vectors: Matrix, pool: ThreadPool) -> Matrix {
        var gram = matrixProduct(vectors, vectors, transposingA: true, pool: pool)
        let trace = (0..<gram.rows).reduce(Float(0)) { $0 + gram[$1, $1] }
        for i in 0..<gram.rows { gram[i, i] += 1e-4 * trace / Float(gram.rows) }
        guard trace > 0, let cholesky = Cholesky(gram, pool: pool) else {
            return Matrix(rows: vectors.rows, columns: vectors.columns)
        }
        return cholesky.solve(vectors.transposed, pool: pool).transposed
    }

    /// The rows less their mean.
    private static func centred(_ matrix: Matrix) -> Matrix {
        var sums = [Double](repeating: 0, count: matrix.columns)
        for row in 0..<matrix.rows {
            for column in sums.indices { sums[column] += Double(matrix.elements[row * sums.count + column]) }
        }
        var result = matrix
        for row in 0..<matrix.rows {
            for column in sums.indices {
                result.elements[row * sums.count + column] -= Float(sums[column] / Double(matrix.rows))
            }
        }
        return result
    }
}
