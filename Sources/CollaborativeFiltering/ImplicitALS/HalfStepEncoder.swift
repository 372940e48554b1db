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

    func vector(history: [HistoryEntry], items: ItemTable) -> [Float] {
        precondition(items.dimensions == rightSide.count, "the items are those of the encoder's space")
        let system = NormalEquations(gram: matrix)
        rightSide.withUnsafeBufferPointer { start in
            if let start = start.baseAddress { system.addToRightSide(start, weight: 1) }
        }
        items.vectors.elements.withUnsafeBufferPointer { vectors in
            guard let vectors = vectors.baseAddress else { return }
            for entry in history {
                precondition(
                    entry.item >= 0 && entry.item < items.count, "a history names rows of the item table")
                add(
                    entry, vectors + entry.item * items.dimensions, bias: items.biases[entry.item], to: system
                )
            }
        }
        return [Float](unsafeUninitializedCapacity: items.dimensions) { output, count in
            if let output = output.baseAddress { _ = system.solve(into: output) }
            count = items.dimensions
        }
    }

    private func add(
        _ entry: HistoryEntry, _ vector: UnsafePointer<Float>, bias: Float, to system: NormalEquations
    ) {
        var weight = weights.weightedPreference(entry.rating)
        if weights.isLiked(entry.rating) {
            let excess = weights.likedConfidence - 1
            system.stageOuterProduct(vector, weight: excess)
            weight -= excess * bias
        }
        system.addToRightSide(vector, weight: weight)
    }
}
