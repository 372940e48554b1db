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
            targets: problem.targets)
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

    /// What each kind of content is worth: how much is lost when its kernels are taken away, and how far its own
    /// kernels alone reach, weighed equally against the best of a few noises.
    func modalities(_ items: EncodedItems) -> [ProjectionReport.Modality] {
        let everything = explained(weights)
        let names = Set(kernels.flatMap(\.views).map(Self.modality)).sorted()
        return names.map { name in
            let without = zip(kernels, weights).map { kernel, weight in
                kernel.views.map(Self.modality).contains(name) ? 0 : weight
            }
            return ProjectionReport.Modality(
                name: name,
                present: items.views.keys.filter { Self.modality($0) == name }.map(items.presentCount).max()
                    ?? 0,
                alone: alone { $0.views.allSatisfy { Self.modality($0) == name } },
                lostWithout: everything - explained(without + [weights[kernels.count]]))
        }.sorted { $0.lostWithout > $1.lostWithout }
    }

    private func alone(_ isOwn: (ContentKernel) -> Bool) -> Double {
        let own = kernels.map { isOwn($0) ? Float(1) : 0 }
        let count = own.reduce(0, +)
        guard count > 0 else { return 0 }
        func value(_ index: Int) -> Double { explained(own + [Self.noises[index] * count]) }
        // One peak over the noise: climbed from the middle, either down or up.
        let middle = Self.noises.count / 2
        var (place, best) = (middle, value(middle))
        for step in [-1, 1] where place == middle {
            while Self.noises.indices.contains(place + step) {
                let next = value(place + step)
                guard next > best else { break }
                (place, best) = (place + step, next)
            }
        }
        return best
    }

    /// Noises tried, in units of the weight of all kernels.
    private static let noises: [Float] = [0.3, 1, 3, 10, 30]

    private func explained(_ weights: [Float]) -> Double { 1 - loss.loss(weights: weights, pool: pool) }

    /// The word a user knows for a view.
    static func modality(_ view: String) -> String {
        switch view {
        case "text": "description"
        case "shape": "length"
        case "trained": "cnn"
        case _ where view.hasPrefix("poster."): "poster"
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
