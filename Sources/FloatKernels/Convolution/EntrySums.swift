/// Sums of vectors, each times a value from a list, held in registers: nine vectors, three rows of three, or three,
/// one in each row.
struct NineSums {
    private var s00, s01, s02, s10, s11, s12, s20, s21, s22: SIMD8<Float>

    /// From memory: three rows of 24 values, `step` apart.
    @inline(__always)
    init(at p: UnsafePointer<Float>, step: Int) {
        (s00, s01, s02) = (SIMD8(at: p), SIMD8(at: p + 8), SIMD8(at: p + 16))
        let q = p + step, r = p + 2 * step
        (s10, s11, s12) = (SIMD8(at: q), SIMD8(at: q + 8), SIMD8(at: q + 16))
        (s20, s21, s22) = (SIMD8(at: r), SIMD8(at: r + 8), SIMD8(at: r + 16))
    }

    @inline(__always)
    init() {
        (s00, s01, s02, s10, s11) = (.init(), .init(), .init(), .init(), .init())
        (s12, s20, s21, s22) = (.init(), .init(), .init(), .init())
    }

    /// Adds value · vectors at `base + place` for every entry.
    @inline(__always)
    mutating func add(
        _ entries: UnsafeBufferPointer<SparseGradient.Entry>, _ base: UnsafePointer<Float>, step: Int
    ) {
        var sums = self
        for entry in entries {
            let p = base + entry.place, x = SIMD8(repeating: entry.value)
            let q = p + step, r = p + 2 * step
            sums.s00.addProduct(x, SIMD8(at: p))
            sums.s01.addProduct(x, SIMD8(at: p + 8))
            sums.s02.addProduct(x, SIMD8(at: p + 16))
            sums.s10.addProduct(x, SIMD8(at: q))
            sums.s11.addProduct(x, SIMD8(at: q + 8))
            sums.s12.addProduct(x, SIMD8(at: q + 16))
            sums.s20.addProduct(x, SIMD8(at: r))
            sums.s21.addProduct(x, SIMD8(at: r + 8))
            sums.s22.addProduct(x, SIMD8(at: r + 16))
        }
        self = sums
    }

    /// Writes the sums to memory: three rows of 24 values, `step` apart.
    @inline(__always)
    func store(at p: UnsafeMutablePointer<Float>, step: Int) {
        let q = p + step, r = p + 2 * step
        s00.store(at: p)
        s01.store(at: p + 8)
        s02.store(at: p + 16)
        s10.store(at: q)
        s11.store(at: q + 8)
        s12.store(at: q + 16)
        s20.store(at: r)
        s21.store(at: r + 8)
        s22.store(at: r + 16)
    }

    /// Adds the sums to memory: three rows of 24 values, `step` apart, which may overlap.
    @inline(__always)
    func add(to p: UnsafeMutablePointer<Float>, step: Int) {
        Self.add(s00, s01, s02, to: p)
        Self.add(s10, s11, s12, to: p + step)
        Self.add(s20, s21, s22, to: p + 2 * step)
    }

    @inline(__always)
    private static func add(
        _ a: SIMD8<Float>, _ b: SIMD8<Float>, _ c: SIMD8<Float>, to p: UnsafeMutablePointer<Float>
    ) {
        (SIMD8(at: p) + a).store(at: p)
        (SIMD8(at: p + 8) + b).store(at: p + 8)
        (SIMD8(at: p + 16) + c).store(at: p + 16)
    }
}

/// See `NineSums`: three rows of two vectors.
struct SixSums {
    private(set) var s00 = SIMD8<Float>(), s01 = SIMD8<Float>(), s10 = SIMD8<Float>()
    private(set) var s11 = SIMD8<Float>(), s20 = SIMD8<Float>(), s21 = SIMD8<Float>()

    /// Adds value · vectors at `base + place` for every entry.
    @inline(__always)
    mutating func add(
        _ entries: UnsafeBufferPointer<SparseGradient.Entry>, _ base: UnsafePointer<Float>, step: Int
    ) {
        var sums = self
        for entry in entries {
            let p = base + entry.place, x = SIMD8(repeating: entry.value)
            let q = p + step, r = p + 2 * step
            sums.s00.addProduct(x, SIMD8(at: p))
            sums.s01.addProduct(x, SIMD8(at: p + 8))
            sums.s10.addProduct(x, SIMD8(at: q))
            sums.s11.addProduct(x, SIMD8(at: q + 8))
            sums.s20.addProduct(x, SIMD8(at: r))
            sums.s21.addProduct(x, SIMD8(at: r + 8))
        }
        self = sums
    }
}

/// See `NineSums`: three rows of one vector. Two sets take turns, so that additions wait for one another half as long.
struct ThreeSums {
    private var s0, s1, s2, t0, t1, t2: SIMD8<Float>

    @inline(__always)
    init() { (s0, s1, s2, t0, t1, t2) = (.init(), .init(), .init(), .init(), .init(), .init()) }

    /// Adds value · vectors at `base + place` for every entry.
    @inline(__always)
    mutating func add(
        _ entries: UnsafeBufferPointer<SparseGradient.Entry>, _ base: UnsafePointer<Float>, step: Int
    ) {
        guard let list = entries.baseAddress else { return }
        var sums = self
        var i = 0
        while i + 2 <= entries.count {
            let p = base + list[i].place, x = SIMD8(repeating: list[i].value)
            let q = base + list[i + 1].place, y = SIMD8(repeating: list[i + 1].value)
            sums.s0.addProduct(x, SIMD8(at: p))
            sums.s1.addProduct(x, SIMD8(at: p + step))
            sums.s2.addProduct(x, SIMD8(at: p + 2 * step))
            sums.t0.addProduct(y, SIMD8(at: q))
            sums.t1.addProduct(y, SIMD8(at: q + step))
            sums.t2.addProduct(y, SIMD8(at: q + 2 * step))
            i += 2
        }
        if i < entries.count {
            let p = base + list[i].place, x = SIMD8(repeating: list[i].value)
            sums.s0.addProduct(x, SIMD8(at: p))
            sums.s1.addProduct(x, SIMD8(at: p + step))
            sums.s2.addProduct(x, SIMD8(at: p + 2 * step))
        }
        self = sums
    }

    /// The three vectors.
    @inline(__always)
    var totals: (SIMD8<Float>, SIMD8<Float>, SIMD8<Float>) { (s0 + t0, s1 + t1, s2 + t2) }
}
