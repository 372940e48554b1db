extension SIMDMask where Storage == SIMD8<Int32> {
    /// Whether a lane is set; the standard library's `any` is a call.
    @inline(__always)
    var isAnySet: Bool {
        let words = unsafeBitCast(self, to: SIMD4<UInt64>.self)
        let half = words.lowHalf | words.highHalf
        return half.x | half.y != 0
    }
}
