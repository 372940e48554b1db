/// C += A·B, where A and B are read with strides of one's own and the reduction runs over two axes.
///
/// With i < m, j < n, s < outerCount, t < innerCount:
///
///     C[i·cStride + j] += Σₛ Σₜ A[i·aStride + s·aOuterStride + t·aInnerStride] · B[s·bOuterStride + t·bInnerStride + j]
///
/// The rows of a picture's patches overlap in memory, so that this one product reads them in place: it is the
/// convolution (s: kernel rows, t: pixels of a patch row), its weight gradient (s: output rows, t: output pixels)
/// and its input gradient (t: filters), without ever building a matrix of patches.
///
/// Tiles of 4×16 sums stay in registers: eight vectors, as many as two multiply-adds a cycle of latency four keep busy.
/// Columns beyond a multiple of eight are done one by one.
public struct StridedProduct: Sendable {
    /// Rows and columns of C.
    public var m: Int, n: Int
    /// Extents of the two axes summed over.
    public var outerCount: Int, innerCount: Int
    /// Strides of A along i, s and t.
    public var aStride: Int, aOuterStride: Int, aInnerStride: Int
    /// Strides of B along s and t; along j it is 1.
    public var bOuterStride: Int, bInnerStride: Int
    /// Stride of C along i; along j it is 1.
    public var cStride: Int

    /// All extents and strides, in elements.
    public init(
        m: Int, n: Int, outerCount: Int = 1, innerCount: Int,
        aStride: Int, aOuterStride: Int = 0, aInnerStride: Int,
        bOuterStride: Int = 0, bInnerStride: Int, cStride: Int
    ) {
        precondition(m >= 0 && n >= 0 && outerCount >= 0 && innerCount >= 0)
        (self.m, self.n, self.outerCount, self.innerCount) = (m, n, outerCount, innerCount)
        (self.aStride, self.aOuterStride, self.aInnerStride) = (aStride, aOuterStride, aInnerStride)
        (self.bOuterStride, self.bInnerStride, self.cStride) = (bOuterStride, bInnerStride, cStride)
    }

    /// Adds the product to `c`, which overlaps neither factor.
    public func add(_ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, to c: UnsafeMutablePointer<Float>) {
        var j = 0
        while j + 16 <= n {
            addColumns(a, b + j, c + j, tile4: addTile4x16, tile1: addTile1x16)
            j += 16
        }
        if j + 8 <= n {
            addColumns(a, b + j, c + j, tile4: addTile4x8, tile1: addTile1x8)
            j += 8
        }
        while j < n {
            for i in 0..<m { addElement(a + i * aStride, b + j, c + i * cStride + j) }
            j += 1
        }
    }

    private typealias Tile = (UnsafePointer<Float>, UnsafePointer<Float>, UnsafeMutablePointer<Float>) -> Void

    /// A strip of columns, four rows at a time and the rest one by one.
    @inline(__always)
    private func addColumns(
        _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ c: UnsafeMutablePointer<Float>,
        tile4: Tile, tile1: Tile
    ) {
        var i = 0
        while i + 4 <= m {
            tile4(a + i * aStride, b, c + i * cStride)
            i += 4
        }
        while i < m {
            tile1(a + i * aStride, b, c + i * cStride)
            i += 1
        }
    }

    private func addTile4x16(
        _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ c: UnsafeMutablePointer<Float>
    ) {
        var c00 = SIMD8(at: c), c01 = SIMD8(at: c + 8)
        var c10 = SIMD8(at: c + cStride), c11 = SIMD8(at: c + cStride + 8)
        var c20 = SIMD8(at: c + 2 * cStride), c21 = SIMD8(at: c + 2 * cStride + 8)
        var c30 = SIMD8(at: c + 3 * cStride), c31 = SIMD8(at: c + 3 * cStride + 8)
        for s in 0..<outerCount {
            var row0 = a + s * aOuterStride, row = b + s * bOuterStride
            for _ in 0..<innerCount {
                let b0 = SIMD8(at: row), b1 = SIMD8(at: row + 8)
                let a0 = SIMD8(repeating: row0[0]), a1 = SIMD8(repeating: row0[aStride])
                c00 = c00.addingProduct(a0, b0)
                c01 = c01.addingProduct(a0, b1)
                c10 = c10.addingProduct(a1, b0)
                c11 = c11.addingProduct(a1, b1)
                let a2 = SIMD8(repeating: row0[2 * aStride]), a3 = SIMD8(repeating: row0[3 * aStride])
                c20 = c20.addingProduct(a2, b0)
                c21 = c21.addingProduct(a2, b1)
                c30 = c30.addingProduct(a3, b0)
                c31 = c31.addingProduct(a3, b1)
                row0 += aInnerStride
                row += bInnerStride
            }
        }
        c00.store(at: c)
        c01.store(at: c + 8)
        c10.store(at: c + cStride)
        c11.store(at: c + cStride + 8)
        c20.store(at: c + 2 * cStride)
        c21.store(at: c + 2 * cStride + 8)
        c30.store(at: c + 3 * cStride)
        c31.store(at: c + 3 * cStride + 8)
    }

    private func addTile4x8(
        _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ c: UnsafeMutablePointer<Float>
    ) {
        var c0 = SIMD8(at: c), c1 = SIMD8(at: c + cStride), c2 = SIMD8(at: c + 2 * cStride),
            c3 = SIMD8(at: c + 3 * cStride)
        for s in 0..<outerCount {
            var row0 = a + s * aOuterStride, row = b + s * bOuterStride
            for _ in 0..<innerCount {
                let b0 = SIMD8(at: row)
                c0 = c0.addingProduct(SIMD8(repeating: row0[0]), b0)
                c1 = c1.addingProduct(SIMD8(repeating: row0[aStride]), b0)
                c2 = c2.addingProduct(SIMD8(repeating: row0[2 * aStride]), b0)
                c3 = c3.addingProduct(SIMD8(repeating: row0[3 * aStride]), b0)
                row0 += aInnerStride
                row += bInnerStride
            }
        }
        c0.store(at: c)
        c1.store(at: c + cStride)
        c2.store(at: c + 2 * cStride)
        c3.store(at: c + 3 * cStride)
    }

    private func addTile1x16(
        _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ c: UnsafeMutablePointer<Float>
    ) {
        var c0 = SIMD8(at: c), c1 = SIMD8(at: c + 8)
        for s in 0..<outerCount {
            var value = a + s * aOuterStride, row = b + s * bOuterStride
            for _ in 0..<innerCount {
                let a0 = SIMD8(repeating: value.pointee)
                c0 = c0.addingProduct(a0, SIMD8(at: row))
                c1 = c1.addingProduct(a0, SIMD8(at: row + 8))
                value += aInnerStride
                row += bInnerStride
            }
        }
        c0.store(at: c)
        c1.store(at: c + 8)
    }

    private func addTile1x8(
        _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ c: UnsafeMutablePointer<Float>
    ) {
        var c0 = SIMD8(at: c)
        for s in 0..<outerCount {
            var value = a + s * aOuterStride, row = b + s * bOuterStride
            for _ in 0..<innerCount {
                c0 = c0.addingProduct(SIMD8(repeating: value.pointee), SIMD8(at: row))
                value += aInnerStride
                row += bInnerStride
            }
        }
        c0.store(at: c)
    }

    private func addElement(
        _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ c: UnsafeMutablePointer<Float>
    ) {
        var sum = c.pointee
        for s in 0..<outerCount {
            for t in 0..<innerCount {
                sum += a[s * aOuterStride + t * aInnerStride] * b[s * bOuterStride + t * bInnerStride]
            }
        }
        c.pointee = sum
    }
}
