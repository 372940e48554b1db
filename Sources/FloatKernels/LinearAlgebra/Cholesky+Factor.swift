extension Cholesky {
    /// Columns of L that are found together.
    private static let block = 128

    /// Overwrites the n × n matrix at `a` by its factor, a block of columns after the other.
    ///
    /// Left-looking: each block first takes in all the columns to its left as one matrix product, which does
    /// almost all of the n³/3 operations.
    ///
    /// - Returns: false where a pivot is not positive.
    static func factor(_ a: UnsafeMutablePointer<Float>, order n: Int, pool: ThreadPool) -> Bool {
        for start in stride(from: 0, to: n, by: block) {
            let end = min(start + block, n)
            let rows = a + start * n
            matrixProduct(
                a: rows, aStride: n, transposingA: false, b: rows, bStride: n, transposingB: true,
                into: rows + start, cStride: n, m: n - start, n: end - start, k: start, alpha: -1, beta: 1,
                pool: pool)
            guard factorDiagonal(rows + start, stride: n, order: end - start) else { return false }
            pool.forEachRange(n - end) { below in
                eliminate(
                    a + (end + below.lowerBound) * n + start, rows: below.count, by: rows + start, stride: n,
                    count: end - start)
            }
        }
        clearUpperTriangle(a, order: n)
        return true
    }

    /// Factors one block on the diagonal, row by row.
    private static func factorDiagonal(_ a: UnsafeMutablePointer<Float>, stride: Int, order: Int) -> Bool {
        for i in 0..<order {
            let row = a + i * stride
            for j in 0..<i {
                let pivotRow = a + j * stride
                row[j] = (row[j] - dotProduct(row, pivotRow, count: j)) / pivotRow[j]
            }
            let pivot = row[i] - dotProduct(row, row, count: i)
            guard pivot > 0 && pivot.isFinite else { return false }
            row[i] = pivot.squareRoot()
        }
        return true
    }

    /// Solves X · Lᵀ = B for the leading `count` columns of L, in place, as L · Xᵀ = Bᵀ: so that it runs along rows.
    private static func eliminate(
        _ block: UnsafeMutablePointer<Float>, rows: Int, by lower: UnsafePointer<Float>, stride: Int,
        count: Int
    ) {
        withScratch(count: min(rows, strip) * count) { sides in
            for start in Swift.stride(from: 0, to: rows, by: strip) {
                let width = min(strip, rows - start)
                let part = block + start * stride
                transpose(part, stride: stride, rows: width, columns: count, into: sides, stride: width)
                TriangularFactor(base: lower, stride: stride, order: count)
                    .solve(.init(base: sides, stride: width, count: width))
                transpose(sides, stride: width, rows: count, columns: width, into: part, stride: stride)
            }
        }
    }

    private static func clearUpperTriangle(_ a: UnsafeMutablePointer<Float>, order n: Int) {
        for row in 0..<n {
            (a + row * n + row + 1).update(repeating: 0, count: n - row - 1)
        }
    }
}
