import FloatKernels

/// A user's half step of `BiasedFactorisation`, in the canonical gauge.
///
/// With p = L u + m, v = Lᵀq, and b an item's bias there, a user with k ratings R and γ above the average user's bias β̄ has
/// the loss Σ_R (r − b − γ − u·v)² + λ√k ‖L u + m‖² + λ_b (γ + β̄)². For a user of the training data the minimum is the
/// trained vector. γ moves no ranking and is left out of it.
struct RatingEncoder: UserEncoder {
    /// λLᵀL, d × d.
    let penalty: Matrix
    /// −λLᵀm, d values.
    let rightSide: [Float]
    /// λ_b and β̄.
    let biasL2: Float, meanBias: Float

    /// The encoder from its parts.
    init(penalty: Matrix, rightSide: [Float], biasL2: Float, meanBias: Float) {
        self.penalty = penalty
        self.rightSide = rightSide
        self.biasL2 = biasL2
        self.meanBias = meanBias
    }

    /// The encoder of a trained model: the way back p = L u + m (`factor` is L, `mean` is m), and what its loss weighs.
    init(factor: Matrix, mean: [Float], l2: Float, biasL2: Float, meanBias: Float, pool: ThreadPool) {
        let gram = matrixProduct(factor, factor, transposingA: true, pool: pool)
        penalty = Matrix(rows: gram.rows, columns: gram.columns, elements: gram.elements.map { l2 * $0 })
        let shift = matrixProduct(
            factor, Matrix(rows: mean.count, columns: 1, elements: mean), transposingA: true, pool: pool)
        rightSide = shift.elements.map { -l2 * $0 }
        self.biasL2 = biasL2
        self.meanBias = meanBias
    }

    /// Under a prior the penalty counts ω, and the prior (1 − ω) π ‖u − mean‖². Items that are not rated say nothing here,
    /// so its precision is in units of the penalty: π is that times the mean of the diagonal of λ√k LᵀL for the k at which
    /// prior and ratings are even.
    func vector(of user: UserProfile, items: ItemTable, prior: TastePrior?) -> [Float] {
        let d = penalty.rows
        precondition(items.dimensions == d, "the items are those of the encoder's space")
        let share = prior?.strength.share(ofRatings: user.history.count) ?? 1
        let weight = share * Float(max(user.history.count, 1)).squareRoot()
        var gram = Matrix(rows: d + 1, columns: d + 1)
        for i in 0..<d {
            for j in 0..<d { gram[i, j] = weight * penalty[i, j] }
        }
        gram[d, d] = biasL2
        var start = rightSide.map { weight * $0 } + [-share * biasL2 * meanBias]
        if let prior {
            let trace = (0..<d).reduce(Float(0)) { $0 + penalty[$1, $1] }
            let unit = prior.strength.halfway.squareRoot() * trace / Float(d)
            let precision = (1 - share) * prior.strength.precision * unit
            for i in 0..<d {
                gram[i, i] += precision
                start[i] += precision * prior.mean[i]
            }
        }
        return solve(NormalEquations(gram: gram), startingFrom: start, user.history, items)
    }

    private func solve(
        _ system: NormalEquations, startingFrom start: [Float], _ history: [HistoryEntry], _ items: ItemTable
    ) -> [Float] {
        system.addToRightSide(start, weight: 1)
        for entry in history {
            let row = items.vectors.row(entry.item) + [1]
            system.stageOuterProduct(row, weight: 1)
            system.addToRightSide(row, weight: entry.rating - items.biases[entry.item])
        }
        var solution = [Float](repeating: 0, count: start.count)
        _ = system.solve(into: &solution)
        return Array(solution.dropLast())
    }
}
