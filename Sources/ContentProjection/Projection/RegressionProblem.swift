import Diagnostics
package import FloatKernels

/// Kernel regression before its weights are known: items and what is known of them.
package struct RegressionProblem: Sendable {
    let items: EncodedItems
    /// items × outputs, centred.
    let targets: Matrix

    package init(items: EncodedItems, targets: Matrix) {
        precondition(items.count == targets.rows, "a target for every item")
        self.items = items
        self.targets = targets
    }

    func selecting(_ rows: [Int]) -> RegressionProblem {
        RegressionProblem(items: items.selecting(rows), targets: targets.selectingRows(rows))
    }

    /// Vectors and biases apart.
    var vectorAndBias: [RegressionProblem] {
        let width = targets.columns
        return [0..<(width - 1), (width - 1)..<width].map { columns in
            RegressionProblem(items: items, targets: targets.selectingColumns(columns))
        }
    }

    package struct Solution: Sendable {
        /// Rows of the items that new ones are compared with, ascending.
        package let support: [Int]
        /// support × outputs: A.
        package let coefficients: Matrix
        package let variance: SupportVariance
        /// items × outputs, centred: where each item would be put if it had never been seen.
        package let leftOut: Matrix
        /// The variance of each of these, noise included, in units of a kernel's weight.
        package let leftOutVariances: [Float]
    }

    /// The exact solution needs items² floats twice; of more items than these, all teach, but through some of them.
    private static let maximumExactItems = 10_000
    /// How many they are then.
    private static let inducingItems = 4_000

    /// Solves the one way or the other, as the number of items allows.
    ///
    /// - Throws: `training.degenerate`, or `interrupted`.
    func solve(
        _ kernels: WeightedKernels, noise: Float, seed: UInt64, pool: ThreadPool, monitor: WorkMonitor
    ) throws -> Solution {
        items.count > Self.maximumExactItems
            ? try solve(
                kernels, noise: noise, support: draw(Self.inducingItems, seed: seed, stream: 310), pool: pool,
                monitor: monitor)
            : try solve(kernels, noise: noise, pool: pool)
    }

    /// Some of the rows, ascending.
    func draw(_ count: Int, seed: UInt64, stream: UInt64) -> [Int] {
        var rows = Array(0..<items.count)
        var generator = RandomGenerator(seed: seed, stream: stream)
        generator.shuffle(&rows)
        return rows.prefix(count).sorted()
    }

    /// Solves (K + σ² I) A = targets, every item being compared with every other.
    ///
    /// - Throws: `Diagnostic` `training.degenerate` where the system cannot be factored.
    package func solve(_ kernels: WeightedKernels, noise: Float, pool: ThreadPool) throws -> Solution {
        var system = kernels.lowerGram(items, pool: pool)
        for row in 0..<system.rows { system[row, row] += noise }
        guard let factor = Cholesky(system, pool: pool) else { throw Self.degenerate }
        let (coefficients, inverseDiagonal) = factor.leaveOneOut(targets, pool: pool)
        var leftOut = targets
        for row in 0..<leftOut.rows {
            for column in 0..<leftOut.columns {
                leftOut[row, column] -= coefficients[row, column] / inverseDiagonal[row]
            }
        }
        return Solution(
            support: Array(0..<items.count), coefficients: coefficients,
            variance: SupportVariance(prior: factor, posterior: nil, noise: noise), leftOut: leftOut,
            leftOutVariances: inverseDiagonal.map { 1 / $0 })
    }

    static var degenerate: Diagnostic {
        Diagnostic(
            .badData, code: "training.degenerate", "the items' content does not give a solvable system",
            fix: "check the catalogue for items that repeat each other, and report this")
    }
}
