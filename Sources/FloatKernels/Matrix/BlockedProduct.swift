/// C = alpha · A · B + beta · C on one thread, cut into blocks that fit the caches.
///
/// The loop order is that of K. Goto and R. van de Geijn, "Anatomy of High-Performance Matrix Multiplication",
/// ACM TOMS 34(3), 2008: a block of B is packed for the third-level cache, a block of A for the second, and a
/// panel of B stays in the first while the tiles run down the block of A.
struct BlockedProduct {
    let a: ProductOperand
    let b: ProductOperand
    let c: UnsafeMutablePointer<Float>
    let cStride: Int
    let depth: Int
    let alpha: Float
    let beta: Float

    /// Rows of A in a block, a multiple of the tile's six: 192 × 256 floats are 192 KiB.
    private static let rowBlock = 192
    /// Columns of B in a block, a multiple of the tile's sixteen.
    private static let columnBlock = 2048
    /// Steps of the depth in a block: a panel of B is 256 × 16 floats, 16 KiB.
    private static let depthBlock = 256

    /// Computes the rows × columns piece of C.
    func compute(rows: Range<Int>, columns: Range<Int>) {
        let depthBlock = min(depth, BlockedProduct.depthBlock)
        let rowBlock = min(roundedUp(rows.count, to: ProductTile.rows), BlockedProduct.rowBlock)
        let columnBlock = min(roundedUp(columns.count, to: ProductTile.columns), BlockedProduct.columnBlock)
        withScratch(count: rowBlock * depthBlock) { packedA in
            withScratch(count: columnBlock * depthBlock) { packedB in
                for left in stride(from: columns.lowerBound, to: columns.upperBound, by: columnBlock) {
                    let width = min(columnBlock, columns.upperBound - left)
                    for start in stride(from: 0, to: depth, by: depthBlock) {
                        let steps = min(depthBlock, depth - start)
                        b.advanced(outer: left, depth: start)
                            .pack(count: width, depth: steps, width: ProductTile.columns, into: packedB)
                        for top in stride(from: rows.lowerBound, to: rows.upperBound, by: rowBlock) {
                            let height = min(rowBlock, rows.upperBound - top)
                            a.advanced(outer: top, depth: start)
                                .pack(count: height, depth: steps, width: ProductTile.rows, into: packedA)
                            multiply(
                                packedA, packedB, depth: steps, into: c + top * cStride + left, rows: height,
                                columns: width, beta: start == 0 ? beta : 1)
                        }
                    }
                }
            }
        }
    }

    /// Adds the product of two packed blocks to a rows × columns block of C.
    private func multiply(
        _ packedA: UnsafePointer<Float>, _ packedB: UnsafePointer<Float>, depth: Int,
        into block: UnsafeMutablePointer<Float>, rows: Int, columns: Int, beta: Float
    ) {
        for column in stride(from: 0, to: columns, by: ProductTile.columns) {
            for row in stride(from: 0, to: rows, by: ProductTile.rows) {
                let tile = ProductTile(a: packedA + row * depth, b: packedB + column * depth, depth: depth)
                let target = block + row * cStride + column
                if row + ProductTile.rows <= rows && column + ProductTile.columns <= columns {
                    tile.store(into: target, stride: cStride, alpha: alpha, beta: beta)
                } else {
                    tile.store(
                        rows: min(ProductTile.rows, rows - row),
                        columns: min(ProductTile.columns, columns - column), into: target, stride: cStride,
                        alpha: alpha, beta: beta)
                }
            }
        }
    }
}

/// `value` or the next multiple of `multiple` above it.
@inline(__always)
func roundedUp(_ value: Int, to multiple: Int) -> Int {
    (value + multiple - 1) / multiple * multiple
}

/// Lends uninitialised memory for `count` floats, aligned to a cache line.
@inline(__always)
func withScratch(count: Int, _ body: (UnsafeMutablePointer<Float>) -> Void) {
    withUnsafeTemporaryAllocation(byteCount: count * MemoryLayout<Float>.stride, alignment: 64) { memory in
        guard let base = memory.baseAddress else { return }
        body(base.bindMemory(to: Float.self, capacity: count))
    }
}
