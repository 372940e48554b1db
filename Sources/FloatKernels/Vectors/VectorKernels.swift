/// Σ aᵢ · bᵢ over `count` values.
///
/// Four vectors of partial sums; the error is at most γ_count · Σ|aᵢ||bᵢ|, and the result is always the same for
/// the same values. The pointers need no alignment beyond that of a Float, here and in all vector kernels.
public func dotProduct(_ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, count: Int) -> Float {
    var sums = PartialSums()
    let vectors = sums.forEachVector(count) { sum, i in sum.addProduct(SIMD8(at: a + i), SIMD8(at: b + i)) }
    var total = sums.total
    for i in vectors..<count { total.addProduct(a[i], b[i]) }
    return total
}

/// Σ (aᵢ − bᵢ)² over `count` values.
public func squaredDistance(_ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, count: Int) -> Float {
    var sums = PartialSums()
    let vectors = sums.forEachVector(count) { sum, i in
        let difference = SIMD8(at: a + i) - SIMD8(at: b + i)
        sum.addProduct(difference, difference)
    }
    var total = sums.total
    for i in vectors..<count { total.addProduct(a[i] - b[i], a[i] - b[i]) }
    return total
}

/// Σ xᵢ over `count` values.
public func sum(_ x: UnsafePointer<Float>, count: Int) -> Float {
    var sums = PartialSums()
    let vectors = sums.forEachVector(count) { sum, i in sum += SIMD8(at: x + i) }
    var total = sums.total
    for i in vectors..<count { total += x[i] }
    return total
}

/// y += alpha · x over `count` values; x and y are the same or do not overlap.
public func addScaled(
    _ x: UnsafePointer<Float>, by alpha: Float, to y: UnsafeMutablePointer<Float>, count: Int
) {
    let factor = SIMD8(repeating: alpha)
    let vectors = count & ~7
    for i in stride(from: 0, to: vectors, by: 8) {
        SIMD8(at: y + i).addingProduct(factor, SIMD8(at: x + i)).store(at: y + i)
    }
    for i in vectors..<max(vectors, count) { y[i].addProduct(alpha, x[i]) }
}

/// x *= factor over `count` values.
public func scale(_ x: UnsafeMutablePointer<Float>, by factor: Float, count: Int) {
    let vectors = count & ~7
    for i in stride(from: 0, to: vectors, by: 8) {
        (SIMD8(at: x + i) * factor).store(at: x + i)
    }
    for i in vectors..<max(vectors, count) { x[i] *= factor }
}
