extension SIMD8<Float> {
    /// Ones in the lanes whose value is not at most that of `other`, so also where one of them is NaN.
    ///
    /// Lane by lane, because the compiler does not always see through the loop of the standard library's `.<=`.
    @inline(__always)
    func exceeds(_ other: SIMD8<Float>) -> SIMD8<Int32> {
        SIMD8<Int32>(
            self[0] <= other[0] ? 0 : -1, self[1] <= other[1] ? 0 : -1, self[2] <= other[2] ? 0 : -1,
            self[3] <= other[3] ? 0 : -1, self[4] <= other[4] ? 0 : -1, self[5] <= other[5] ? 0 : -1,
            self[6] <= other[6] ? 0 : -1, self[7] <= other[7] ? 0 : -1)
    }
}

extension SIMD8<Int32> {
    /// Whether a bit is set in any lane.
    @inline(__always)
    var isAnySet: Bool {
        let words = unsafeBitCast(self, to: SIMD4<UInt64>.self)
        let half = words.lowHalf | words.highHalf
        return half.x | half.y != 0
    }
}
