#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// ln x.
func logarithm(_ x: Float) -> Float { log(x) }

/// baseᵉ.
func power(_ base: Float, _ exponent: Float) -> Float { pow(base, exponent) }

/// eˣ.
func exponential(_ x: Float) -> Float { exp(x) }
