extension Cholesky {
    /// Columns of L⁻¹, and rows of A⁻¹, that are found together.
    static let strip = 128

    /// A⁻¹, n × n, exactly symmetric: L⁻ᵀ · L⁻¹ with the zeros of L⁻¹ left out of the work.
    public func inverse(pool: ThreadPool) -> Matrix {
        let n = lower.rows
        var inverse = Matrix(rows: n, columns: n)
        let inverseLower = inverseOfLower(pool: pool)
        inverseLower.elements.withUnsafeBufferPointer { x in
            inverse.elements.withUnsafeMutableBufferPointer { result in
                guard let x = x.baseAddress, let result = result.baseAddress else { return }
                for start in stride(from: 0, to: n, by: Cholesky.strip) {
                    // Row i of L⁻ᵀ begins at column i, so rows of L⁻¹ above `start` take no part.
                    let end = min(start + Cholesky.strip, n)
                    let rows = x + start * n
                    matrixProduct(
                        a: rows + start, aStride: n, transposingA: true, b: rows, bStride: n,
                        transposingB: false, into: result + start * n, cStride: n, m: end - start, n: end,
                        k: n - start, pool: pool)
                }
                mirrorLowerTriangle(result, order: n)
            }
        }
        return inverse
    }

    /// L⁻¹, n × n, lower triangular: a strip of the unit matrix is solved for at a time, from its first row that
    /// is not zero.
    public func inverseOfLower(pool: ThreadPool) -> Matrix {
        let n = lower.rows
        var inverse = Matrix(rows: n, columns: n)
        let strips = (n + Cholesky.strip - 1) / Cholesky.strip
        lower.elements.withUnsafeBufferPointer { l in
            inverse.elements.withUnsafeMutableBufferPointer { x in
                guard let l = l.baseAddress, let x = x.baseAddress else { return }
                // Strips become shorter: dealt out back and forth, every worker's sum is about the same.
                pool.run { worker in
                    for index in 0..<strips {
                        let (round, place) = index.quotientAndRemainder(dividingBy: pool.threads)
                        guard worker == (round % 2 == 0 ? place : pool.threads - 1 - place) else { continue }
                        let start = index * Cholesky.strip
                        let width = min(Cholesky.strip, n - start)
                        for i in start..<start + width { x[i * n + i] = 1 }
                        TriangularFactor(base: l + start * n + start, stride: n, order: n - start)
                            .solve(.init(base: x + start * n + start, stride: n, count: width))
                    }
                }
            }
        }
        return inverse
    }
}

/// Copies the lower triangle of the n × n matrix at `a` onto the upper one.
private func mirrorLowerTriangle(_ a: UnsafeMutablePointer<Float>, order n: Int) {
    for row in 0..<n {
        for column in 0..<row { a[column * n + row] = a[row * n + column] }
    }
}
