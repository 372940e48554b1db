import Diagnostics
import FloatKernels

/// Finds how much every kernel counts on this catalogue, by leave-one-out error (not by likelihood, which trusts
/// the noise model more than it deserves: it sends text to nothing).
struct WeightSearch {
    let kernels: [ContentKernel]
    /// One weight a kernel, then the noise.
    let weights: [Float]
    private let loss: LeaveOneOut
    private let pool: ThreadPool

    init(
        problem: RegressionProblem, kernels: [ContentKernel], bounds: ClosedRange<Double>, rounds: Int,
        pool: ThreadPool, monitor: WorkMonitor
    ) throws {
        let loss = LeaveOneOut(
            grams: WeightedKernels.grams(kernels, problem.items, problem.items, pool: pool),
            noise: problem.noise, targets: problem.targets)
        // Neutral start: all kernels alike, the noise as large as about a third of their sum.
        let start =
            [Double](repeating: 0, count: kernels.count) + [
                naturalLogarithm(0.4 * Double(kernels.count) + 0.1)
            ]
        let search = BoundedLBFGS(bounds: bounds, maximumRounds: rounds)
        let best = try search.minimise(from: start) {
            loss.evaluate($0, pool: pool)
        } onRound: { round, value in
            try monitor.report(
                "Weighing the content", round, of: rounds, note: "explained \(percent(1 - value))")
        }
        self.kernels = kernels
        self.weights = best.point.map { Float(exponential($0)) }
        self.loss = loss
        self.pool = pool
    }

    /// What each kind of content is worth, by taking its kernels away and by keeping only them.
    func modalities(_ items: EncodedItems) -> [ProjectionReport.Modality] {
        let everything = explained { _ in true }
        let names = Set(kernels.flatMap(\.views).map(Self.modality)).sorted()
        return names.map { name in
            ProjectionReport.Modality(
                name: name,
                present: items.views.keys.filter { Self.modality($0) == name }.map(items.presentCount).max()
                    ?? 0,
                alone: explained { $0.views.allSatisfy { Self.modality($0) == name } },
                lostWithout: everything - explained { !$0.views.map(Self.modality).contains(name) })
        }.sorted { $0.lostWithout > $1.lostWithout }
    }

    private func explained(_ isKept: (ContentKernel) -> Bool) -> Double {
        let kept = kernels.map(isKept)
        guard kept.contains(true) else { return 0 }
        // A little of every kernel stays, so that one factorisation serves any subset.
        var masked = zip(weights, kept).map { $1 ? $0 : 0 }
        masked.append(weights[kernels.count])
        return 1 - loss.loss(weights: masked, pool: pool)
    }

    /// The word a user knows for a view.
    private static func modality(_ view: String) -> String {
        switch view {
        case "text", "shape": "description"
        case _ where view.hasPrefix("column."): String(view.dropFirst("column.".count))
        default: view
        }
    }
}

/// `0.3312` → `33.1 %`.
func percent(_ share: Double) -> String {
    let tenths = Int((share * 1000).rounded())
    return "\(tenths < 0 ? "-" : "")\(abs(tenths) / 10).\(abs(tenths) % 10) %"
}
