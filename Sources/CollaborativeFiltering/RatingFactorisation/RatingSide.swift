import FloatKernels

/// The vectors and biases of one side, users or items.
///
/// A row is a vector, then a one, then zeros up to a multiple of eight: the one is what the other side's bias multiplies.
struct RatingSide {
    /// rows × width.
    var rows: Matrix
    var biases: [Float]
    private let dimensions: Int

    /// Vectors and biases of zero.
    init(count: Int, dimensions: Int) {
        self.dimensions = dimensions
        rows = Matrix(rows: count, columns: Self.width(dimensions))
        biases = [Float](repeating: 0, count: count)
        for row in 0..<count { rows[row, dimensions] = 1 }
    }

    /// Small normal numbers, which the first half step forgets except for their directions.
    mutating func scatter(using generator: inout RandomGenerator) {
        for row in 0..<rows.rows {
            for column in 0..<dimensions { rows[row, column] = 0.1 * generator.normal() }
        }
    }

    /// The vectors alone, rows × d.
    var vectors: Matrix {
        Matrix(
            rows: rows.rows, columns: dimensions,
            elements: (0..<rows.rows).flatMap { rows.row($0).prefix(dimensions) })
    }

    /// p·q of a row of this side and one of the other.
    func product(_ row: Int, _ other: RatingSide, _ otherRow: Int) -> Float {
        rows.elements.withUnsafeBufferPointer { own in
            other.rows.elements.withUnsafeBufferPointer { others in
                guard let own = own.baseAddress, let others = others.baseAddress else { return 0 }
                return dotProduct(
                    own + row * rows.columns, others + otherRow * rows.columns, count: dimensions)
            }
        }
    }

    /// Values of a row: d and one, rounded up to a multiple of eight.
    static func width(_ dimensions: Int) -> Int { (dimensions + 8) / 8 * 8 }
}
