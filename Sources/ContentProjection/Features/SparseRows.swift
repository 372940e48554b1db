package import FloatKernels

/// Rows of a sparse matrix in compressed-row form; a row is one item's terms and their weights.
package struct SparseRows: Sendable, Equatable {
    /// Number of possible terms (columns).
    package let width: Int
    /// `starts[r] ..< starts[r + 1]` are row r's entries; count is rows + 1.
    package private(set) var starts: [Int] = [0]
    package private(set) var columns: [Int32] = []
    package private(set) var values: [Float] = []

    package init(width: Int) { self.width = width }

    package init(width: Int, starts: [Int], columns: [Int32], values: [Float]) {
        precondition(starts.first == 0 && starts.last == columns.count && columns.count == values.count)
        self.width = width
        self.starts = starts
        self.columns = columns
        self.values = values
    }

    package var count: Int { starts.count - 1 }

    package func isEmpty(row: Int) -> Bool { starts[row] == starts[row + 1] }

    /// Adds a row scaled to unit length; an empty or zero row stays empty.
    package mutating func appendUnitRow(_ entries: [(column: Int, value: Float)]) {
        let length = entries.reduce(0) { $0 + $1.value * $1.value }.squareRoot()
        if length > 0 {
            for entry in entries where entry.value != 0 {
                columns.append(Int32(entry.column))
                values.append(entry.value / length)
            }
        }
        starts.append(columns.count)
    }

    package func selecting(_ rows: [Int]) -> SparseRows {
        var selected = SparseRows(width: width)
        for row in rows {
            selected.columns.append(contentsOf: columns[starts[row]..<starts[row + 1]])
            selected.values.append(contentsOf: values[starts[row]..<starts[row + 1]])
            selected.starts.append(selected.columns.count)
        }
        return selected
    }

    /// Compressed columns: for every term, the rows that have it.
    package var transposed: SparseRows {
        var counts = [Int](repeating: 0, count: width + 1)
        for column in columns { counts[Int(column) + 1] += 1 }
        for column in 0..<width { counts[column + 1] += counts[column] }
        var next = counts
        var rowOf = [Int32](repeating: 0, count: columns.count)
        var weight = [Float](repeating: 0, count: columns.count)
        for row in 0..<count {
            for entry in starts[row]..<starts[row + 1] {
                let place = next[Int(columns[entry])]
                next[Int(columns[entry])] += 1
                rowOf[place] = Int32(row)
                weight[place] = values[entry]
            }
        }
        return SparseRows(width: count, starts: counts, columns: rowOf, values: weight)
    }

    /// self · otherᵀ, rows × other's rows: cosines, since rows have unit length.
    ///
    /// - Parameter postings: the other rows, transposed.
    package func products(withTransposed postings: SparseRows, pool: ThreadPool) -> Matrix {
        precondition(width == postings.count, "rows over different terms")
        var product = Matrix(rows: count, columns: postings.width)
        product.withMutableRows(pool: pool) { row, out in
            for entry in starts[row]..<starts[row + 1] {
                let term = Int(columns[entry])
                let value = values[entry]
                for posting in postings.starts[term]..<postings.starts[term + 1] {
                    out[Int(postings.columns[posting])] += value * postings.values[posting]
                }
            }
        }
        return product
    }

    /// self · dense, rows × dense.columns, where dense has one row a term.
    package func product(with dense: Matrix, pool: ThreadPool) -> Matrix {
        precondition(dense.rows == width, "one dense row a term")
        var product = Matrix(rows: count, columns: dense.columns)
        dense.elements.withUnsafeBufferPointer { source in
            guard let base = source.baseAddress else { return }
            nonisolated(unsafe) let terms = base
            product.withMutableRows(pool: pool) { row, out in
                guard let target = out.baseAddress else { return }
                columns.withUnsafeBufferPointer { columns in
                    values.withUnsafeBufferPointer { values in
                        guard let columns = columns.baseAddress, let values = values.baseAddress else {
                            return
                        }
                        addScaledRows(
                            of: terms, stride: dense.columns, rows: columns + starts[row],
                            by: values + starts[row], entries: starts[row + 1] - starts[row], to: target,
                            count: dense.columns)
                    }
                }
            }
        }
        return product
    }
}
