import FloatKernels
import Testing

@Suite struct PositiveDefiniteSolveTests {
    @Test(arguments: Array(1...40) + [64, 100, 129, 256])
    func solvesInPlace(order: Int) {
        var random = RandomMatrices(seed: UInt64(order))
        let a = random.positiveDefinite(order)
        let b = random.matrix(order, 1)
        let (system, x) = (GuardedBuffer(a), GuardedBuffer(b))
        #expect(solvePositiveDefinite(system.base, order: order, x.base))
        #expect(system.isIntact && x.isIntact)
        let solution = DoubleMatrix(Matrix(rows: order, columns: 1, elements: x.values))
        let lower = DoubleMatrix(a).cholesky.magnitudes
        // Higham, theorem 10.4.
        var bound = lower * (lower.transposed * solution.magnitudes)
        bound.elements = bound.elements.map { $0 * gamma(3 * order + 3) }
        #expect((DoubleMatrix(a) * solution).isClose(to: DoubleMatrix(b), within: bound))
    }

    @Test(arguments: [3, 4, 5, 8, 17, 32])
    func readsOnlyTheUpperTriangle(order: Int) {
        var random = RandomMatrices(seed: 11)
        let a = random.positiveDefinite(order)
        let b = random.vector(order)
        var damaged = a
        for row in 0..<order { for column in 0..<row { damaged[row, column] = .nan } }
        let (first, second) = (GuardedBuffer(b), GuardedBuffer(b))
        #expect(solvePositiveDefinite(GuardedBuffer(a).base, order: order, first.base))
        #expect(solvePositiveDefinite(GuardedBuffer(damaged).base, order: order, second.base))
        #expect(first.values == second.values)
    }

    @Test(arguments: [0, 3, 4, 11, 12], [0, -1, .nan, .infinity] as [Float])
    func refusesWhatIsNotPositiveDefinite(place: Int, value: Float) {
        var random = RandomMatrices(seed: 12)
        var a = random.positiveDefinite(13)
        a[place, place] = value
        let b = random.vector(13)
        let (system, x) = (GuardedBuffer(a), GuardedBuffer(b))
        #expect(!solvePositiveDefinite(system.base, order: 13, x.base))
        #expect(x.values == b && system.isIntact)
    }
}
