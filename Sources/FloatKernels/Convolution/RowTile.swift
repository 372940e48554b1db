/// Six rows of A times sixteen columns of B, in twelve vector registers.
///
/// Twelve independent chains hide the latency of a multiply-add; two vectors of B and one broadcast of A fill the
/// registers that are left of sixteen.
struct SixRowTile {
    var c00 = SIMD8<Float>.zero, c01 = SIMD8<Float>.zero
    var c10 = SIMD8<Float>.zero, c11 = SIMD8<Float>.zero
    var c20 = SIMD8<Float>.zero, c21 = SIMD8<Float>.zero
    var c30 = SIMD8<Float>.zero, c31 = SIMD8<Float>.zero
    var c40 = SIMD8<Float>.zero, c41 = SIMD8<Float>.zero
    var c50 = SIMD8<Float>.zero, c51 = SIMD8<Float>.zero

    static let rows = 6

    /// Adds the product of six rows of A, `stride` apart, and `depth` steps of B, sixteen values each.
    @inline(__always)
    mutating func add(
        _ a: UnsafePointer<Float>, stride: Int, _ b: UnsafePointer<Float>, depth: Int
    ) {
        var tile = self
        var low = a, high = a + 3 * stride, b = b
        let end = a + depth
        while low != end {
            let b0 = SIMD8(at: b), b1 = SIMD8(at: b + 8)
            var x = SIMD8(repeating: low[0])
            tile.c00.addProduct(x, b0)
            tile.c01.addProduct(x, b1)
            x = SIMD8(repeating: low[stride])
            tile.c10.addProduct(x, b0)
            tile.c11.addProduct(x, b1)
            x = SIMD8(repeating: low[2 * stride])
            tile.c20.addProduct(x, b0)
            tile.c21.addProduct(x, b1)
            x = SIMD8(repeating: high[0])
            tile.c30.addProduct(x, b0)
            tile.c31.addProduct(x, b1)
            x = SIMD8(repeating: high[stride])
            tile.c40.addProduct(x, b0)
            tile.c41.addProduct(x, b1)
            x = SIMD8(repeating: high[2 * stride])
            tile.c50.addProduct(x, b0)
            tile.c51.addProduct(x, b1)
            low += 1
            high += 1
            b += 16
        }
        self = tile
    }

    /// Writes six rows, `stride` apart.
    @inline(__always)
    func store(at c: UnsafeMutablePointer<Float>, stride: Int) {
        Self.store(c00, c01, at: c)
        Self.store(c10, c11, at: c + stride)
        Self.store(c20, c21, at: c + 2 * stride)
        Self.store(c30, c31, at: c + 3 * stride)
        Self.store(c40, c41, at: c + 4 * stride)
        Self.store(c50, c51, at: c + 5 * stride)
    }

    @inline(__always)
    private static func store(
        _ left: SIMD8<Float>, _ right: SIMD8<Float>, at c: UnsafeMutablePointer<Float>
    ) {
        left.store(at: c)
        right.store(at: c + 8)
    }
}

/// One row of A times sixteen columns of B: what is left where the rows are no multiple of six.
struct SingleRowTile {
    var left = SIMD8<Float>.zero, right = SIMD8<Float>.zero

    /// Adds the product of a row of A and `depth` steps of B.
    @inline(__always)
    mutating func add(_ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, depth: Int) {
        var tile = self
        for p in 0..<depth {
            let x = SIMD8(repeating: a[p])
            tile.left.addProduct(x, SIMD8(at: b + p * 16))
            tile.right.addProduct(x, SIMD8(at: b + p * 16 + 8))
        }
        self = tile
    }
}
