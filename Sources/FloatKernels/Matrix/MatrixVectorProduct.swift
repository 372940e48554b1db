/// y = alpha · M · x + beta · y, for products in which one side is a single row or column: there is nothing to
/// reuse, so nothing is packed, and the matrix is read once, along its rows as they are stored.
struct MatrixVectorProduct {
    /// M: its outer index runs along y, its depth along x.
    let matrix: ProductOperand
    let x: UnsafePointer<Float>
    let xStride: Int
    let y: UnsafeMutablePointer<Float>
    let yStride: Int
    let depth: Int
    let alpha: Float
    let beta: Float

    /// Elements of y that are summed up together where M is stored depth by depth: 4 KiB.
    private static let block = 1024

    /// Computes the elements `range` of y.
    func compute(_ range: Range<Int>) {
        guard xStride != 1 else { return compute(range, x) }
        withScratch(count: depth) { packed in
            for p in 0..<depth { packed[p] = x[p * xStride] }
            compute(range, packed)
        }
    }

    private func compute(_ range: Range<Int>, _ x: UnsafePointer<Float>) {
        guard matrix.depthStride != 1 else {
            for i in range { store(dotProduct(matrix.base + i * matrix.outerStride, x, count: depth), at: i) }
            return
        }
        withScratch(count: MatrixVectorProduct.block) { sums in
            for start in stride(from: range.lowerBound, to: range.upperBound, by: MatrixVectorProduct.block) {
                let count = min(MatrixVectorProduct.block, range.upperBound - start)
                sums.update(repeating: 0, count: count)
                for p in 0..<depth {
                    addScaled(matrix.base + p * matrix.depthStride + start, by: x[p], to: sums, count: count)
                }
                for i in 0..<count { store(sums[i], at: start + i) }
            }
        }
    }

    private func store(_ sum: Float, at index: Int) {
        let target = y + index * yStride
        target.pointee = beta == 0 ? alpha * sum : (alpha * sum).addingProduct(beta, target.pointee)
    }
}
