/// xᵢ = exp(xᵢ) in place, over `count` values.
///
/// The relative error is below 2⁻²³ wherever the result is a normal number; smaller results carry at most one
/// unit of the last place besides. exp(−∞) = 0, exp(∞) = ∞, NaN stays NaN, and exp(0) is exactly 1.
/// A value's result does not depend on where it stands.
///
/// exp(x) = 2ⁿ · exp(r) with n = round(x / ln 2), |r| ≤ ln 2 / 2: W. J. Cody and W. Waite, "Software Manual for
/// the Elementary Functions", 1980, chapter 6. exp(r) is its Taylor polynomial of degree 7, whose
/// remainder is below 6 · 10⁻⁹.
public func exponential(_ x: UnsafeMutablePointer<Float>, count: Int) {
    precondition(count >= 0, "a vector cannot have a negative length")
    let vectors = count & ~7
    for i in stride(from: 0, to: vectors, by: 8) {
        exponential(SIMD8(at: x + i)).store(at: x + i)
    }
    guard vectors < count else { return }
    var rest = SIMD8<Float>.zero
    for i in vectors..<count { rest[i - vectors] = x[i] }
    rest = exponential(rest)
    for i in vectors..<count { x[i] = rest[i - vectors] }
}

/// exp(x) lane by lane, as above.
@inline(__always)
func exponential(_ x: SIMD8<Float>) -> SIMD8<Float> {
    // Beyond these bounds the result is 0 or infinite. A NaN fails both comparisons and goes on as it is.
    var x = x.replacing(with: -104, where: x .< -104)
    x.replace(with: 89, where: x .> 89)

    // Adding 1.5 · 2²³ rounds to an integer, which then stands in the low bits.
    let shift = SIMD8<Float>(repeating: 12_582_912)
    let shifted = shift.addingProduct(x, SIMD8(repeating: 1.442_695_04))
    let n = shifted - shift
    // ln 2 in two parts; the first has so few bits that n times it is exact.
    var r = x.addingProduct(n, SIMD8(repeating: -0.693_359_375))
    r.addProduct(n, SIMD8(repeating: 2.121_944_4e-4))

    var p = SIMD8<Float>(repeating: 1 / 5040)
    p = SIMD8(repeating: 1 / 720).addingProduct(p, r)
    p = SIMD8(repeating: 1 / 120).addingProduct(p, r)
    p = SIMD8(repeating: 1 / 24).addingProduct(p, r)
    p = SIMD8(repeating: 1 / 6).addingProduct(p, r)
    p = SIMD8(repeating: 1 / 2).addingProduct(p, r)
    p = r.addingProduct(p, r * r)
    p += 1

    // 2ⁿ as a product of two powers, because n reaches from −150 to 128 and an exponent from −126 to 127.
    let exponent =
        unsafeBitCast(shifted, to: SIMD8<Int32>.self) &- unsafeBitCast(shift, to: SIMD8<Int32>.self)
    let half = exponent &>> 1
    return p * powerOfTwo(half) * powerOfTwo(exponent &- half)
}

/// 2ⁿ for −126 ≤ n ≤ 127.
@inline(__always)
private func powerOfTwo(_ n: SIMD8<Int32>) -> SIMD8<Float> {
    unsafeBitCast((n &+ 127) &<< 23, to: SIMD8<Float>.self)
}
