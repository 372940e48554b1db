public import FloatKernels

/// The one table of items that everything reads: positive, negative, candidate and history items alike.
public struct ItemTable: Sendable, Equatable {
    /// One vector a row, items × d.
    public var vectors: Matrix
    /// One bias an item; in the canonical gauge the item's mean score over all users.
    public var biases: [Float]

    /// A table from `vectors` (items × d) and as many `biases`.
    public init(vectors: Matrix, biases: [Float]) {
        precondition(vectors.rows == biases.count, "one bias an item")
        self.vectors = vectors
        self.biases = biases
    }

    /// Number of items.
    public var count: Int { vectors.rows }
    /// d, the length of an item's vector.
    public var dimensions: Int { vectors.columns }

    /// The scores of all items for one user vector u (d values): vᵢ·u + bᵢ.
    public func scores(userVector: [Float]) -> [Float] {
        precondition(userVector.count == dimensions, "user and item vectors are equally long")
        return userVector.withUnsafeBufferPointer { user in
            vectors.elements.withUnsafeBufferPointer { items in
                guard let user = user.baseAddress, let items = items.baseAddress else { return biases }
                return biases.indices.map { item in
                    biases[item] + dotProduct(items + item * dimensions, user, count: dimensions)
                }
            }
        }
    }
}
