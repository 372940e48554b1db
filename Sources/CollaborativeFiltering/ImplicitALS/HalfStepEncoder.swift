import FloatKernels

/// A user's half step of alternating least squares, in the canonical gauge.
///
/// With p = L u + m, v = Lᵀq and b = m·q, the user's share of the loss, Σ c (y − p·q)² + λ‖p‖², is
/// Σ c (y − b − u·v)² + λ‖L u + m‖². So with the sums over all items taken once,
///
///     A₀ = VᵀV + λLᵀL,   r₀ = −Σ b v − λLᵀm,
///
/// a history R gives (A₀ + Σ_R (c − 1) v vᵀ) u = r₀ + Σ_R (c y − (c − 1) b) v. For a user of the training data that
/// is the trained vector. A₀ and r₀ are those of the trained table; items that came later count when rated.
struct HalfStepEncoder: UserEncoder {
    let weights: ImplicitWeights
    /// A₀, d × d.
    let matrix: Matrix
    /// r₀, d values.
    let rightSide: [Float]

    /// The encoder from its parts.
    init(weights: ImplicitWeights, matrix: Matrix, rightSide: [Float]) {
        self.weights = weights
        self.matrix = matrix
        self.rightSide = rightSide
    }

    /// The encoder of a trained model: its items in the canonical gauge, the way back p = L u + m (`factor` is L,
    /// `mean` is m), and the weights and λ of its loss.
    init(
        items: ItemTable, factor: Matrix, mean: [Float], weights: ImplicitWeights, l2: Float, pool: ThreadPool
    ) {
        self.weights = weights
        let gram = matrixProduct(items.vectors, items.vectors, transposingA: true, pool: pool)
        let penalty = matrixProduct(factor, factor, transposingA: true, pool: pool)
        matrix = Matrix(
            rows: gram.rows, columns: gram.columns,
            elements: zip(gram.elements, penalty.elements).map { $0 + l2 * $1 })
        let biases = Matrix(rows: items.count, columns: 1, elements: items.biases)
        let fromBiases = matrixProduct(items.vectors, biases, transposingA: true, pool: pool)
        let fromMean = matrixProduct(
            factor, Matrix(rows: mean.count, columns: 1, elements: mean), transposingA: true, pool: pool)
        rightSide = zip(fromBiases.elements, fromMean.elements).map { -$0 - l2 * $1 }
    }

    func vector(of user: UserProfile, items: ItemTable, prior: TastePrior?) -> [Float] {
        guard let prior else {
            return solve(
                NormalEquations(gram: matrix), startingFrom: rightSide, user.history, items, unrated: 1)
        }
        return vector(history: user.history, items: items, prior: prior)
    }

    /// The minimum of Σ_R c (y − b − u·v)² + ω (the loss over all other items and the penalty) + (1 − ω) π ‖u − mean‖², of
    /// which ω = 1 is the half step. π is the prior's precision times the mean of A₀'s diagonal:
    ///
    ///     (ωA₀ + (1 − ω) π I + Σ_R (c − ω) v vᵀ) u = ωr₀ + (1 − ω) π mean + Σ_R (c y − (c − ω) b) v
    private func vector(history: [HistoryEntry], items: ItemTable, prior: TastePrior) -> [Float] {
        let d = rightSide.count
        let share = prior.strength.share(ofRatings: history.count)
        let trace = (0..<d).reduce(Float(0)) { $0 + matrix[$1, $1] }
        let precision = (1 - share) * prior.strength.precision * trace / Float(d)
        var gram = matrix
        for i in gram.elements.indices { gram.elements[i] *= share }
        for i in 0..<d { gram[i, i] += precision }
        let start = zip(rightSide, prior.mean).map { share * $0 + precision * $1 }
        return solve(NormalEquations(gram: gram), startingFrom: start, history, items, unrated: share)
    }

    /// - Parameter share: ω, the confidence that an unrated item has in `system`.
    private func solve(
        _ system: NormalEquations, startingFrom start: [Float], _ history: [HistoryEntry], _ items: ItemTable,
        unrated share: Float
    ) -> [Float] {
        precondition(items.dimensions == start.count, "the items are those of the encoder's space")
        start.withUnsafeBufferPointer { start in
            if let start = start.baseAddress { system.addToRightSide(start, weight: 1) }
        }
        items.vectors.elements.withUnsafeBufferPointer { vectors in
            guard let vectors = vectors.baseAddress else { return }
            // Those of one weight after another, which makes large blocks of outer products.
            let liked = history.filter { weights.isLiked($0.rating) }
            for entry in liked + history.filter({ !weights.isLiked($0.rating) }) {
                precondition(
                    entry.item >= 0 && entry.item < items.count, "a history names rows of the item table")
                let vector = vectors + entry.item * items.dimensions
                let excess = weights.confidence(entry.rating) - share
                if excess != 0 { system.stageOuterProduct(vector, weight: excess) }
                system.addToRightSide(
                    vector,
                    weight: weights.weightedPreference(entry.rating) - excess * items.biases[entry.item])
            }
        }
        return [Float](unsafeUninitializedCapacity: items.dimensions) { output, count in
            if let output = output.baseAddress { _ = system.solve(into: output) }
            count = items.dimensions
        }
    }
}
