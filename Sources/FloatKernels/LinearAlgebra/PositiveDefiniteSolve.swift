/// Solves A · x = b in place, for the many small systems of alternating least squares.
///
/// `a` is n × n, row by row, symmetric and positive definite; its upper triangle is read (rows from the diagonal
/// on) and all of it is overwritten. `b` holds the n right sides and then the solution. Nothing is allocated.
///
/// A = Uᵀ · U, n³/3 operations, by the outer products of four rows at a time, so that all work runs along rows.
///
/// - Returns: false where A is not positive definite to the precision of a Float; `b` is then unchanged.
public func solvePositiveDefinite(
    _ a: UnsafeMutablePointer<Float>, order n: Int, _ b: UnsafeMutablePointer<Float>
) -> Bool {
    precondition(n >= 0, "a matrix cannot have a negative size")
    guard factorUpper(a, order: n) else { return false }
    for k in 0..<n {
        let row = a + k * n
        b[k] /= row[k]
        addScaled(row + k + 1, by: -b[k], to: b + k + 1, count: n - k - 1)
    }
    for k in stride(from: n - 1, through: 0, by: -1) {
        let row = a + k * n
        b[k] = (b[k] - dotProduct(row + k + 1, b + k + 1, count: n - k - 1)) / row[k]
    }
    return true
}

/// Overwrites the upper triangle at `a` by U. What is left of the diagonal becomes meaningless.
private func factorUpper(_ a: UnsafeMutablePointer<Float>, order n: Int) -> Bool {
    var start = 0
    while start < n {
        let end = min(start + 4, n)
        for k in start..<end {
            let pivotRow = a + k * n
            let pivot = pivotRow[k]
            guard pivot > 0 && pivot.isFinite else { return false }
            scale(pivotRow + k, by: 1 / pivot.squareRoot(), count: n - k)
            for i in k + 1..<max(k + 1, end) {
                addScaled(pivotRow + i, by: -pivotRow[i], to: a + i * n + i, count: n - i)
            }
        }
        // A last block of fewer than four rows has no rows below it.
        var i = end
        while i + 2 <= n {
            subtractFourFromTwo(a, order: n, pivots: start, target: i)
            i += 2
        }
        if i < n { subtractFourFromOne(a, order: n, pivots: start, target: i) }
        start = end
    }
    return true
}

/// Takes the outer products of rows `pivots` ..< `pivots` + 4 from rows `target` and `target` + 1.
///
/// Starts at the last multiple of eight at or before the diagonal: what that overwrites below it is not used.
@inline(__always)
private func subtractFourFromTwo(_ a: UnsafeMutablePointer<Float>, order n: Int, pivots: Int, target: Int) {
    let p0 = a + pivots * n
    let p1 = p0 + n
    let p2 = p1 + n
    let p3 = p2 + n
    let upper = a + target * n
    let lower = upper + n
    let i = target
    let (u0, u1, u2, u3) = (-p0[i], -p1[i], -p2[i], -p3[i])
    let (l0, l1, l2, l3) = (-p0[i + 1], -p1[i + 1], -p2[i + 1], -p3[i + 1])
    var j = i & ~7
    while j + 8 <= n {
        let (x0, x1, x2, x3) = (SIMD8(at: p0 + j), SIMD8(at: p1 + j), SIMD8(at: p2 + j), SIMD8(at: p3 + j))
        var u = SIMD8(at: upper + j).addingProduct(SIMD8(repeating: u0), x0)
        var l = SIMD8(at: lower + j).addingProduct(SIMD8(repeating: l0), x0)
        u.addProduct(SIMD8(repeating: u1), x1)
        l.addProduct(SIMD8(repeating: l1), x1)
        u.addProduct(SIMD8(repeating: u2), x2)
        l.addProduct(SIMD8(repeating: l2), x2)
        u.addProduct(SIMD8(repeating: u3), x3)
        l.addProduct(SIMD8(repeating: l3), x3)
        u.store(at: upper + j)
        l.store(at: lower + j)
        j += 8
    }
    while j < n {
        upper[j] = upper[j].addingProduct(u0, p0[j]).addingProduct(u1, p1[j]).addingProduct(u2, p2[j])
            .addingProduct(u3, p3[j])
        lower[j] = lower[j].addingProduct(l0, p0[j]).addingProduct(l1, p1[j]).addingProduct(l2, p2[j])
            .addingProduct(l3, p3[j])
        j += 1
    }
}

/// The same for the last row where their number is odd.
@inline(__always)
private func subtractFourFromOne(_ a: UnsafeMutablePointer<Float>, order n: Int, pivots: Int, target: Int) {
    for k in pivots..<pivots + 4 {
        let pivotRow = a + k * n + target
        addScaled(pivotRow, by: -pivotRow[0], to: a + target * n + target, count: n - target)
    }
}
