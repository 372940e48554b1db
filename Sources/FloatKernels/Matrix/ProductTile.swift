/// A 6 × 16 piece of a matrix product, held in twelve vector registers.
///
/// Six rows by two vectors leaves four of the sixteen AVX registers for two vectors of B and the broadcast
/// elements of A, and gives twelve independent chains: enough to hide the latency of a fused multiply-add.
struct ProductTile {
    static let rows = 6
    static let columns = 16

    private var c00, c01, c10, c11, c20, c21, c30, c31, c40, c41, c50, c51: SIMD8<Float>

    /// The product of a 6 × depth panel of A and a depth × 16 panel of B, both packed step by step:
    /// six elements of A a step, sixteen of B. Every element is one chain of fused multiply-adds over the depth.
    @inline(__always)
    init(a: UnsafePointer<Float>, b: UnsafePointer<Float>, depth: Int) {
        var c00 = SIMD8<Float>.zero, c01 = SIMD8<Float>.zero
        var c10 = SIMD8<Float>.zero, c11 = SIMD8<Float>.zero
        var c20 = SIMD8<Float>.zero, c21 = SIMD8<Float>.zero
        var c30 = SIMD8<Float>.zero, c31 = SIMD8<Float>.zero
        var c40 = SIMD8<Float>.zero, c41 = SIMD8<Float>.zero
        var c50 = SIMD8<Float>.zero, c51 = SIMD8<Float>.zero
        var a = a
        var b = b
        for _ in 0..<depth {
            let b0 = SIMD8(at: b)
            let b1 = SIMD8(at: b + 8)
            var x = SIMD8(repeating: a[0])
            c00.addProduct(x, b0)
            c01.addProduct(x, b1)
            x = SIMD8(repeating: a[1])
            c10.addProduct(x, b0)
            c11.addProduct(x, b1)
            x = SIMD8(repeating: a[2])
            c20.addProduct(x, b0)
            c21.addProduct(x, b1)
            x = SIMD8(repeating: a[3])
            c30.addProduct(x, b0)
            c31.addProduct(x, b1)
            x = SIMD8(repeating: a[4])
            c40.addProduct(x, b0)
            c41.addProduct(x, b1)
            x = SIMD8(repeating: a[5])
            c50.addProduct(x, b0)
            c51.addProduct(x, b1)
            a += ProductTile.rows
            b += ProductTile.columns
        }
        (self.c00, self.c01, self.c10, self.c11) = (c00, c01, c10, c11)
        (self.c20, self.c21, self.c30, self.c31) = (c20, c21, c30, c31)
        (self.c40, self.c41, self.c50, self.c51) = (c40, c41, c50, c51)
    }

    /// c = alpha · tile + beta · c for a whole tile at `c`; `c` is not read where beta is 0.
    @inline(__always)
    func store(into c: UnsafeMutablePointer<Float>, stride: Int, alpha: Float, beta: Float) {
        ProductTile.store(c00, c01, into: c, alpha, beta)
        ProductTile.store(c10, c11, into: c + stride, alpha, beta)
        ProductTile.store(c20, c21, into: c + 2 * stride, alpha, beta)
        ProductTile.store(c30, c31, into: c + 3 * stride, alpha, beta)
        ProductTile.store(c40, c41, into: c + 4 * stride, alpha, beta)
        ProductTile.store(c50, c51, into: c + 5 * stride, alpha, beta)
    }

    /// c = alpha · tile + beta · c for the upper left rows × columns of the tile, at the edge of C.
    ///
    /// Rounds exactly as the whole tile does, so that an element does not depend on where C was cut.
    @inline(never)
    func store(
        rows: Int, columns: Int, into c: UnsafeMutablePointer<Float>, stride: Int, alpha: Float, beta: Float
    ) {
        withUnsafeTemporaryAllocation(of: Float.self, capacity: ProductTile.rows * ProductTile.columns) {
            guard let whole = $0.baseAddress else { return }
            store(into: whole, stride: ProductTile.columns, alpha: alpha, beta: 0)
            for row in 0..<rows {
                for column in 0..<columns {
                    let value = whole[row * ProductTile.columns + column]
                    let target = c + row * stride + column
                    target.pointee = beta == 0 ? value : value.addingProduct(beta, target.pointee)
                }
            }
        }
    }

    @inline(__always)
    private static func store(
        _ left: SIMD8<Float>, _ right: SIMD8<Float>, into c: UnsafeMutablePointer<Float>, _ alpha: Float,
        _ beta: Float
    ) {
        var left = left * alpha
        var right = right * alpha
        if beta != 0 {
            left.addProduct(SIMD8(repeating: beta), SIMD8(at: c))
            right.addProduct(SIMD8(repeating: beta), SIMD8(at: c + 8))
        }
        left.store(at: c)
        right.store(at: c + 8)
    }
}
