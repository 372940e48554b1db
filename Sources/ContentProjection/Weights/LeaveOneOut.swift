package import FloatKernels

/// The leave-one-out error of kernel regression, in closed form, with its gradient in the logarithms of the weights.
///
/// With C = Σ w_k K_k + w_noise diag(noise), P = C⁻¹ and A = P Y, the residual of item i when it is left out is
/// A_i / P_ii (Allen's PRESS, 1974; Rasmussen & Williams, "Gaussian Processes for Machine Learning", 2006,
/// equations 5.10–5.12). The loss is its sum of squares over that of Y, so 1 − loss is a cross-validated R².
/// With M_i = A_i / P_ii² and c_i = |A_i|² / P_ii³, d loss = ⟨2 (P diag(c) P − sym(P M Aᵀ)), dC⟩.
package struct LeaveOneOut {
    /// items × items each.
    package let grams: [Matrix]
    /// Relative noise variance of every item.
    package let noise: [Float]
    /// items × outputs, centred.
    package let targets: Matrix
    private let total: Double

    package init(grams: [Matrix], noise: [Float], targets: Matrix) {
        self.grams = grams
        self.noise = noise
        self.targets = targets
        total = max(targets.elements.reduce(0) { $0 + Double($1) * Double($1) }, .leastNormalMagnitude)
    }

    /// Residuals (items × outputs) and diag P; nil where C is not positive definite.
    package func residuals(weights: [Float], pool: ThreadPool) -> (Matrix, diagonal: [Float])? {
        guard let solution = solve(weights, pool: pool) else { return nil }
        var residuals = solution.coefficients
        for row in 0..<residuals.rows {
            for column in 0..<residuals.columns { residuals[row, column] /= solution.diagonal[row] }
        }
        return (residuals, solution.diagonal)
    }

    /// The loss at weights (kernels, then noise); infinite where C is not positive definite.
    package func loss(weights: [Float], pool: ThreadPool) -> Double {
        guard let (residuals, _) = residuals(weights: weights, pool: pool) else { return .infinity }
        return residuals.elements.reduce(0) { $0 + Double($1) * Double($1) } / total
    }

    /// The loss at e^x and its gradient in x.
    package func evaluate(_ logarithms: [Double], pool: ThreadPool) -> (loss: Double, gradient: [Double]) {
        let weights = logarithms.map { Float(exponential($0)) }
        guard let solution = solve(weights, pool: pool) else {
            return (.infinity, [Double](repeating: 0, count: weights.count))
        }
        let (coefficients, diagonal, inverse) = (solution.coefficients, solution.diagonal, solution.inverse)
        var loss = 0.0
        var scaledRows = inverse
        var adjusted = coefficients
        for row in 0..<coefficients.rows {
            let squares = coefficients.row(row).reduce(Float(0)) { $0 + $1 * $1 }
            let d = diagonal[row]
            loss += Double(squares / (d * d))
            for column in 0..<inverse.columns { scaledRows[row, column] *= squares / (d * d * d) }
            for column in 0..<coefficients.columns { adjusted[row, column] /= d * d }
        }
        // Only ⟨H, symmetric K⟩ is wanted, and there P M Aᵀ counts like its symmetric part.
        var slope = matrixProduct(inverse, scaledRows, pool: pool)
        let cross = matrixProduct(
            matrixProduct(inverse, adjusted, pool: pool), coefficients, transposingB: true, pool: pool)
        slope.add(cross, scaledBy: -1, pool: pool)
        return (loss / total, gradient(slope, weights: weights, pool: pool))
    }

    private func gradient(_ slope: Matrix, weights: [Float], pool: ThreadPool) -> [Double] {
        var sums = Matrix(rows: grams.count, columns: 1)
        sums.withMutableRows(pool: pool) { kernel, value in
            value[0] = slope.inner(grams[kernel])
        }
        var gradient = sums.elements.map(Double.init)
        gradient.append(noise.indices.reduce(0) { $0 + Double(slope[$1, $1] * noise[$1]) })
        return zip(gradient, weights).map { 2 * $0 * Double($1) / total }
    }

    private func solve(
        _ weights: [Float], pool: ThreadPool
    ) -> (coefficients: Matrix, diagonal: [Float], inverse: Matrix)? {
        precondition(weights.count == grams.count + 1, "a weight for every kernel, then the noise")
        var system = Matrix(rows: noise.count, columns: noise.count)
        for (gram, weight) in zip(grams, weights) { system.add(gram, scaledBy: weight, pool: pool) }
        for row in noise.indices { system[row, row] += weights[grams.count] * noise[row] }
        guard let factor = Cholesky(system, pool: pool) else { return nil }
        let inverse = factor.inverse(pool: pool)
        return (
            matrixProduct(inverse, targets, pool: pool), noise.indices.map { inverse[$0, $0] }, inverse
        )
    }
}

extension Matrix {
    /// Σ self ∘ other: rows by kernels in single, their sum in double precision.
    func inner(_ other: Matrix) -> Float {
        elements.withUnsafeBufferPointer { mine in
            other.elements.withUnsafeBufferPointer { theirs in
                guard let left = mine.baseAddress, let right = theirs.baseAddress else { return 0 }
                var total = 0.0
                for row in 0..<rows {
                    total += Double(dotProduct(left + row * columns, right + row * columns, count: columns))
                }
                return Float(total)
            }
        }
    }
}
