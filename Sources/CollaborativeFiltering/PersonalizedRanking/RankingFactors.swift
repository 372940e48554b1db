package import FloatKernels

/// The vectors that ranking by triplets learns, in storage that several threads write to at once, each to rows
/// of its own.
///
/// Rows are padded with zeros to a multiple of eight, so that the inner loop has no remainder; the updates keep the
/// padding at zero.
package final class RankingFactors {
    /// Distance from one row to the next: d, rounded up to a multiple of 8.
    package let stride: Int
    /// The users' vectors, one a row.
    package let users: UnsafeMutablePointer<Float>
    /// The items' vectors, one a row.
    package let items: UnsafeMutablePointer<Float>
    /// One bias an item.
    package let biases: UnsafeMutablePointer<Float>
    private let userCount: Int
    private let itemCount: Int
    private let dimensions: Int

    /// Vectors of small normal numbers, and biases of zero.
    package init(userCount: Int, itemCount: Int, dimensions: Int, using generator: inout RandomGenerator) {
        self.userCount = userCount
        self.itemCount = itemCount
        self.dimensions = dimensions
        stride = (dimensions + 7) / 8 * 8
        users = .allocate(capacity: userCount * stride)
        items = .allocate(capacity: itemCount * stride)
        biases = .allocate(capacity: itemCount)
        users.initialize(repeating: 0, count: userCount * stride)
        items.initialize(repeating: 0, count: itemCount * stride)
        biases.initialize(repeating: 0, count: itemCount)
        fill(users, rows: userCount, using: &generator)
        fill(items, rows: itemCount, using: &generator)
    }

    deinit {
        users.deallocate()
        items.deallocate()
        biases.deallocate()
    }

    /// The users' vectors without the padding, users × d.
    package func userMatrix() -> Matrix { matrix(users, rows: userCount) }

    /// The items' vectors without the padding, items × d, and their biases.
    package func itemTable() -> ItemTable {
        ItemTable(
            vectors: matrix(items, rows: itemCount),
            biases: Array(UnsafeBufferPointer(start: biases, count: itemCount)))
    }

    private func fill(
        _ start: UnsafeMutablePointer<Float>, rows: Int, using generator: inout RandomGenerator
    ) {
        for row in 0..<rows {
            for column in 0..<dimensions { start[row * stride + column] = 0.1 * generator.normal() }
        }
    }

    private func matrix(_ start: UnsafeMutablePointer<Float>, rows: Int) -> Matrix {
        var result = Matrix(rows: rows, columns: dimensions)
        for row in 0..<rows {
            for column in 0..<dimensions {
                result.elements[row * dimensions + column] = start[row * stride + column]
            }
        }
        return result
    }
}
