package import Diagnostics
package import FloatKernels

/// The k nearest rows of every row of a table, by cosine, exactly: what `similar` answers, for all items at once.
package struct NearestNeighbours: Sendable {
    /// k; fewer than asked for where there are not as many other rows.
    package let count: Int
    /// rows × k, nearest first; of equally near ones the lower row first.
    package let rows: [Int32]
    /// rows × k: 1 − cosine of each.
    package let distances: [Float]

    /// Rows that are looked up between two reports.
    private static let rowsAtOnce = 2_048

    /// Looks at all pairs: O(rows² · d).
    ///
    /// - Parameters:
    ///   - directions: rows × d, each row of length one or zero (`Matrix.directions`).
    ///   - count: k.
    /// - Throws: `interrupted`.
    package init(of directions: Matrix, count: Int, pool: ThreadPool, monitor: WorkMonitor) throws {
        let total = directions.rows
        let k = max(0, min(count, total - 1))
        self.count = k
        let scan = ProductScan(vectors: directions, isQuantised: false)
        var rows: [Int32] = []
        var distances: [Float] = []
        rows.reserveCapacity(total * k)
        distances.reserveCapacity(total * k)
        for start in stride(from: 0, to: k > 0 ? total : 0, by: Self.rowsAtOnce) {
            try monitor.report("Finding neighbours", start, of: total, "items")
            let chunk = Array(start..<min(start + Self.rowsAtOnce, total))
            let lists = scan.largest(
                k, queries: directions.selectingRows(chunk), excluded: chunk.map { [Int32($0)] }, pool: pool)
            for list in lists {
                precondition(list.count == k, "directions are numbers")
                for entry in list {
                    rows.append(Int32(entry.index))
                    distances.append(max(0, 1 - entry.score))
                }
            }
        }
        try monitor.report("Finding neighbours", total, of: total, "items")
        self.rows = rows
        self.distances = distances
    }

    /// The neighbours of a row, nearest first.
    package func of(_ row: Int) -> ArraySlice<Int32> { rows[(row * count)..<((row + 1) * count)] }
}

extension Matrix {
    /// The rows, each divided by its length; a row of zeros stays one.
    package var directions: Matrix {
        var result = self
        result.elements.withUnsafeMutableBufferPointer { elements in
            guard let base = elements.baseAddress else { return }
            for row in 0..<rows {
                let values = base + row * columns
                let length = dotProduct(values, values, count: columns).squareRoot()
                if length > 0 { scale(values, by: 1 / length, count: columns) }
            }
        }
        return result
    }
}
