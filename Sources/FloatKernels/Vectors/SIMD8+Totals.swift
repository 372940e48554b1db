extension SIMD8<Float> {
    /// The sums of the lanes of eight vectors, each added as the tree of `PartialSums.total`.
    @inline(__always)
    static func totals(
        _ a: SIMD8, _ b: SIMD8, _ c: SIMD8, _ d: SIMD8, _ e: SIMD8, _ f: SIMD8, _ g: SIMD8, _ h: SIMD8
    ) -> SIMD8 {
        // The vectors that meet in a step are those whose lanes then stand in the order a … h.
        let low = quarters(halves(a, e), halves(c, g))
        let high = quarters(halves(b, f), halves(d, h))
        let even = SIMD8(low[0], high[0], low[2], high[2], low[4], high[4], low[6], high[6])
        let odd = SIMD8(low[1], high[1], low[3], high[3], low[5], high[5], low[7], high[7])
        return even + odd
    }

    /// The sums of the lanes of four vectors, each added as the tree of `PartialSums.total`.
    @inline(__always)
    static func totals(_ a: SIMD8, _ b: SIMD8, _ c: SIMD8, _ d: SIMD8) -> SIMD4<Float> {
        let quarters = quarters(halves(a, c), halves(b, d))
        return quarters.evenHalf + quarters.oddHalf
    }

    /// Lanes 0 … 3 plus lanes 4 … 7 of a vector, then of another.
    @inline(__always)
    private static func halves(_ x: SIMD8, _ y: SIMD8) -> SIMD8 {
        SIMD8(lowHalf: x.lowHalf, highHalf: y.lowHalf) + SIMD8(lowHalf: x.highHalf, highHalf: y.highHalf)
    }

    /// In each half, the lower two lanes plus the upper two of x, then of y.
    @inline(__always)
    private static func quarters(_ x: SIMD8, _ y: SIMD8) -> SIMD8 {
        SIMD8(x[0], x[1], y[0], y[1], x[4], x[5], y[4], y[5])
            + SIMD8(x[2], x[3], y[2], y[3], x[6], x[7], y[6], y[7])
    }
}
