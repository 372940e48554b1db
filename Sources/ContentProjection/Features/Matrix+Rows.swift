import FloatKernels

extension Matrix {
    /// Calls `body(row, elements of the row)` for every row, rows divided over the pool's workers.
    mutating func withMutableRows(
        pool: ThreadPool, _ body: (_ row: Int, _ elements: UnsafeMutableBufferPointer<Float>) -> Void
    ) {
        let (count, width) = (rows, columns)
        elements.withUnsafeMutableBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return }
            // Each row is written by the one worker whose range holds it.
            nonisolated(unsafe) let start = base
            pool.forEachRange(count) { range in
                for row in range {
                    body(row, UnsafeMutableBufferPointer(start: start + row * width, count: width))
                }
            }
        }
    }

    /// The same vector added to every row.
    func addingToRows(_ vector: [Float]) -> Matrix {
        precondition(vector.count == columns)
        var result = self
        for row in 0..<rows {
            for column in 0..<columns { result.elements[row * columns + column] += vector[column] }
        }
        return result
    }

    /// Mean of every column.
    var columnMeans: [Float] {
        var sums = [Double](repeating: 0, count: columns)
        for row in 0..<rows {
            for column in 0..<columns { sums[column] += Double(elements[row * columns + column]) }
        }
        return sums.map { Float($0 / Double(Swift.max(rows, 1))) }
    }

    /// Standard deviation of every column, population form.
    func columnDeviations(around means: [Float]) -> [Float] {
        var sums = [Double](repeating: 0, count: columns)
        for row in 0..<rows {
            for column in 0..<columns {
                let difference = Double(elements[row * columns + column] - means[column])
                sums[column] += difference * difference
            }
        }
        return sums.map { Float(($0 / Double(Swift.max(rows, 1))).squareRoot()) }
    }

    /// Squared length of every row.
    var squaredRowLengths: [Float] {
        elements.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return [Float](repeating: 0, count: rows) }
            return (0..<rows).map { row in
                dotProduct(base + row * columns, base + row * columns, count: columns)
            }
        }
    }
}
