import FloatKernels
import Testing

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

@Suite struct SymmetricEigenTests {
    private let pool = ThreadPool(threads: 2)

    /// Holds A·v = λ·v, VᵀV = I, the order and the signs against what rounding to Float leaves of them.
    private func check(_ a: Matrix, _ location: SourceLocation = #_sourceLocation) {
        let n = a.rows
        let (values, vectors) = symmetricEigen(a, pool: pool)
        let v = DoubleMatrix(vectors)
        let norm = a.elements.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
        var scaled = v
        for row in 0..<n { for column in 0..<n { scaled[row, column] *= Double(values[column]) } }
        // Rounding moves a vector by u of its length and a value by u of itself: ‖A‖ · 3u, and the work in double.
        let bound = norm * (3 * 0x1p-24 + Double(n) * 0x1p-48) + 0x1p-149
        let residual = zip((DoubleMatrix(a) * v).elements, scaled.elements).map { abs($0 - $1) }.max() ?? 0
        #expect(residual <= bound, sourceLocation: location)
        var unit = DoubleMatrix(rows: n, columns: n)
        for i in 0..<n { unit[i, i] = 1 }
        var bounds = unit
        bounds.elements = bounds.elements.map { _ in 3 * 0x1p-24 + Double(n) * 0x1p-48 }
        #expect((v.transposed * v).isClose(to: unit, within: bounds), sourceLocation: location)
        #expect(zip(values, values.dropFirst()).allSatisfy { $0 >= $1 }, sourceLocation: location)
        for column in 0..<n {
            let components = (0..<n).map { vectors[$0, column] }
            let largest = components.map(abs).max()
            #expect((components.first { abs($0) == largest } ?? 0) > 0, sourceLocation: location)
        }
    }

    @Test(arguments: [1, 2, 3, 8, 31, 64, 150])
    func randomMatrices(order: Int) {
        var random = RandomMatrices(seed: UInt64(order))
        check(random.symmetric(order))
        check(random.positiveDefinite(order))
    }

    /// Above the order from which the reduction is shared among threads, and several batches of rotations.
    @Test func aLargeMatrix() {
        var random = RandomMatrices(seed: 300)
        check(random.symmetric(300))
    }

    @Test func degenerateMatrices() {
        var random = RandomMatrices(seed: 9)
        let vector = DoubleMatrix(random.matrix(40, 1))
        check((vector * vector.transposed).rounded(dividingBy: 1))
        check(Matrix(rows: 12, columns: 12))
        check(Matrix(rows: 12, columns: 12, repeating: 2))
        var diagonal = Matrix(rows: 9, columns: 9)
        for i in 0..<9 { diagonal[i, i] = Float(i % 3) }
        check(diagonal)
        var graded = random.symmetric(20)
        for row in 0..<20 {
            for column in 0..<20 { graded[row, column] *= Float(pow(10, -Double(row + column) / 2)) }
        }
        check(graded)
        check(Matrix(rows: 2, columns: 2, elements: [0, 1e-30, 1e-30, 0]))
        check(Matrix(rows: 2, columns: 2, elements: [3e38, 1e38, 1e38, -3e38]))
    }

    /// The second difference matrix has the values 2 − 2 cos(jπ / (n + 1)).
    @Test func knownValues() {
        let n = 50
        var a = Matrix(rows: n, columns: n)
        for i in 0..<n {
            a[i, i] = 2
            if i > 0 { (a[i, i - 1], a[i - 1, i]) = (-1, -1) }
        }
        check(a)
        for (index, value) in symmetricEigen(a, pool: pool).values.enumerated() {
            let exact = 2 - 2 * cos(Double(n - index) * .pi / Double(n + 1))
            #expect(abs(Double(value) - exact) <= exact * 0x1p-24 + 4 * Double(n) * 0x1p-50)
        }
    }

    @Test func readsOnlyTheLowerTriangle() {
        var random = RandomMatrices(seed: 10)
        let a = random.symmetric(30)
        var other = a
        for row in 0..<30 { for column in row + 1..<30 { other[row, column] = 5 } }
        #expect(symmetricEigen(a, pool: pool) == symmetricEigen(other, pool: pool))
    }

    @Test func anyNumberOfThreadsGivesTheSameBits() {
        var random = RandomMatrices(seed: 11)
        let a = random.symmetric(280)
        let alone = symmetricEigen(a, pool: ThreadPool(threads: 1))
        for threads in 2...3 {
            #expect(symmetricEigen(a, pool: ThreadPool(threads: threads)) == alone)
        }
    }
}
