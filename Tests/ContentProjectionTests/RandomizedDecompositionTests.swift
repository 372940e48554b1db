import ContentProjection
import FloatKernels
import Testing

@Suite struct RandomizedDecompositionTests {
    private let pool = ThreadPool(threads: 2)

    private func decompose(_ matrix: Matrix, rank: Int) -> RandomizedDecomposition {
        var generator = RandomGenerator(seed: 10)
        return RandomizedDecomposition(
            rank: rank, rows: matrix.rows, columns: matrix.columns, using: &generator, pool: pool,
            multiply: { matrixProduct($0, matrix, transposingB: true, pool: pool) },
            multiplyTransposed: { matrixProduct($0, matrix, pool: pool) })
    }

    @Test func valuesAreRootsOfTheEigenvaluesOfTheGram() {
        let matrix = Matrix.random(30, 12, seed: 11)
        let exact = symmetricEigen(matrix.transposed.naiveProduct(matrix), pool: pool).values
        let found = decompose(matrix, rank: 6).values
        #expect(found.count == 6)
        // Full width here (12 + oversampling ≥ 12), so only rounding is left: relative to the largest value.
        for (value, square) in zip(found, exact) {
            #expect(abs(value - square.squareRoot()) < 100 * .ulpOfOne * exact[0].squareRoot())
        }
    }

    @Test func aMatrixOfLowRankComesBack() {
        let matrix = Matrix.random(40, 3, seed: 12).naiveProduct(Matrix.random(3, 50, seed: 13))
        let found = decompose(matrix, rank: 8)
        #expect(found.values.count == 3)
        var scaled = found.left.transposed
        for row in 0..<scaled.rows {
            for column in 0..<scaled.columns { scaled[row, column] *= found.values[column] }
        }
        #expect(scaled.naiveProduct(found.right).distance(to: matrix) < 1e-4)
        let gram = found.left.naiveProduct(found.left.transposed)
        for i in 0..<3 {
            for j in 0..<3 { #expect(abs(gram[i, j] - (i == j ? 1 : 0)) < 1e-5) }
        }
    }
}
