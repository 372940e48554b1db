/// A sparse matrix of `Float` in compressed rows (CSR): row r holds the entries `rowStarts[r]..<rowStarts[r + 1]`,
/// in ascending order of column.
public struct CompressedRows: Sendable, Equatable {
    /// Number of rows.
    public let rows: Int
    /// Number of columns.
    public let columns: Int
    /// Where each row starts, and behind the last row the number of entries; rows + 1 values.
    public let rowStarts: [Int]
    /// The column of each entry.
    public let columnIndices: [Int32]
    /// The value of each entry.
    public let values: [Float]

    /// Takes over arrays that fit together as the properties say.
    package init(rows: Int, columns: Int, rowStarts: [Int], columnIndices: [Int32], values: [Float]) {
        precondition(rowStarts.count == rows + 1, "every row has a start, and the last one an end")
        precondition(
            columnIndices.count == values.count && rowStarts.last == values.count, "one column a value")
        self.rows = rows
        self.columns = columns
        self.rowStarts = rowStarts
        self.columnIndices = columnIndices
        self.values = values
    }

    /// The places of row `row` in `columnIndices` and `values`.
    public func entries(ofRow row: Int) -> Range<Int> {
        rowStarts[row]..<rowStarts[row + 1]
    }

    /// The columns × rows matrix with rows and columns exchanged, in time linear in rows + columns + entries.
    public func transposed() -> CompressedRows {
        let order = CountingSort(keys: columnIndices, below: columns)
        var rowOfEntry = [Int32](repeating: 0, count: values.count)
        for row in 0..<rows {
            for entry in entries(ofRow: row) { rowOfEntry[entry] = Int32(row) }
        }
        return CompressedRows(
            rows: columns, columns: rows, rowStarts: order.starts,
            columnIndices: order.permutation.map { rowOfEntry[$0] },
            values: order.permutation.map { values[$0] })
    }

    /// The entries whose value passes.
    func filter(_ passes: (Float) -> Bool) -> CompressedRows {
        var starts = [0]
        var columns: [Int32] = []
        var kept: [Float] = []
        starts.reserveCapacity(rows + 1)
        for row in 0..<rows {
            for entry in entries(ofRow: row) where passes(values[entry]) {
                columns.append(columnIndices[entry])
                kept.append(values[entry])
            }
            starts.append(kept.count)
        }
        return CompressedRows(
            rows: rows, columns: self.columns, rowStarts: starts, columnIndices: columns, values: kept)
    }

    /// Lends a function from a row to its columns.
    func withColumns<R>(_ body: ((Int) -> UnsafeBufferPointer<Int32>) -> R) -> R {
        columnIndices.withUnsafeBufferPointer { columns in
            body { row in UnsafeBufferPointer(rebasing: columns[self.entries(ofRow: row)]) }
        }
    }

    /// Splits the rows into `parts` contiguous ranges of about equal work, where a row costs one unit an entry and
    /// `fixedCost` besides. The ranges depend on the matrix and on `parts` alone.
    func balancedRanges(_ parts: Int, fixedCost: Int) -> [Range<Int>] {
        let total = values.count + rows * fixedCost
        var ranges: [Range<Int>] = []
        var start = 0
        for part in 1...parts {
            var end = start
            while end < rows && rowStarts[end] + end * fixedCost < total * part / parts { end += 1 }
            if part == parts { end = rows }
            ranges.append(start..<end)
            start = end
        }
        return ranges
    }
}
