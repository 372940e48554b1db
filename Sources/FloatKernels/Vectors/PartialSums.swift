/// Thirty-two partial sums in four vectors: enough independent chains to hide the latency of an addition.
struct PartialSums {
    private var s0 = SIMD8<Float>.zero
    private var s1 = SIMD8<Float>.zero
    private var s2 = SIMD8<Float>.zero
    private var s3 = SIMD8<Float>.zero

    /// Calls `add` for every whole vector of eight in 0..<count with the sum it belongs to and its first index.
    ///
    /// - Returns: where the whole vectors end; the caller adds the fewer than eight values from there.
    @inline(__always)
    mutating func forEachVector(_ count: Int, _ add: (inout SIMD8<Float>, Int) -> Void) -> Int {
        precondition(count >= 0, "a vector cannot have a negative length")
        var i = 0
        while i + 32 <= count {
            add(&s0, i)
            add(&s1, i + 8)
            add(&s2, i + 16)
            add(&s3, i + 24)
            i += 32
        }
        while i + 8 <= count {
            add(&s0, i)
            i += 8
        }
        return i
    }

    /// The four vectors added up.
    @inline(__always)
    var vector: SIMD8<Float> { (s0 + s1) + (s2 + s3) }

    /// The sum of all partial sums, added as a balanced tree.
    @inline(__always)
    var total: Float {
        let vector = vector
        let half = vector.lowHalf + vector.highHalf
        let quarter = half.lowHalf + half.highHalf
        return quarter.x + quarter.y
    }
}
