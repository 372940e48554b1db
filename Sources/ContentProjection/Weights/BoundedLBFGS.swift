/// Minimises a smooth function in a box by limited-memory BFGS with projection.
///
/// Source: Nocedal & Wright, "Numerical Optimization", 2006, algorithms 7.4 and 7.5; variables that stand at a bound and
/// would leave the box are held there (Bertsekas, "Projected Newton methods", 1982). Armijo backtracking.
package struct BoundedLBFGS {
    package var bounds: ClosedRange<Double>
    package var maximumRounds: Int
    /// Stops when a round gains less than this share of the value.
    package var tolerance = 1e-5
    private let memory = 8

    package init(bounds: ClosedRange<Double>, maximumRounds: Int) {
        self.bounds = bounds
        self.maximumRounds = maximumRounds
    }

    /// - Parameter onRound: called after every round with the round and the value; may throw to stop.
    package func minimise(
        from start: [Double], _ evaluate: ([Double]) -> (loss: Double, gradient: [Double]),
        onRound: (Int, Double) throws -> Void
    ) rethrows -> (point: [Double], loss: Double) {
        var point = start.map(clamp)
        var (loss, gradient) = evaluate(point)
        var history: [(step: [Double], change: [Double])] = []
        for round in 1...maximumRounds {
            try onRound(round, loss)
            let free = point.indices.map { isFree(point[$0], gradient[$0]) }
            let slope = zip(gradient, free).map { $1 ? $0 : 0 }
            var direction = twoLoop(slope, history).enumerated().map { free[$0] ? -$1 : 0 }
            if inner(direction, slope) >= 0 {
                history.removeAll()
                direction = slope.map { -$0 }
            }
            // Nothing is known of the curvature at first: the largest coordinate moves by one, however flat it is there. A step
            // as long as a small gradient would gain so little that the search took it for the end.
            let limit = history.isEmpty ? 1 / max(direction.map(abs).max() ?? 1, 1e-12) : 1
            guard let next = search(point, loss, slope, direction, first: limit, evaluate) else { break }
            let step = zip(next.point, point).map(-)
            let change = zip(next.gradient, gradient).map(-)
            if inner(step, change) > 1e-12 {
                history.append((step, change))
                if history.count > memory { history.removeFirst() }
            }
            let gain = loss - next.loss
            (point, loss, gradient) = (next.point, next.loss, next.gradient)
            if gain < tolerance * abs(loss) { break }
        }
        return (point, loss)
    }

    private func clamp(_ value: Double) -> Double { min(max(value, bounds.lowerBound), bounds.upperBound) }

    private func isFree(_ value: Double, _ gradient: Double) -> Bool {
        !(value <= bounds.lowerBound && gradient > 0) && !(value >= bounds.upperBound && gradient < 0)
    }

    private func search(
        _ point: [Double], _ loss: Double, _ slope: [Double], _ direction: [Double], first: Double,
        _ evaluate: ([Double]) -> (loss: Double, gradient: [Double])
    ) -> (point: [Double], loss: Double, gradient: [Double])? {
        var length = first
        for _ in 0..<12 {
            let candidate = zip(point, direction).map { clamp($0 + length * $1) }
            let value = evaluate(candidate)
            let predicted = inner(slope, zip(candidate, point).map(-))
            if value.loss <= loss + 1e-4 * predicted { return (candidate, value.loss, value.gradient) }
            length /= 2
        }
        return nil
    }

    /// The inverse Hessian's estimate times the gradient.
    private func twoLoop(_ gradient: [Double], _ history: [(step: [Double], change: [Double])]) -> [Double] {
        var result = gradient
        var factors: [Double] = []
        for (step, change) in history.reversed() {
            let factor = inner(step, result) / inner(step, change)
            factors.append(factor)
            result = zip(result, change).map { $0 - factor * $1 }
        }
        if let (step, change) = history.last {
            let scale = inner(step, change) / inner(change, change)
            result = result.map { $0 * scale }
        }
        for ((step, change), factor) in zip(history, factors.reversed()) {
            let correction = factor - inner(change, result) / inner(step, change)
            result = zip(result, step).map { $0 + correction * $1 }
        }
        return result
    }

    private func inner(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
}
