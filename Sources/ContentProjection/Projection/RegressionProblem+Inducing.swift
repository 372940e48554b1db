package import Diagnostics
package import FloatKernels

extension RegressionProblem {
    /// The same through fewer items: for catalogues whose items² do not fit.
    ///
    /// All items teach, but new ones are compared with `support` only, m of the n items: the projected process, also
    /// called DTC (Quiñonero-Candela & Rasmussen, JMLR 6, 2005, section 5). With K_mm = L Lᵀ and Φ = K_nm L⁻ᵀ it is ridge
    /// regression on m features, A = L⁻ᵀ (ΦᵀΦ + σ²I)⁻¹ Φᵀ Y, so that leaving item i out divides its residual by 1 − hᵢ,
    /// hᵢ = φᵢᵀ (ΦᵀΦ + σ²I)⁻¹ φᵢ. Time n m², memory m².
    ///
    /// - Throws: `training.degenerate`, or `interrupted`.
    package func solve(
        _ kernels: WeightedKernels, noise: Float, support: [Int], pool: ThreadPool, monitor: WorkMonitor
    ) throws -> Solution {
        let inducing = items.selecting(support)
        var prior = kernels.lowerGram(inducing, pool: pool)
        // Items that are the same in all that is compared would make the factor singular.
        for row in 0..<prior.rows { prior[row, row] += Self.jitter * kernels.priorVariance }
        guard let prior = Cholesky(prior, pool: pool) else { throw Self.degenerate }

        var gram = Matrix(rows: support.count, columns: support.count)
        var sides = Matrix(rows: support.count, columns: targets.columns)
        try forEachBlock("Solving the projection", monitor, half: 0) { rows in
            let features = prior.features(items.selecting(rows), inducing, kernels, pool: pool)
            addSymmetricProduct(features, features, to: &gram, alpha: 1, beta: 1, pool: pool)
            sides.add(
                matrixProduct(features, targets.selectingRows(rows), pool: pool), scaledBy: 1, pool: pool)
        }
        for row in 0..<gram.rows { gram[row, row] += noise }
        guard let posterior = Cholesky(gram, pool: pool) else { throw Self.degenerate }
        let weights = posterior.solve(sides, pool: pool)

        let variance = SupportVariance(prior: prior, posterior: posterior, noise: noise)
        var leftOut = targets
        var variances: [Float] = []
        try forEachBlock("Solving the projection", monitor, half: 1) { rows in
            let features = prior.features(items.selecting(rows), inducing, kernels, pool: pool)
            let fitted = matrixProduct(features, weights, transposingA: true, pool: pool)
            let leverages = posterior.solveLower(features, pool: pool).squaredColumnLengths(pool: pool)
            let known = features.squaredColumnLengths(pool: pool)
            for (place, row) in rows.enumerated() {
                let remaining = max(1 - leverages[place], 1e-4)
                for column in 0..<leftOut.columns {
                    leftOut[row, column] -= (targets[row, column] - fitted[place, column]) / remaining
                }
                variances.append(noise / remaining + max(kernels.priorVariance - known[place], 0))
            }
        }
        // A = L⁻ᵀ c = (L Lᵀ)⁻¹ L c.
        let coefficients = prior.solve(matrixProduct(prior.lower, weights, pool: pool), pool: pool)
        return Solution(
            support: support, coefficients: coefficients, variance: variance, leftOut: leftOut,
            leftOutVariances: variances)
    }

    /// What is added to the diagonal of K_mm, in prior variances; far below any noise.
    private static let jitter: Float = 1e-3
    private static let blockRows = 512

    private func forEachBlock(
        _ stage: String, _ monitor: WorkMonitor, half: Int, _ body: ([Int]) throws -> Void
    ) throws {
        for start in stride(from: 0, to: items.count, by: Self.blockRows) {
            try monitor.report(stage, half * items.count + start, of: 2 * items.count, "items")
            try body(Array(start..<min(start + Self.blockRows, items.count)))
        }
    }
}

extension Cholesky {
    /// Φᵀ = L⁻¹ K, support × items.
    fileprivate func features(
        _ items: EncodedItems, _ support: EncodedItems, _ kernels: WeightedKernels, pool: ThreadPool
    ) -> Matrix {
        solveLower(kernels.gram(items, support, pool: pool).transposed, pool: pool)
    }
}
