package import FloatKernels

extension Matrix {
    /// Calls `body(row, elements of the row)` for every row, rows divided over the pool's workers.
    package mutating func withMutableRows(
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

    /// Matrices with the same number of rows, side by side.
    init(joiningColumns parts: [Matrix]) {
        let rows = parts.first?.rows ?? 0
        precondition(parts.allSatisfy { $0.rows == rows }, "parts of a row each")
        var joined: [Float] = []
        joined.reserveCapacity(parts.reduce(0) { $0 + $1.elements.count })
        for row in 0..<rows {
            for part in parts {
                joined += part.elements[(row * part.columns)..<((row + 1) * part.columns)]
            }
        }
        self.init(rows: rows, columns: parts.reduce(0) { $0 + $1.columns }, elements: joined)
    }

    /// Some neighbouring columns.
    func selectingColumns(_ range: Range<Int>) -> Matrix {
        Matrix(
            rows: rows, columns: range.count,
            elements: (0..<rows).flatMap {
                elements[($0 * columns + range.lowerBound)..<($0 * columns + range.upperBound)]
            })
    }

    /// The same vector added to every row.
    package func addingToRows(_ vector: [Float]) -> Matrix {
        precondition(vector.count == columns)
        var result = self
        for row in 0..<rows {
            for column in 0..<columns { result.elements[row * columns + column] += vector[column] }
        }
        return result
    }

    /// Mean of every column.
    package var columnMeans: [Float] {
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

    /// Squared length of every column: sixty-four rows at a time summed in single, these sums in double precision.
    func squaredColumnLengths(pool: ThreadPool) -> [Float] {
        var totals = [Double](repeating: 0, count: columns)
        let (count, width) = (rows, columns)
        totals.withUnsafeMutableBufferPointer { totals in
            elements.withUnsafeBufferPointer { elements in
                guard let totals = totals.baseAddress, let base = elements.baseAddress else { return }
                nonisolated(unsafe) let (shared, source) = (totals, base)
                pool.forEachRange(width, multiple: 16) { range in
                    Self.addSquaredColumns(
                        source + range.lowerBound, rows: count, columns: range.count, stride: width,
                        to: shared + range.lowerBound)
                }
            }
        }
        return totals.map { Float($0) }
    }

    private static func addSquaredColumns(
        _ source: UnsafePointer<Float>, rows: Int, columns: Int, stride: Int,
        to totals: UnsafeMutablePointer<Double>
    ) {
        withUnsafeTemporaryAllocation(of: Float.self, capacity: columns) { buffer in
            guard let sums = buffer.baseAddress else { return }
            for start in Swift.stride(from: 0, to: rows, by: 64) {
                buffer.initialize(repeating: 0)
                for row in start..<Swift.min(start + 64, rows) {
                    let values = source + row * stride
                    for column in 0..<columns { sums[column] += values[column] * values[column] }
                }
                for column in 0..<columns { totals[column] += Double(sums[column]) }
            }
        }
    }
}
