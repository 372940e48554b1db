/// 1 / (1 + e⁻ˣ), with a relative error below 2⁻²¹ where the result is a normal number; 0 at −∞, 1 at ∞, NaN for NaN.
public func logistic(_ x: Float) -> Float {
    1 / (1 + exponential(SIMD8(repeating: -x))[0])
}
