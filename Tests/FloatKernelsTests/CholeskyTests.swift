import FloatKernels
import Testing

@Suite struct CholeskyTests {
    static let orders = [1, 2, 7, 24, 25, 33, 127, 128, 129, 260, 300]

    private let pool = ThreadPool(threads: 2)

    @Test(arguments: orders)
    func factorGivesTheMatrixBack(order: Int) throws {
        var random = RandomMatrices(seed: 2)
        let a = random.positiveDefinite(order)
        let lower = DoubleMatrix(try #require(Cholesky(a, pool: pool)).lower)
        // Higham, theorem 10.3.
        var bound = lower.magnitudes * lower.magnitudes.transposed
        bound.elements = bound.elements.map { $0 * gamma(order + 1) }
        #expect((lower * lower.transposed).isClose(to: DoubleMatrix(a), within: bound))
        for row in 0..<order { for column in row + 1..<order { #expect(lower[row, column] == 0) } }
    }

    @Test(arguments: orders, [1, 3, 16, 37])
    func solves(order: Int, count: Int) throws {
        var random = RandomMatrices(seed: 3)
        let a = random.positiveDefinite(order)
        let b = random.matrix(order, count)
        let factor = try #require(Cholesky(a, pool: pool))
        let lower = DoubleMatrix(factor.lower)
        // Higham, theorem 10.4; one rounding more in each row, whose diagonal is inverted before it multiplies.
        let x = DoubleMatrix(factor.solve(b, pool: pool))
        var bound = lower.magnitudes * (lower.magnitudes.transposed * x.magnitudes)
        bound.elements = bound.elements.map { $0 * gamma(3 * order + 3) }
        #expect((DoubleMatrix(a) * x).isClose(to: DoubleMatrix(b), within: bound))

        let y = DoubleMatrix(factor.solveLower(b, pool: pool))
        bound = lower.magnitudes * y.magnitudes
        bound.elements = bound.elements.map { $0 * gamma(order + 1) }
        #expect((lower * y).isClose(to: DoubleMatrix(b), within: bound))
    }

    @Test(arguments: orders)
    func inverseTimesMatrixIsTheUnitMatrix(order: Int) throws {
        var random = RandomMatrices(seed: 4)
        let a = random.positiveDefinite(order)
        let factor = try #require(Cholesky(a, pool: pool))
        let inverse = factor.inverse(pool: pool)
        #expect(inverse.transposed == inverse)
        var unit = Matrix(rows: order, columns: order)
        for i in 0..<order { unit[i, i] = 1 }
        let lower = DoubleMatrix(factor.lower).magnitudes
        let inverseLower = DoubleMatrix(factor.solveLower(unit, pool: pool)).magnitudes
        // Higham, section 14.1: each of factor, triangular inverse and product adds one such term.
        var bound = lower * (lower.transposed * (inverseLower.transposed * inverseLower))
        bound.elements = bound.elements.map { $0 * gamma(4 * order + 4) }
        #expect((DoubleMatrix(a) * DoubleMatrix(inverse)).isClose(to: DoubleMatrix(unit), within: bound))
    }

    @Test(arguments: orders)
    func inverseOfLowerTimesLowerIsTheUnitMatrix(order: Int) throws {
        var random = RandomMatrices(seed: UInt64(order + 2))
        let factor = try #require(Cholesky(random.positiveDefinite(order), pool: pool))
        let inverse = DoubleMatrix(factor.inverseOfLower(pool: pool))
        let (lower, size) = (DoubleMatrix(factor.lower), inverse.magnitudes)
        let (product, bound) = (inverse * lower, size * lower.magnitudes * size * lower.magnitudes)
        for row in 0..<order {
            for column in 0..<order {
                let place = row * order + column
                if column > row { #expect(inverse.elements[place] == 0) }
                let wanted = row == column ? 1.0 : 0
                // Higham, section 14.2.
                #expect(abs(product.elements[place] - wanted) <= gamma(2 * order + 2) * bound.elements[place])
            }
        }
    }

    @Test func anyNumberOfThreadsGivesTheSameBits() throws {
        var random = RandomMatrices(seed: 5)
        let a = random.positiveDefinite(300)
        let b = random.matrix(300, 50)
        let one = ThreadPool(threads: 1)
        let alone = try #require(Cholesky(a, pool: one))
        for threads in 2...3 {
            let pool = ThreadPool(threads: threads)
            let factor = try #require(Cholesky(a, pool: pool))
            #expect(factor.lower == alone.lower)
            #expect(factor.solve(b, pool: pool) == alone.solve(b, pool: one))
            #expect(factor.inverse(pool: pool) == alone.inverse(pool: one))
        }
    }

    @Test func readsOnlyTheLowerTriangle() throws {
        var random = RandomMatrices(seed: 6)
        let a = random.positiveDefinite(140)
        var damaged = a
        for row in 0..<140 { for column in row + 1..<140 { damaged[row, column] = .nan } }
        let (factor, other) = (Cholesky(a, pool: pool), Cholesky(damaged, pool: pool))
        #expect(factor != nil && factor?.lower == other?.lower)
    }

    @Test(arguments: [0, 1, 100, 128, 199], [0, -1, .nan, .infinity] as [Float])
    func isNilWhereNotPositiveDefinite(place: Int, value: Float) {
        var random = RandomMatrices(seed: 7)
        var a = random.positiveDefinite(200)
        a[place, place] = value
        #expect(Cholesky(a, pool: pool) == nil)
    }

    @Test func anEmptyMatrixHasAnEmptyFactor() throws {
        let factor = try #require(Cholesky(Matrix(rows: 0, columns: 0), pool: pool))
        #expect(factor.inverse(pool: pool) == Matrix(rows: 0, columns: 0))
        #expect(factor.solve(Matrix(rows: 0, columns: 4), pool: pool) == Matrix(rows: 0, columns: 4))
    }
}
