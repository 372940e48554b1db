import Diagnostics
import FloatKernels

/// Kernel regression before its weights are known: items, centred targets, relative noise.
struct RegressionProblem: Sendable {
    let items: EncodedItems
    /// items × outputs, centred.
    let targets: Matrix
    /// Relative noise variance of every item.
    let noise: [Float]

    func selecting(_ rows: [Int]) -> RegressionProblem {
        RegressionProblem(
            items: items.selecting(rows), targets: targets.selectingRows(rows), noise: rows.map { noise[$0] })
    }

    struct Solution {
        let coefficients: Matrix
        let factor: Cholesky
        /// Σ over outputs of s², so that leave-one-out residuals have the variance that was predicted.
        let variance: Float
        /// Leave-one-out R².
        let explained: Double
        /// items × outputs, centred: where each item would be put if it had never been seen.
        let leftOut: Matrix
        /// The variance predicted for each of these.
        let leftOutVariances: [Float]

        /// √(E|target|² / E|left-out prediction|²), at least 1; see `ContentProjection.gain`.
        func gain(_ targets: Matrix) -> Float {
            let predicted = leftOut.elements.reduce(0) { $0 + Double($1) * Double($1) }
            let actual = targets.elements.reduce(0) { $0 + Double($1) * Double($1) }
            guard predicted > 0 else { return 1 }
            return Float(min(max((actual / predicted).squareRoot(), 1), Self.maximumGain))
        }

        /// Content that explains next to nothing is not blown up into opinions.
        private static let maximumGain = 4.0
    }

    /// Solves (K + w diag(noise)) A = targets.
    ///
    /// - Throws: `Diagnostic` `training.degenerate` where the system cannot be factored.
    func solve(_ kernels: WeightedKernels, noiseWeight: Float, pool: ThreadPool) throws -> Solution {
        var system = kernels.lowerGram(items, pool: pool)
        for row in noise.indices { system[row, row] += noiseWeight * noise[row] }
        guard let factor = Cholesky(system, pool: pool) else {
            throw Diagnostic(
                .badData, code: "training.degenerate", "the items' content does not give a solvable system",
                fix: "check the catalogue for items that repeat each other, and report this")
        }
        let (coefficients, inverseDiagonal) = factor.leaveOneOut(targets, pool: pool)
        var (scale, missed, total) = (0.0, 0.0, 0.0)
        var leftOut = targets
        for row in 0..<coefficients.rows {
            let squares = coefficients.row(row).reduce(0) { $0 + Double($1) * Double($1) }
            let diagonal = Double(inverseDiagonal[row])
            scale += squares / diagonal
            missed += squares / (diagonal * diagonal)
            total += targets.row(row).reduce(0) { $0 + Double($1) * Double($1) }
            for column in 0..<leftOut.columns {
                leftOut[row, column] -= coefficients[row, column] / inverseDiagonal[row]
            }
        }
        let variance = Float(scale / Double(max(noise.count, 1)))
        return Solution(
            coefficients: coefficients, factor: factor, variance: variance,
            explained: 1 - missed / max(total, .leastNormalMagnitude), leftOut: leftOut,
            leftOutVariances: inverseDiagonal.map { variance / $0 })
    }
}
