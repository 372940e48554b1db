/// The vector kernels in double precision, for work whose rounding errors would otherwise pile up.

func dotProduct(_ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, count: Int) -> Double {
    var s0 = SIMD4<Double>.zero
    var s1 = SIMD4<Double>.zero
    var i = 0
    while i + 8 <= count {
        s0.addProduct(SIMD4(at: a + i), SIMD4(at: b + i))
        s1.addProduct(SIMD4(at: a + i + 4), SIMD4(at: b + i + 4))
        i += 8
    }
    let sum = s0 + s1
    let half = sum.lowHalf + sum.highHalf
    var total = half.x + half.y
    while i < count {
        total.addProduct(a[i], b[i])
        i += 1
    }
    return total
}

/// y += alpha · x.
func addScaled(_ x: UnsafePointer<Double>, by alpha: Double, to y: UnsafeMutablePointer<Double>, count: Int) {
    let factor = SIMD4(repeating: alpha)
    var i = 0
    while i + 4 <= count {
        SIMD4(at: y + i).addingProduct(factor, SIMD4(at: x + i)).store(at: y + i)
        i += 4
    }
    while i < count {
        y[i].addProduct(alpha, x[i])
        i += 1
    }
}

/// z += alpha · x + beta · y.
func addScaled(
    _ x: UnsafePointer<Double>, by alpha: Double, and y: UnsafePointer<Double>, by beta: Double,
    to z: UnsafeMutablePointer<Double>, count: Int
) {
    let (first, second) = (SIMD4(repeating: alpha), SIMD4(repeating: beta))
    var i = 0
    while i + 4 <= count {
        SIMD4(at: z + i).addingProduct(first, SIMD4(at: x + i)).addingProduct(second, SIMD4(at: y + i))
            .store(at: z + i)
        i += 4
    }
    while i < count {
        z[i] = z[i].addingProduct(alpha, x[i]).addingProduct(beta, y[i])
        i += 1
    }
}

extension SIMD4<Double> {
    /// The four values at `pointer`.
    @inline(__always)
    init(at pointer: UnsafePointer<Double>) {
        self = UnsafeRawPointer(pointer).loadUnaligned(as: SIMD4<Double>.self)
    }

    /// Writes the four values to `pointer`.
    @inline(__always)
    func store(at pointer: UnsafeMutablePointer<Double>) {
        UnsafeMutableRawPointer(pointer).storeBytes(of: self, as: SIMD4<Double>.self)
    }
}
