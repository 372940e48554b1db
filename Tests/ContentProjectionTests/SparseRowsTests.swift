import ContentProjection
import FloatKernels
import Testing

@Suite struct SparseRowsTests {
    private let pool = ThreadPool(threads: 2)
    private let left = SparseRows.random(7, width: 11, seed: 1)
    private let right = SparseRows.random(5, width: 11, seed: 2)
    /// Eleven terms of at most 1, a rounding each.
    private let bound: Float = 11 * .ulpOfOne

    @Test func rowsHaveUnitLengthOrAreEmpty() {
        for row in 0..<left.count {
            let length = left.dense.row(row).reduce(0) { $0 + $1 * $1 }
            #expect(left.isEmpty(row: row) ? length == 0 : abs(length - 1) < bound)
        }
        #expect(left.isEmpty(row: 1))
    }

    @Test func productsAreThoseOfTheDenseMatrices() {
        let product = left.products(withTransposed: right.transposed, pool: pool)
        #expect(product.distance(to: left.dense.naiveProduct(right.dense.transposed)) < bound)
    }

    @Test(arguments: [4, 64, 75, 150])
    func productWithDenseIsThatOfTheDenseMatrix(width: Int) {
        let dense = Matrix.random(11, width, seed: 3)
        #expect(
            left.product(with: dense, pool: pool).distance(to: left.dense.naiveProduct(dense)) < 16 * bound)
    }

    @Test func transposingSwapsRowsAndColumns() {
        #expect(left.transposed.dense == left.dense.transposed)
        #expect(left.transposed.transposed == left)
    }

    @Test func selectingTakesRowsInTheOrderAsked() {
        #expect(left.selecting([4, 1, 4]).dense == left.dense.selectingRows([4, 1, 4]))
    }
}
