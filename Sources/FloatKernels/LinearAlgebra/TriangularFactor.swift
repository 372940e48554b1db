/// A view of a lower triangular matrix L, n × n, that solves for right sides in place on one thread.
///
/// The matrix is halved again and again, so that matrix products do almost all of the work:
/// L = [L₁ 0; M L₂] gives X₁ = L₁⁻¹B₁ and X₂ = L₂⁻¹(B₂ − M·X₁).
struct TriangularFactor {
    /// Right sides, as many rows as L has, `count` columns.
    struct Sides {
        let base: UnsafeMutablePointer<Float>
        let stride: Int
        let count: Int

        func from(row: Int) -> Sides { Sides(base: base + row * stride, stride: stride, count: count) }
        func row(_ index: Int) -> UnsafeMutablePointer<Float> { base + index * stride }
    }

    let base: UnsafePointer<Float>
    let stride: Int
    let order: Int

    /// Rows below which halving no longer pays.
    private static let leaf = 24

    /// B = L⁻¹ · B.
    func solve(_ sides: Sides) {
        guard order > TriangularFactor.leaf else { return solveRows(sides) }
        upper.solve(sides)
        let rest = sides.from(row: half)
        matrixProduct(
            a: corner, aStride: stride, transposingA: false, b: sides.base, bStride: sides.stride,
            transposingB: false, into: rest.base, cStride: rest.stride, m: order - half, n: sides.count,
            k: half,
            alpha: -1, beta: 1)
        trailing.solve(rest)
    }

    /// B = L⁻ᵀ · B.
    func solveTransposed(_ sides: Sides) {
        guard order > TriangularFactor.leaf else { return solveTransposedRows(sides) }
        let rest = sides.from(row: half)
        trailing.solveTransposed(rest)
        matrixProduct(
            a: corner, aStride: stride, transposingA: true, b: rest.base, bStride: rest.stride,
            transposingB: false, into: sides.base, cStride: sides.stride, m: half, n: sides.count,
            k: order - half, alpha: -1, beta: 1)
        upper.solveTransposed(sides)
    }

    private var half: Int { min(order, roundedUp(order / 2, to: 8)) }
    private var upper: TriangularFactor { TriangularFactor(base: base, stride: stride, order: half) }
    private var trailing: TriangularFactor {
        TriangularFactor(base: corner + half, stride: stride, order: order - half)
    }
    /// M, the rows of the second half in the columns of the first.
    private var corner: UnsafePointer<Float> { base + half * stride }

    private func solveRows(_ sides: Sides) {
        for i in 0..<order {
            let row = base + i * stride
            for j in 0..<i { addScaled(sides.row(j), by: -row[j], to: sides.row(i), count: sides.count) }
            scale(sides.row(i), by: 1 / row[i], count: sides.count)
        }
    }

    private func solveTransposedRows(_ sides: Sides) {
        for i in Swift.stride(from: order - 1, through: 0, by: -1) {
            let row = base + i * stride
            scale(sides.row(i), by: 1 / row[i], count: sides.count)
            for j in 0..<i { addScaled(sides.row(i), by: -row[j], to: sides.row(j), count: sides.count) }
        }
    }
}
