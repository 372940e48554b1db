import FloatKernels

/// A closed form for users of a model whose loss has none: ridge regression from a half step onto trained users.
///
/// A half step of implicit least squares over the model's own items says where a history points; what length and
/// direction the model gives such a user is then read off the users it was trained on: u ≈ Wᵀ[h; 1], with W from
/// least squares over up to 10,000 of them.
struct CalibratedEncoder: UserEncoder {
    let halfStep: HalfStepEncoder
    /// W, (d + 1) × d; the last row is the offset.
    let map: Matrix

    /// The encoder from its parts.
    init(halfStep: HalfStepEncoder, map: Matrix) {
        self.halfStep = halfStep
        self.map = map
    }

    /// The encoder for `users` (users × d) and `vectors` (items × d), both in the canonical gauge.
    init(users: Matrix, vectors: Matrix, interactions: InteractionMatrix, pool: ThreadPool) {
        halfStep = Self.halfStep(vectors, threshold: interactions.positiveThreshold, pool: pool)
        let rated = (0..<interactions.userCount).filter { !interactions.ratings.entries(ofRow: $0).isEmpty }
        let sample = stride(from: 0, to: rated.count, by: (rated.count + 9_999) / 10_000).map { rated[$0] }
        let inputs = Self.encode(sample, interactions, vectors: vectors, with: halfStep, pool: pool)
        map = ridgeRegression(from: inputs, to: users.selectingRows(sample), pool: pool)
    }

    /// The half step over `vectors` (items × d) as it is, where there are no users to calibrate it on.
    init(uncalibrated vectors: Matrix, threshold: Float, pool: ThreadPool) {
        halfStep = Self.halfStep(vectors, threshold: threshold, pool: pool)
        var map = Matrix(rows: vectors.columns + 1, columns: vectors.columns)
        for i in 0..<vectors.columns { map[i, i] = 1 }
        self.map = map
    }

    /// Under a prior the half step starts from 0, where nothing is said for or against an item; the prior's mean and the
    /// offset of the regression share what is left: Wᵀ[h; ω] + (1 − ω) mean.
    func vector(of user: UserProfile, items: ItemTable, prior: TastePrior?) -> [Float] {
        let table = Self.withoutBiases(items.vectors)
        guard let prior else {
            return mapped(halfStep.vector(of: user, items: table, prior: nil), offset: 1)
        }
        let share = prior.strength.share(ofRatings: user.history.count)
        let nothing = TastePrior(
            mean: [Float](repeating: 0, count: items.dimensions), strength: prior.strength)
        let input = halfStep.vector(of: user, items: table, prior: nothing)
        return zip(mapped(input, offset: share), prior.mean).map { $0 + (1 - share) * $1 }
    }

    /// Wᵀ[h; offset].
    private func mapped(_ input: [Float], offset: Float) -> [Float] {
        var output = [Float](repeating: 0, count: map.columns)
        for (row, weight) in (input + [offset]).enumerated() {
            for column in output.indices {
                output[column] += weight * map.elements[row * map.columns + column]
            }
        }
        return output
    }

    /// The half step on the vectors alone: scores of a ranking model are on no scale on which 1 means a like, so
    /// their biases cannot be taken off the preferences. λ is a hundredth of the mean eigenvalue of VᵀV. Confidence
    /// and λ were chosen by held-out NDCG@20 of encoded users.
    private static func halfStep(_ vectors: Matrix, threshold: Float, pool: ThreadPool) -> HalfStepEncoder {
        let d = vectors.columns
        var identity = Matrix(rows: d, columns: d)
        for i in 0..<d { identity[i, i] = 1 }
        let squares = vectors.elements.reduce(Float(0)) { $0 + $1 * $1 }
        return HalfStepEncoder(
            items: withoutBiases(vectors), factor: identity, mean: [Float](repeating: 0, count: d),
            weights: ImplicitWeights(threshold: threshold, likedConfidence: 20, otherPreference: 1),
            l2: max(0.01 * squares / Float(d), 1e-6), pool: pool)
    }

    /// The half steps of `sample`, one a row, with a last column of ones.
    private static func encode(
        _ sample: [Int], _ interactions: InteractionMatrix, vectors: Matrix, with halfStep: HalfStepEncoder,
        pool: ThreadPool
    ) -> Matrix {
        let items = withoutBiases(vectors)
        let width = vectors.columns + 1
        var inputs = Matrix(rows: sample.count, columns: width, repeating: 1)
        inputs.elements.withUnsafeMutableBufferPointer { output in
            pool.forEachRange(sample.count) { range in
                for row in range {
                    let history = interactions.history(ofUser: sample[row])
                    let vector = halfStep.vector(of: .init(history: history), items: items, prior: nil)
                    for (column, value) in vector.enumerated() { output[row * width + column] = value }
                }
            }
        }
        return inputs
    }

    private static func withoutBiases(_ vectors: Matrix) -> ItemTable {
        ItemTable(vectors: vectors, biases: [Float](repeating: 0, count: vectors.rows))
    }
}
