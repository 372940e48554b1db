import ContentProjection
import FloatKernels
import Foundation
import Testing

@Suite struct LeaveOneOutTests {
    private let pool = ThreadPool(threads: 2)
    private let count = 14

    private var problem: LeaveOneOut {
        let grams = [UInt64(20), 21].map { seed in
            let points = Matrix.random(count, 3, seed: seed)
            return points.naiveProduct(points.transposed)
        }
        return LeaveOneOut(
            grams: grams, targets: Matrix.random(count, 4, seed: 22))
    }

    @Test func residualsAreThoseOfLiterallyLeavingOut() throws {
        let (problem, weights) = (problem, [Float(0.7), 0.4, 0.9])
        let (residuals, _) = try #require(problem.residuals(weights: weights, pool: pool))
        for left in 0..<count {
            let rest = (0..<count).filter { $0 != left }
            func kernel(_ a: Int, _ b: Int) -> Float {
                weights[0] * problem.grams[0][a, b] + weights[1] * problem.grams[1][a, b]
            }
            var system = Matrix(rows: count - 1, columns: count - 1)
            for (i, a) in rest.enumerated() {
                for (j, b) in rest.enumerated() { system[i, j] = kernel(a, b) }
                system[i, i] += weights[2]
            }
            let factor = try #require(Cholesky(system, pool: pool))
            let solution = factor.solve(problem.targets.selectingRows(rest), pool: pool)
            for output in 0..<4 {
                let prediction = rest.enumerated().reduce(Float(0)) {
                    $0 + kernel(left, $1.element) * solution[$1.offset, output]
                }
                #expect(abs(problem.targets[left, output] - prediction - residuals[left, output]) < 1e-4)
            }
        }
    }

    @Test func gradientIsThatOfFiniteDifferences() {
        let (problem, point) = (problem, [-0.4, 0.3, 0.2])
        let (loss, gradient) = problem.evaluate(point, pool: pool)
        // Single precision inside: a step of 0.02 has a truncation error of about h²/6 and a rounding error of about 1e-5.
        for index in point.indices {
            var (up, down) = (point, point)
            up[index] += 0.02
            down[index] -= 0.02
            let slope =
                (problem.evaluate(up, pool: pool).loss - problem.evaluate(down, pool: pool).loss) / 0.04
            #expect(abs(slope - gradient[index]) < 2e-4)
        }
        let weights = point.map { value in Float(Foundation.exp(value)) }
        #expect(abs(problem.loss(weights: weights, pool: pool) - loss) < 1e-5)
    }

    /// More items than a block of the factorisation: the loss has its own way there, without the inverse.
    @Test func lossIsTheSameWithAndWithoutTheInverse() {
        let points = Matrix.random(300, 5, seed: 23)
        let problem = LeaveOneOut(
            grams: [points.naiveProduct(points.transposed)],
            targets: Matrix.random(300, 4, seed: 24))
        let (loss, gradient) = problem.evaluate([-0.4, 0.2], pool: pool)
        let weights = [-0.4, 0.2].map { value in Float(Foundation.exp(value)) }
        // Sums of 300 products, the condition below a thousand.
        #expect(abs(problem.loss(weights: weights, pool: pool) - loss) < 1e-4)
        let slope =
            (problem.evaluate([-0.4, 0.22], pool: pool).loss
                - problem.evaluate([-0.4, 0.18], pool: pool).loss) / 0.04
        #expect(abs(slope - gradient[1]) < 2e-4)
    }
}
