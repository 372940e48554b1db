/// The lower triangle of C = alpha · A · Bᵀ + beta · C, where A · Bᵀ is symmetric: half the work of a whole product.
///
/// A and B are n × k, C is n × n; above the diagonal C holds nothing meaningful afterwards. The error bound is that
/// of `matrixProduct`, and the result does not depend on the number of threads either.
///
/// - Parameter lower: C; not read where beta is 0.
public func addSymmetricProduct(
    _ a: Matrix, _ b: Matrix, to lower: inout Matrix, alpha: Float = 1, beta: Float = 0, pool: ThreadPool
) {
    let (n, k) = (a.rows, a.columns)
    precondition(b.rows == n && b.columns == k, "A and B have the same shape")
    precondition(lower.rows == n && lower.columns == n, "C has a row and a column for every row of A")
    a.elements.withUnsafeBufferPointer { a in
        b.elements.withUnsafeBufferPointer { b in
            lower.elements.withUnsafeMutableBufferPointer { c in
                guard let a = a.baseAddress, let b = b.baseAddress, let c = c.baseAddress else { return }
                for start in stride(from: 0, to: n, by: symmetricStrip) {
                    let end = min(start + symmetricStrip, n)
                    matrixProduct(
                        a: a + start * k, aStride: k, transposingA: false, b: b, bStride: k,
                        transposingB: true, into: c + start * n, cStride: n, m: end - start, n: end, k: k,
                        alpha: alpha, beta: beta, pool: pool)
                }
            }
        }
    }
}

/// Rows of C that are found together, a multiple of the tile's six: wide enough that packing B costs little.
private let symmetricStrip = 192
