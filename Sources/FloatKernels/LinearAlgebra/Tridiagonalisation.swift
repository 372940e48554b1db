/// A symmetric matrix brought to tridiagonal form: A = Q · T · Qᵀ with Q = H₀ · H₁ ⋯ and each
/// H = I − τ · v · vᵀ a reflection that clears one row beyond its off-diagonal.
struct Tridiagonalisation {
    /// The diagonal of T, n values.
    var diagonal: [Double]
    /// Beside the diagonal of T: element i stands between i and i + 1; the last of the n is 0.
    var offDiagonal: [Double]
    /// Row k holds v of reflection k in columns k + 1 and up.
    private var reflectors: [Double]
    private var factors: [Double]
    private let order: Int

    /// Orders above which a step is worth sharing among threads.
    private static let leastParallelOrder = 256

    /// Reduces the matrix whose lower triangle is given.
    init(_ symmetric: Matrix, pool: ThreadPool) {
        let n = symmetric.rows
        order = n
        diagonal = [Double](repeating: 0, count: n)
        offDiagonal = diagonal
        factors = diagonal
        reflectors = [Double](repeating: 0, count: n * n)
        for row in 0..<n {
            for column in 0...row {
                let value = Double(symmetric.elements[row * n + column])
                reflectors[row * n + column] = value
                reflectors[column * n + row] = value
            }
        }
        reduce(pool: pool)
    }

    private mutating func reduce(pool: ThreadPool) {
        let n = order
        var product = [Double](repeating: 0, count: n)
        reflectors.withUnsafeMutableBufferPointer { a in
            product.withUnsafeMutableBufferPointer { p in
                guard let a = a.baseAddress, let p = p.baseAddress else { return }
                for k in 0..<n {
                    diagonal[k] = a[k * n + k]
                    guard k + 1 < n else { break }
                    let rest = n - k - 1
                    let v = a + k * n + k + 1
                    (offDiagonal[k], factors[k]) = makeReflector(v, count: rest)
                    let pool = rest > Tridiagonalisation.leastParallelOrder ? pool : nil
                    reflectBothSides(v + n, stride: n, order: rest, v, factor: factors[k], p, pool: pool)
                }
            }
        }
    }

    /// Qᵀ, n × n, row by row: the unit matrix times the reflections from the last to the first, each row by itself.
    func transposedBasis(pool: ThreadPool) -> [Double] {
        let n = order
        var basis = [Double](repeating: 0, count: n * n)
        for i in 0..<n { basis[i * n + i] = 1 }
        reflectors.withUnsafeBufferPointer { v in
            basis.withUnsafeMutableBufferPointer { q in
                guard let v = v.baseAddress, let q = q.baseAddress else { return }
                pool.forEachRange(n) { rows in
                    // Reflection k leaves rows up to k of the unit matrix as they are.
                    for k in stride(from: rows.upperBound - 2, through: 0, by: -1) where factors[k] != 0 {
                        let start = k * n + k + 1
                        for row in max(rows.lowerBound, k + 1)..<rows.upperBound {
                            let target = q + row * n + k + 1
                            let along = dotProduct(target, v + start, count: n - k - 1)
                            addScaled(v + start, by: -factors[k] * along, to: target, count: n - k - 1)
                        }
                    }
                }
            }
        }
        return basis
    }
}

/// Turns x into the v of the reflection that takes x to a multiple of the first unit vector.
///
/// - Returns: that multiple, and the factor τ = 2 / vᵀv, which is 0 where x has that form already.
private func makeReflector(
    _ x: UnsafeMutablePointer<Double>, count: Int
) -> (image: Double, factor: Double) {
    let head = x[0]
    let tail = dotProduct(x + 1, x + 1, count: count - 1)
    guard tail > 0 else { return (head, 0) }
    let norm = (head * head + tail).squareRoot()
    let image = head > 0 ? -norm : norm
    x[0] = head - image
    return (image, 2 / (x[0] * x[0] + tail))
}

/// A = H · A · H for the symmetric A at `a`: A − v·wᵀ − w·vᵀ with w = p − (τ/2 · pᵀv) · v and p = τ · A · v.
private func reflectBothSides(
    _ a: UnsafeMutablePointer<Double>, stride: Int, order: Int, _ v: UnsafePointer<Double>, factor: Double,
    _ p: UnsafeMutablePointer<Double>, pool: ThreadPool?
) {
    guard factor != 0 else { return }
    share(order, multiple: 1, pool) { rows in
        for row in rows { p[row] = factor * dotProduct(a + row * stride, v, count: order) }
    }
    addScaled(v, by: -factor / 2 * dotProduct(p, v, count: order), to: p, count: order)
    share(order, multiple: 1, pool) { rows in
        for row in rows {
            addScaled(p, by: -v[row], and: v, by: -p[row], to: a + row * stride, count: order)
        }
    }
}
