import FloatKernels

/// One half of an iteration of alternating least squares: all rows of one side, given the other side Y.
///
/// Row x with ratings R minimises Σ c (y − x·yᵢ)² + λ‖x‖² over all items i of the other side, in closed form
/// (Hu, Koren and Volinsky 2008, equation 4):
///
///     (YᵀY + Σ_R (c − 1) yᵢ yᵢᵀ + λI) x = Σ_R c y yᵢ
struct AlternatingHalfStep {
    /// Preference and confidence of a rating.
    let weights: ImplicitWeights
    /// λ.
    let l2: Float

    /// Solves every row of `ratings` (rows × others) against `others` (others × d) into `solved` (rows × d).
    ///
    /// Returns the loss after the step, without the share λ‖Y‖² of the other side. Rows are independent, so the
    /// vectors do not depend on the number of threads; the loss does, in its last digits.
    func solve(
        _ ratings: CompressedRows, against others: Matrix, into solved: inout Matrix, pool: ThreadPool
    ) -> Double {
        let d = others.columns
        var gram = matrixProduct(others, others, transposingA: true, pool: pool)
        // Where the other side does not span all d dimensions, a smaller λ would be lost in the rounding of Float.
        let trace = (0..<d).reduce(Float(0)) { $0 + gram[$1, $1] }
        let ridge = max(l2, 1e-5 * trace / Float(d))
        for i in 0..<d { gram[i, i] += ridge }
        let ranges = ratings.balancedRanges(pool.threads, fixedCost: d)
        var losses = [Double](repeating: 0, count: pool.threads)
        solved.elements.withUnsafeMutableBufferPointer { output in
            losses.withUnsafeMutableBufferPointer { losses in
                others.elements.withUnsafeBufferPointer { others in
                    guard let output = output.baseAddress, let others = others.baseAddress else { return }
                    pool.run { worker in
                        let system = NormalEquations(gram: gram)
                        var loss = 0.0
                        for row in ranges[worker] {
                            loss += solve(
                                row, of: ratings, against: others, with: system, into: output + row * d)
                        }
                        losses[worker] = loss
                    }
                }
            }
        }
        return losses.reduce(0, +)
    }

    /// Solves one row into `output` (d values) and returns its loss: at the minimum of xᵀAx − 2rᵀx + Σ c y² that
    /// is Σ c y² − r·x.
    private func solve(
        _ row: Int, of ratings: CompressedRows, against others: UnsafePointer<Float>,
        with system: NormalEquations, into output: UnsafeMutablePointer<Float>
    ) -> Double {
        system.reset()
        var lossAtZero: Float = 0
        for entry in ratings.entries(ofRow: row) {
            let rating = ratings.values[entry]
            let vector = others + Int(ratings.columnIndices[entry]) * system.order
            if weights.isLiked(rating) {
                system.stageOuterProduct(vector, weight: weights.likedConfidence - 1)
            }
            system.addToRightSide(vector, weight: weights.weightedPreference(rating))
            lossAtZero += weights.lossAtZero(rating)
        }
        return Double(lossAtZero) - Double(system.solve(into: output))
    }
}
