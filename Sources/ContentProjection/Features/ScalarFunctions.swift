#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// ln x.
func naturalLogarithm(_ x: Float) -> Float { logf(x) }

/// eˣ in double precision, for the few places where one number is wanted.
func exponential(_ x: Double) -> Double { exp(x) }

/// ln x in double precision.
func naturalLogarithm(_ x: Double) -> Double { log(x) }

/// xʸ.
func power(_ x: Float, _ y: Float) -> Float { powf(x, y) }

/// The angle of (x, y), −π … π.
func arcTangent(_ y: Float, _ x: Float) -> Float { atan2f(y, x) }

/// The middle value (the upper one of two); nil for no values.
func median(_ values: [Float]) -> Float? {
    values.isEmpty ? nil : values.sorted()[values.count / 2]
}
