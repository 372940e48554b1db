import ContentProjection
import FloatKernels

extension Matrix {
    /// Normal deviates.
    static func random(_ rows: Int, _ columns: Int, seed: UInt64) -> Matrix {
        var generator = RandomGenerator(seed: seed)
        return Matrix(
            rows: rows, columns: columns, elements: (0..<rows * columns).map { _ in generator.normal() })
    }

    /// self · other in double precision, each entry by its definition.
    func naiveProduct(_ other: Matrix) -> Matrix {
        var product = Matrix(rows: rows, columns: other.columns)
        for row in 0..<rows {
            for column in 0..<other.columns {
                product[row, column] = Float(
                    (0..<columns).reduce(0.0) { $0 + Double(self[row, $1]) * Double(other[$1, column]) })
            }
        }
        return product
    }

    /// Every column less its mean.
    func centredColumns() -> Matrix {
        var result = self
        for column in 0..<columns {
            let mean = (0..<rows).reduce(0.0) { $0 + Double(self[$1, column]) } / Double(rows)
            for row in 0..<rows { result[row, column] -= Float(mean) }
        }
        return result
    }

    func distance(to other: Matrix) -> Float {
        zip(elements, other.elements).map { abs($0 - $1) }.max() ?? 0
    }
}

extension SparseRows {
    var dense: Matrix {
        var dense = Matrix(rows: count, columns: width)
        for row in 0..<count {
            for entry in starts[row]..<starts[row + 1] { dense[row, Int(columns[entry])] = values[entry] }
        }
        return dense
    }

    /// About a third of the entries, the second row empty.
    static func random(_ rows: Int, width: Int, seed: UInt64) -> SparseRows {
        var generator = RandomGenerator(seed: seed)
        var result = SparseRows(width: width)
        for row in 0..<rows {
            let columns = row == 1 ? [] : (0..<width).filter { _ in generator.uniform() < 0.33 }
            result.appendUnitRow(columns.map { ($0, generator.uniform() + 0.1) })
        }
        return result
    }
}
