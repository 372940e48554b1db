// Lane by lane, because `init(truncatingIfNeeded:)` is a call for these types: the compiler makes one instruction of
// the conversion, and one (`vpmaddwd`, `smull`) of conversion and product.

extension SIMD16<Int8> {
    /// The sixteen values with their signs, in sixteen bits each.
    @inline(__always)
    var widened: SIMD16<Int16> {
        SIMD16<Int16>(
            Int16(self[0]), Int16(self[1]), Int16(self[2]), Int16(self[3]),
            Int16(self[4]), Int16(self[5]), Int16(self[6]), Int16(self[7]),
            Int16(self[8]), Int16(self[9]), Int16(self[10]), Int16(self[11]),
            Int16(self[12]), Int16(self[13]), Int16(self[14]), Int16(self[15]))
    }
}

extension SIMD16<Int16> {
    /// The sixteen values with their signs, in 32 bits each.
    @inline(__always)
    var widened: SIMD16<Int32> {
        SIMD16<Int32>(
            Int32(self[0]), Int32(self[1]), Int32(self[2]), Int32(self[3]),
            Int32(self[4]), Int32(self[5]), Int32(self[6]), Int32(self[7]),
            Int32(self[8]), Int32(self[9]), Int32(self[10]), Int32(self[11]),
            Int32(self[12]), Int32(self[13]), Int32(self[14]), Int32(self[15]))
    }
}
