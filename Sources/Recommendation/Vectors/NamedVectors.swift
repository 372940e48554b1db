public import FloatKernels

/// Vectors with the ids that they belong to, as they stand in files that are exchanged with other programs.
public struct NamedVectors: Sendable {
    /// Row r of the vectors belongs to `ids[r]`.
    public var ids: [String]
    /// One vector a row.
    public var vectors: Matrix
    /// One an id; nil where there are none.
    public var biases: [Float]?

    /// Vectors from their parts.
    public init(ids: [String], vectors: Matrix, biases: [Float]? = nil) {
        precondition(
            ids.count == vectors.rows && biases?.count ?? ids.count == ids.count, "one of each an id")
        self.ids = ids
        self.vectors = vectors
        self.biases = biases
    }

    /// Number of vectors.
    public var count: Int { ids.count }

    /// Some of the rows, in the order given.
    func selecting(_ rows: [Int]) -> NamedVectors {
        NamedVectors(
            ids: rows.map { ids[$0] }, vectors: vectors.selectingRows(rows),
            biases: biases.map { biases in rows.map { biases[$0] } })
    }
}
