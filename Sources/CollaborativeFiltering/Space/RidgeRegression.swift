import FloatKernels

/// (XᵀX + εI)⁻¹XᵀY for inputs X and outputs Y, ε a hundred-thousandth of the mean of XᵀX's diagonal; zeros where there is
/// nothing to learn from.
func ridgeRegression(from inputs: Matrix, to outputs: Matrix, pool: ThreadPool) -> Matrix {
    var gram = matrixProduct(inputs, inputs, transposingA: true, pool: pool)
    let trace = (0..<gram.rows).reduce(Float(0)) { $0 + gram[$1, $1] }
    for i in 0..<gram.rows { gram[i, i] += 1e-5 * trace / Float(gram.rows) }
    let products = matrixProduct(inputs, outputs, transposingA: true, pool: pool)
    guard let cholesky = Cholesky(gram, pool: pool) else {
        return Matrix(rows: inputs.columns, columns: outputs.columns)
    }
    return cholesky.solve(products, pool: pool)
}
