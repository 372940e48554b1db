/// A place in pixels: x to the right, y downwards.
typealias Point = SIMD2<Float>

extension SIMD2<Float> {
    var length: Float { (x * x + y * y).squareRoot() }

    /// A quarter turn.
    var perpendicular: SIMD2<Float> { SIMD2(-y, x) }

    func mixed(with other: SIMD2<Float>, _ fraction: Float) -> SIMD2<Float> {
        self + (other - self) * fraction
    }
}
