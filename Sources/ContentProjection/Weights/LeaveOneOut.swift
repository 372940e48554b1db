package import FloatKernels

/// The leave-one-out error of kernel regression, in closed form, with its gradient in the logarithms of the weights.
///
/// With C = Σ w_k K_k + w_noise I, P = C⁻¹ and A = P Y, the residual of item i when it is left out is
/// A_i / P_ii (Allen's PRESS, 1974; Rasmussen & Williams, "Gaussian Processes for Machine Learning", 2006,
/// equations 5.10–5.12). The loss is its sum of squares over that of Y, so 1 − loss is a cross-validated R².
/// With M_i = A_i / P_ii² and c_i = |A_i|² / P_ii³, d loss = ⟨2 (P diag(c) P − sym(P M Aᵀ)), dC⟩.
package struct LeaveOneOut {
    /// items × items each, symmetric: only the lower triangle is read.
    package let grams: [Matrix]
    /// items × outputs, centred.
    package let targets: Matrix
    /// The sum of squares of the targets.
    let total: Double

    package init(grams: [Matrix], targets: Matrix) {
        self.grams = grams
        self.targets = targets
        total = max(targets.elements.reduce(0) { $0 + Double($1) * Double($1) }, .leastNormalMagnitude)
    }

    /// Residuals (items × outputs) and diag P; nil where C is not positive definite.
    package func residuals(weights: [Float], pool: ThreadPool) -> (Matrix, diagonal: [Float])? {
        guard let solution = factor(weights, pool: pool)?.leaveOneOut(targets, pool: pool) else { return nil }
        var residuals = solution.coefficients
        for row in 0..<residuals.rows {
            for column in 0..<residuals.columns { residuals[row, column] /= solution.diagonal[row] }
        }
        return (residuals, solution.diagonal)
    }

    /// The loss at weights (kernels, then noise); infinite where C is not positive definite.
    package func loss(weights: [Float], pool: ThreadPool) -> Double {
        guard let solution = factor(weights, pool: pool)?.leaveOneOut(targets, pool: pool) else {
            return .infinity
        }
        let (squares, diagonal) = (solution.coefficients.squaredRowLengths, solution.diagonal)
        return diagonal.indices.reduce(0) { $0 + Double(squares[$1] / (diagonal[$1] * diagonal[$1])) } / total
    }

    /// The loss at e^x and its gradient in x.
    package func evaluate(_ logarithms: [Double], pool: ThreadPool) -> (loss: Double, gradient: [Double]) {
        let weights = logarithms.map { Float(exponential($0)) }
        guard let inverse = factor(weights, pool: pool)?.inverse(pool: pool) else {
            return (.infinity, [Double](repeating: 0, count: weights.count))
        }
        let coefficients = matrixProduct(inverse, targets, pool: pool)
        let squares = coefficients.squaredRowLengths
        let diagonal = (0..<targets.rows).map { inverse[$0, $0] }
        let loss = diagonal.indices.reduce(0.0) {
            $0 + Double(squares[$1] / (diagonal[$1] * diagonal[$1]))
        }
        let slope = slope(inverse, coefficients, squares, diagonal, pool: pool)
        return (loss / total, gradient(slope, weights: weights, pool: pool))
    }

    /// P diag(c) P − sym(P M Aᵀ), its lower triangle.
    private func slope(
        _ inverse: Matrix, _ coefficients: Matrix, _ squares: [Float], _ diagonal: [Float], pool: ThreadPool
    ) -> Matrix {
        // P is symmetric, so that P diag(c) P is the product of P diag(√c) with its own transpose.
        let roots = squares.indices.map { (squares[$0] / diagonal[$0]).squareRoot() / diagonal[$0] }
        var scaled = inverse
        scaled.withMutableRows(pool: pool) { _, row in
            for column in row.indices { row[column] *= roots[column] }
        }
        var adjusted = coefficients
        adjusted.withMutableRows(pool: pool) { item, row in
            for column in row.indices { row[column] /= diagonal[item] * diagonal[item] }
        }
        let moved = matrixProduct(inverse, adjusted, pool: pool)
        var slope = Matrix(rows: inverse.rows, columns: inverse.columns)
        addSymmetricProduct(scaled, scaled, to: &slope, pool: pool)
        addSymmetricProduct(
            Matrix(joiningColumns: [moved, coefficients]), Matrix(joiningColumns: [coefficients, moved]),
            to: &slope, alpha: -0.5, beta: 1, pool: pool)
        return slope
    }

    private func gradient(_ slope: Matrix, weights: [Float], pool: ThreadPool) -> [Double] {
        var sums = Matrix(rows: grams.count, columns: 1)
        sums.withMutableRows(pool: pool) { kernel, value in
            value[0] = slope.symmetricInner(grams[kernel])
        }
        var gradient = sums.elements.map(Double.init)
        gradient.append((0..<slope.rows).reduce(0) { $0 + Double(slope[$1, $1]) })
        return zip(gradient, weights).map { 2 * $0 * Double($1) / total }
    }

    /// The factor of C; nil where it is not positive definite.
    private func factor(_ weights: [Float], pool: ThreadPool) -> Cholesky? {
        precondition(weights.count == grams.count + 1, "a weight for every kernel, then the noise")
        let count = targets.rows
        var system = Matrix(rows: count, columns: count)
        system.elements.withUnsafeMutableBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return }
            nonisolated(unsafe) let rows = base
            // Rows of a triangle differ in length, so the workers take them in turn.
            pool.run { worker in
                for row in stride(from: worker, to: count, by: pool.threads) {
                    for (gram, weight) in zip(grams, weights) where weight != 0 {
                        gram.elements.withUnsafeBufferPointer { source in
                            guard let source = source.baseAddress else { return }
                            addScaled(
                                source + row * count, by: weight, to: rows + row * count, count: row + 1)
                        }
                    }
                    rows[row * count + row] += weights[grams.count]
                }
            }
        }
        return Cholesky(system, pool: pool)
    }
}

extension Cholesky {
    /// A = P Y and the diagonal of P = C⁻¹, all that leave-one-out residuals need, without P itself.
    func leaveOneOut(
        _ targets: Matrix, pool: ThreadPool
    ) -> (coefficients: Matrix, diagonal: [Float]) {
        // P = L⁻ᵀ L⁻¹: its diagonal is the squared length of the columns of L⁻¹.
        let inverse = inverseOfLower(pool: pool)
        let coefficients = matrixProduct(
            inverse, matrixProduct(inverse, targets, pool: pool), transposingA: true, pool: pool)
        return (coefficients, inverse.squaredColumnLengths(pool: pool))
    }
}

extension Matrix {
    /// Σ self ∘ other of two symmetric matrices, from their lower triangles: rows by kernels in single, their sum in
    /// double precision.
    func symmetricInner(_ other: Matrix) -> Float {
        elements.withUnsafeBufferPointer { mine in
            other.elements.withUnsafeBufferPointer { theirs in
                guard let mine = mine.baseAddress, let theirs = theirs.baseAddress else { return 0 }
                var total = 0.0
                for row in 0..<rows {
                    let (left, right) = (mine + row * columns, theirs + row * columns)
                    total += Double(2 * dotProduct(left, right, count: row) + left[row] * right[row])
                }
                return Float(total)
            }
        }
    }
}
