import FloatKernels

/// Factors of dropout: 0 with `probability`, else what keeps the expectation.
func drawDropout(
    _ probability: Float, into factors: UnsafeMutablePointer<Float>, count: Int, _ generator: RandomGenerator
) {
    var generator = generator
    // Four draws of sixteen bits from one number.
    let threshold = UInt64(probability * 65_536)
    let scale = 65_536 / (65_536 - Float(threshold))
    var bits: UInt64 = 0
    for i in 0..<count {
        bits = i & 3 == 0 ? generator.next() : bits >> 16
        factors[i] = bits & 0xFFFF < threshold ? 0 : scale
    }
}
