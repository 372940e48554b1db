/// C = op(A) · op(B), where op(X) is X or, where its flag says so, Xᵀ.
///
/// op(A) is m × k, op(B) is k × n, the result m × n. The error of an element is at most γ_k · Σ|a||b| with
/// γ_k = kε/(1 − kε) and ε = 2⁻²⁴. The result does not depend on the number of threads.
public func matrixProduct(
    _ a: Matrix, _ b: Matrix, transposingA: Bool = false, transposingB: Bool = false, pool: ThreadPool
) -> Matrix {
    let (m, k) = transposingA ? (a.columns, a.rows) : (a.rows, a.columns)
    let (depth, n) = transposingB ? (b.columns, b.rows) : (b.rows, b.columns)
    precondition(k == depth, "the columns of op(A) must be as many as the rows of op(B)")
    guard m * n * k > 0 else { return Matrix(rows: m, columns: n) }
    let elements = [Float](unsafeUninitializedCapacity: m * n) { output, count in
        a.elements.withUnsafeBufferPointer { a1 in
            b.elements.withUnsafeBufferPointer { b1 in
                guard let a1 = a1.baseAddress, let b1 = b1.baseAddress, let c = output.baseAddress else {
                    return
                }
                matrixProduct(
                    a: a1, aStride: a.columns, transposingA: transposingA, b: b1, bStride: b.columns,
                    transposingB: transposingB, into: c, cStride: n, m: m, n: n, k: k, pool: pool)
            }
        }
        count = m * n
    }
    return Matrix(rows: m, columns: n, elements: elements)
}

/// C = alpha · op(A) · op(B) + beta · C, where op(X) is X or, where its flag says so, Xᵀ.
///
/// op(A) is m × k, op(B) is k × n, C is m × n; a stride is the distance between the starts of two rows as they
/// are stored. C must not overlap A or B, and is not read where beta is 0.
///
/// Every element is computed by the same operations in the same order however C is divided, so the result does
/// not depend on the number of threads. Without a pool, or where the work is not worth it, the caller computes.
public func matrixProduct(
    a: UnsafePointer<Float>, aStride: Int, transposingA: Bool, b: UnsafePointer<Float>, bStride: Int,
    transposingB: Bool, into c: UnsafeMutablePointer<Float>, cStride: Int, m: Int, n: Int, k: Int,
    alpha: Float = 1, beta: Float = 0, pool: ThreadPool? = nil
) {
    precondition(m >= 0 && n >= 0 && k >= 0, "a matrix cannot have a negative size")
    precondition(aStride >= (transposingA ? m : k), "aStride is shorter than a row of A")
    precondition(bStride >= (transposingB ? k : n), "bStride is shorter than a row of B")
    precondition(cStride >= n, "cStride is shorter than a row of C")
    guard m > 0 && n > 0 else { return }
    guard k > 0 else { return scaleRows(c, stride: cStride, rows: m, columns: n, by: beta) }
    let left = ProductOperand.left(a, stride: aStride, transposed: transposingA)
    let right = ProductOperand.right(b, stride: bStride, transposed: transposingB)
    let pool = m * n * k > leastParallelProduct ? pool : nil
    if n == 1 {
        let product = MatrixVectorProduct(
            matrix: left, x: b, xStride: right.depthStride, y: c, yStride: cStride, depth: k, alpha: alpha,
            beta: beta)
        share(m, multiple: 1, pool) { product.compute($0) }
    } else if m == 1 {
        let product = MatrixVectorProduct(
            matrix: right, x: a, xStride: left.depthStride, y: c, yStride: 1, depth: k, alpha: alpha,
            beta: beta)
        share(n, multiple: 1, pool) { product.compute($0) }
    } else {
        let product = BlockedProduct(
            a: left, b: right, c: c, cStride: cStride, depth: k, alpha: alpha, beta: beta)
        if m >= n {
            share(m, multiple: ProductTile.rows, pool) { product.compute(rows: $0, columns: 0..<n) }
        } else {
            share(n, multiple: ProductTile.columns, pool) { product.compute(rows: 0..<m, columns: $0) }
        }
    }
}

/// Multiply-adds below which sharing the work costs more than it saves: some 5 µs of one core's work.
private let leastParallelProduct = 200_000

/// C = factor · C, and 0 where the factor is 0 whatever C holds.
private func scaleRows(
    _ c: UnsafeMutablePointer<Float>, stride: Int, rows: Int, columns: Int, by factor: Float
) {
    for row in 0..<rows {
        for column in 0..<columns {
            let target = c + row * stride + column
            target.pointee = factor == 0 ? 0 : target.pointee * factor
        }
    }
}
