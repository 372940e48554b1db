import ContentProjection
import Diagnostics
import FloatKernels
import Testing

@Suite struct RegressionProblemTests {
    private let pool = ThreadPool(threads: 2)
    private let count = 60
    private let noise: Float = 0.4

    private var items: EncodedItems {
        var items = EncodedItems(count: count)
        items["year"] = .points(
            Matrix.random(count, 2, seed: 50), present: [Bool](repeating: true, count: count))
        return items
    }
    private var targets: Matrix { Matrix.random(count, 3, seed: 51) }
    private let kernels = WeightedKernels(
        kernels: [ContentKernel(KernelFactor("year", .gaussian(scale: 1)))], weights: [1.5])

    @Test func withEveryItemInducingItIsTheExactSolution() throws {
        let problem = RegressionProblem(items: items, targets: targets)
        let exact = try problem.solve(kernels, noise: noise, pool: pool)
        let same = try problem.solve(
            kernels, noise: noise, support: Array(0..<count), pool: pool, monitor: .silent)
        // The jitter on the diagonal, a thousandth of the prior variance, is what remains between the two.
        #expect(exact.leftOut.distance(to: same.leftOut) < 0.01)
        for (a, b) in zip(exact.leftOutVariances, same.leftOutVariances) { #expect(abs(a - b) < 0.01) }
        let gram = kernels.gram(items, items, pool: pool)
        let explained = zip(
            exact.variance.explained(gram, pool: pool), same.variance.explained(gram, pool: pool))
        for (a, b) in explained { #expect(abs(a - b) < 0.01) }
    }

    @Test func leavingOutOfTheInducingSolutionIsLiteral() throws {
        let support = Array(stride(from: 0, to: count, by: 3))
        let whole = try RegressionProblem(items: items, targets: targets).solve(
            kernels, noise: noise, support: support, pool: pool, monitor: .silent)
        #expect(whole.support == support && whole.coefficients.rows == support.count)
        // An item that is not inducing, so that the features stay as they are without it.
        for left in [1, 22, 58] {
            let rest = (0..<count).filter { $0 != left }
            let kept = support.map { item in rest.firstIndex(of: item) ?? 0 }
            let without = try RegressionProblem(
                items: items.selecting(rest), targets: targets.selectingRows(rest)
            ).solve(kernels, noise: noise, support: kept, pool: pool, monitor: .silent)
            let similarity = kernels.gram(items.selecting([left]), items.selecting(support), pool: pool)
            let predicted = matrixProduct(similarity, without.coefficients, pool: pool)
            for column in 0..<3 { #expect(abs(predicted[0, column] - whole.leftOut[left, column]) < 1e-3) }
            let variance = 1.5 + noise - without.variance.explained(similarity, pool: pool)[0]
            #expect(abs(variance - whole.leftOutVariances[left]) < 1e-3)
        }
    }

    @Test func anInterruptionStopsIt() {
        #expect(throws: Diagnostic.interrupted) {
            try RegressionProblem(items: items, targets: targets).solve(
                kernels, noise: noise, support: [0, 1], pool: pool,
                monitor: WorkMonitor(onUpdate: { _ in }, shouldStop: { true }))
        }
    }
}
