import ContentProjection
import Diagnostics
import Testing

@Suite struct BoundedLBFGSTests {
    private func rosenbrock(_ x: [Double]) -> (loss: Double, gradient: [Double]) {
        let (a, b) = (1 - x[0], x[1] - x[0] * x[0])
        return (a * a + 100 * b * b, [-2 * a - 400 * x[0] * b, 200 * b])
    }

    @Test func findsTheMinimumInside() {
        var search = BoundedLBFGS(bounds: -3...3, maximumRounds: 200)
        search.tolerance = 0
        let best = search.minimise(from: [-1.2, 1], rosenbrock) { _, _ in }
        #expect(best.loss < 1e-9)
        #expect(abs(best.point[0] - 1) < 1e-4 && abs(best.point[1] - 1) < 1e-4)
    }

    @Test func stopsAtTheBound() {
        // In −3…½ the minimum is at (½, ¼): the valley x₁ = x₀² is followed to the bound.
        var search = BoundedLBFGS(bounds: -3...0.5, maximumRounds: 200)
        search.tolerance = 0
        let best = search.minimise(from: [-1.2, 0.4], rosenbrock) { _, _ in }
        #expect(best.point[0] == 0.5)
        #expect(abs(best.point[1] - 0.25) < 1e-4)
    }

    @Test func aFlatStartIsNotTakenForTheEnd() {
        // A step as long as the gradient, 4e-4, would gain 1.6e-7 of the value, far less than the tolerance.
        let best = BoundedLBFGS(bounds: -7...4, maximumRounds: 20).minimise(from: [0]) { x in
            (1 + 1e-4 * (x[0] - 2) * (x[0] - 2), [2e-4 * (x[0] - 2)])
        } onRound: { _, _ in
        }
        #expect(abs(best.point[0] - 2) < 0.1)
    }

    @Test func theCallerCanStopIt() {
        let search = BoundedLBFGS(bounds: -3...3, maximumRounds: 200)
        var rounds = 0
        #expect(throws: Diagnostic.interrupted) {
            try search.minimise(from: [-1.2, 1], rosenbrock) { round, _ in
                rounds = round
                if round == 3 { throw Diagnostic.interrupted }
            }
        }
        #expect(rounds == 3)
    }
}
