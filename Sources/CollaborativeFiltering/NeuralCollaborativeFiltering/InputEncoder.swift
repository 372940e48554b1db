import FloatKernels

/// Makes the inputs of users who came after training. What is known of them is embedded as it was in training; the rest is read
/// off the trained users: ridge regression from a taste, the embedded attributes and 1 onto their embeddings and biases,
/// [id; bias] ≈ Wᵀ[u; a; 1].
struct InputEncoder: Sendable {
    /// Which attributes there are.
    let fields: CategoricalFields
    /// Codes × their embeddings' length.
    let codes: Matrix
    /// W, (d + length of the attributes' embedding + 1) × (length of an id's embedding + 1).
    let map: Matrix

    /// The encoder from its parts.
    init(fields: CategoricalFields, codes: Matrix, map: Matrix) {
        self.fields = fields
        self.codes = codes
        self.map = map
    }

    /// Learns from the trained users.
    ///
    /// - Parameters:
    ///   - tastes: users × d.
    ///   - inputs: users × [id; attributes; bias].
    ///   - rated: users whose ratings made their embeddings.
    init(
        fields: CategoricalFields, codes: Matrix, tastes: Matrix, inputs: Matrix, rated: [Int],
        pool: ThreadPool
    ) {
        self.fields = fields
        self.codes = codes
        let idWidth = inputs.columns - codes.columns - 1
        let sources = Matrix(
            rows: rated.count, columns: tastes.columns + codes.columns + 1,
            elements: rated.flatMap { tastes.row($0) + inputs.row($0)[idWidth..<(inputs.columns - 1)] + [1] })
        let targets = Matrix(
            rows: rated.count, columns: idWidth + 1,
            elements: rated.flatMap { inputs.row($0)[..<idWidth] + inputs.row($0).suffix(1) })
        map = ridgeRegression(from: sources, to: targets, pool: pool)
    }

    /// The input of a user with this taste and these attributes: [id; attributes; bias].
    func input(taste: [Float], attributes: AttributeTable.Row) -> [Float] {
        var embedded = [Float](repeating: 0, count: codes.columns)
        for (code, weight) in fields.codes(of: attributes) where codes.columns > 0 {
            for column in embedded.indices { embedded[column] += weight * codes[code, column] }
        }
        var rest = [Float](repeating: 0, count: map.columns)
        for (row, weight) in (taste + embedded + [1]).enumerated() {
            for column in rest.indices { rest[column] += weight * map.elements[row * map.columns + column] }
        }
        return rest.dropLast() + embedded + rest.suffix(1)
    }
}
