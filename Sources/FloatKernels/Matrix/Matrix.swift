/// A dense matrix of `Float`, stored row by row: element (r, c) is `elements[r × columns + c]`.
public struct Matrix: Sendable, Equatable {
    /// Number of rows.
    public let rows: Int
    /// Number of columns.
    public let columns: Int
    /// The rows one after another, rows × columns values.
    public var elements: [Float]

    /// A rows × columns matrix with `repeating` everywhere.
    public init(rows: Int, columns: Int, repeating: Float = 0) {
        precondition(rows >= 0 && columns >= 0, "a matrix cannot have a negative size")
        self.rows = rows
        self.columns = columns
        elements = [Float](repeating: repeating, count: rows * columns)
    }

    /// A matrix over `elements`, which are given row by row and are exactly rows × columns many.
    public init(rows: Int, columns: Int, elements: [Float]) {
        precondition(rows >= 0 && columns >= 0, "a matrix cannot have a negative size")
        precondition(elements.count == rows * columns, "elements must be rows × columns many")
        self.rows = rows
        self.columns = columns
        self.elements = elements
    }

    /// The element in row `row` and column `column`, both from zero.
    public subscript(row: Int, column: Int) -> Float {
        get {
            precondition(row >= 0 && row < rows && column >= 0 && column < columns, "outside the matrix")
            return elements[row * columns + column]
        }
        set {
            precondition(row >= 0 && row < rows && column >= 0 && column < columns, "outside the matrix")
            elements[row * columns + column] = newValue
        }
    }

    /// A copy of row `r`, `columns` values.
    public func row(_ r: Int) -> [Float] {
        precondition(r >= 0 && r < rows, "outside the matrix")
        return Array(elements[r * columns..<(r + 1) * columns])
    }

    /// The rows named by `indices`, in that order; an index may occur more than once.
    public func selectingRows(_ indices: [Int]) -> Matrix {
        var selected: [Float] = []
        selected.reserveCapacity(indices.count * columns)
        for index in indices {
            precondition(index >= 0 && index < rows, "outside the matrix")
            selected.append(contentsOf: elements[index * columns..<(index + 1) * columns])
        }
        return Matrix(rows: indices.count, columns: columns, elements: selected)
    }

    /// The columns × rows matrix with rows and columns exchanged.
    public var transposed: Matrix {
        // Whoever made it may have said 0 × 2⁶²: nobody waits for as many empty columns.
        if elements.isEmpty { return Matrix(rows: columns, columns: rows, elements: []) }
        let transposed = [Float](unsafeUninitializedCapacity: elements.count) { output, count in
            elements.withUnsafeBufferPointer { input in
                if let input = input.baseAddress, let output = output.baseAddress {
                    transpose(
                        input, stride: columns, rows: rows, columns: columns, into: output, stride: rows)
                }
            }
            count = elements.count
        }
        return Matrix(rows: columns, columns: rows, elements: transposed)
    }
}

/// Writes the transpose of rows × columns `input`, in squares small enough that both sides stay in the cache.
///
/// A stride is the distance between the starts of two rows as they are stored.
func transpose(
    _ input: UnsafePointer<Float>, stride inputStride: Int, rows: Int, columns: Int,
    into output: UnsafeMutablePointer<Float>, stride outputStride: Int
) {
    let side = 32
    for top in stride(from: 0, to: rows, by: side) {
        for left in stride(from: 0, to: columns, by: side) {
            for column in left..<min(left + side, columns) {
                for row in top..<min(top + side, rows) {
                    (output + column * outputStride + row).initialize(to: input[row * inputStride + column])
                }
            }
        }
    }
}
