import FloatKernels

/// The naive twin of the kernels: plain loops in double precision.
struct DoubleMatrix {
    let rows: Int
    let columns: Int
    var elements: [Double]

    init(rows: Int, columns: Int) {
        self.rows = rows
        self.columns = columns
        elements = Array(repeating: 0, count: rows * columns)
    }

    init(_ matrix: Matrix) {
        rows = matrix.rows
        columns = matrix.columns
        elements = matrix.elements.map(Double.init)
    }

    subscript(row: Int, column: Int) -> Double {
        get { elements[row * columns + column] }
        set { elements[row * columns + column] = newValue }
    }

    var transposed: DoubleMatrix {
        var result = DoubleMatrix(rows: columns, columns: rows)
        for row in 0..<rows { for column in 0..<columns { result[column, row] = self[row, column] } }
        return result
    }

    var magnitudes: DoubleMatrix {
        var result = self
        result.elements = elements.map(abs)
        return result
    }

    func rounded(dividingBy divisor: Double) -> Matrix {
        Matrix(rows: rows, columns: columns, elements: elements.map { Float($0 / divisor) })
    }

    static func * (a: DoubleMatrix, b: DoubleMatrix) -> DoubleMatrix {
        precondition(a.columns == b.rows)
        var result = DoubleMatrix(rows: a.rows, columns: b.columns)
        for i in 0..<a.rows {
            for p in 0..<a.columns {
                for j in 0..<b.columns { result[i, j] += a[i, p] * b[p, j] }
            }
        }
        return result
    }

    /// The lower Cholesky factor.
    var cholesky: DoubleMatrix {
        var lower = DoubleMatrix(rows: rows, columns: rows)
        for i in 0..<rows {
            for j in 0...i {
                var value = self[i, j]
                for k in 0..<j { value -= lower[i, k] * lower[j, k] }
                lower[i, j] = i == j ? value.squareRoot() : value / lower[j, j]
            }
        }
        return lower
    }

    /// Whether every element is within the bound of the same place from `other`; a NaN is not.
    func isClose(to other: DoubleMatrix, within bounds: DoubleMatrix) -> Bool {
        zip(zip(elements, other.elements), bounds.elements).allSatisfy { abs($0.0 - $0.1) <= $1 }
    }
}
