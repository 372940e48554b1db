import FloatKernels

/// One half of an iteration of alternating least squares: all rows of one side, given the other side Y.
///
/// Row x with ratings R minimises Σ c (y − x·yᵢ)² + λ‖x‖² over all items i of the other side, the solution of
/// (Hu, Koren and Volinsky 2008, equation 4):
///
///     (YᵀY + Σ_R (c − 1) yᵢ yᵢᵀ + λI) x = Σ_R c y yᵢ
///
/// While both sides still move, a few steps of conjugate gradients from the last x are as good as the solution, for a
/// fraction of the work; the last half step is solved exactly, as an encoder of later users does it.
struct AlternatingHalfStep {
    /// How far a row is brought to its minimum.
    enum Effort {
        /// Steps of conjugate gradients from the vector at hand.
        case improve(steps: Int)
        /// By Cholesky's factorisation.
        case solve
    }

    /// Preference and confidence of a rating.
    let weights: ImplicitWeights
    /// λ.
    let l2: Float
    /// d. The vectors are padded with zeros to a multiple of eight, and the padding stays zero.
    let dimensions: Int

    /// Moves every row of `ratings` (rows × others) towards its minimum against `others` (others × d) in `rows` (rows × d).
    ///
    /// Returns the loss after the step, without the share λ‖Y‖² of the other side. Rows are independent, so the
    /// vectors do not depend on the number of threads; the loss does, in its last digits.
    func run(
        _ effort: Effort, _ ratings: WeighedRatings, against others: Matrix, on rows: inout Matrix,
        pool: ThreadPool
    ) -> Double {
        let width = others.columns
        var gram = matrixProduct(others, others, transposingA: true, pool: pool)
        // Where the other side does not span all d dimensions, a smaller λ would be lost in the rounding of Float.
        let trace = (0..<width).reduce(Float(0)) { $0 + gram[$1, $1] }
        let ridge = max(l2, 1e-5 * trace / Float(dimensions))
        for i in 0..<width { gram[i, i] += ridge }
        let ranges = ratings.all.balancedRanges(pool.threads, fixedCost: width)
        var losses = [Double](repeating: 0, count: pool.threads)
        rows.elements.withUnsafeMutableBufferPointer { output in
            losses.withUnsafeMutableBufferPointer { losses in
                others.elements.withUnsafeBufferPointer { others in
                    guard let output = output.baseAddress, let others = others.baseAddress else { return }
                    pool.run { worker in
                        switch effort {
                        case .improve(let steps):
                            losses[worker] = improve(
                                ranges[worker], ratings, others, gram, output, steps: steps)
                        case .solve:
                            losses[worker] = solve(ranges[worker], ratings, others, gram, output)
                        }
                    }
                }
            }
        }
        return losses.reduce(0, +)
    }

    /// Improves the rows `range`; returns their loss, xᵀAx − 2rᵀx + Σ c y².
    private func improve(
        _ range: Range<Int>, _ ratings: WeighedRatings, _ others: UnsafePointer<Float>, _ gram: Matrix,
        _ output: UnsafeMutablePointer<Float>, steps: Int
    ) -> Double {
        let width = gram.rows
        return gram.elements.withUnsafeBufferPointer { gram -> Double in
            guard let gram = gram.baseAddress else { return 0 }
            let system = ImplicitSystem(
                gram: gram, order: width,
                weights: (weights.likedConfidence - 1, weights.likedConfidence, weights.otherPreference))
            return ratings.liked.withColumns { liked in
                ratings.others.withColumns { rest in
                    range.reduce(0.0) { loss, row in
                        let value = system.improve(
                            output + row * width, table: others, liked: liked(row), others: rest(row),
                            steps: steps)
                        return loss + ratings.lossAtZero[row] + Double(value)
                    }
                }
            }
        }
    }

    /// Solves the rows `range`; returns their loss: at the minimum of xᵀAx − 2rᵀx + Σ c y² that is Σ c y² − r·x.
    private func solve(
        _ range: Range<Int>, _ ratings: WeighedRatings, _ others: UnsafePointer<Float>, _ gram: Matrix,
        _ output: UnsafeMutablePointer<Float>
    ) -> Double {
        let system = NormalEquations(gram: gram)
        var loss = 0.0
        for row in range {
            system.reset()
            for entry in ratings.liked.entries(ofRow: row) {
                let vector = others + Int(ratings.liked.columnIndices[entry]) * system.order
                system.stageOuterProduct(vector, weight: weights.likedConfidence - 1)
                system.addToRightSide(vector, weight: weights.likedConfidence)
            }
            for entry in ratings.others.entries(ofRow: row) {
                let vector = others + Int(ratings.others.columnIndices[entry]) * system.order
                system.addToRightSide(vector, weight: weights.otherPreference)
            }
            loss += ratings.lossAtZero[row] - Double(system.solve(into: output + row * system.order))
        }
        return loss
    }
}
