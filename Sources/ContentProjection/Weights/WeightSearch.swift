import Diagnostics
import FloatKernels

/// Finds how much every kernel counts on this catalogue, by leave-one-out error (not by likelihood, which trusts
/// the noise model more than it deserves: it sends text to nothing).
struct WeightSearch {
    let kernels: [ContentKernel]
    /// For every problem one weight a kernel, then the noise.
    let weights: [[Float]]
    private let losses: [LeaveOneOut]
    private let pool: ThreadPool

    /// How far the logarithm of a later problem's weight may be from the first one's, give or take.
    private static let spread = 0.3

    /// - Parameter problems: with different targets for the same items. The first finds its weights from a neutral start, the
    ///   others from those: a single output says too little of two dozen weights to find them alone.
    init(
        problems: [RegressionProblem], kernels: [ContentKernel], bounds: ClosedRange<Double>, rounds: Int,
        pool: ThreadPool, monitor: WorkMonitor
    ) throws {
        try monitor.report("Comparing the content", 0)
        let grams = WeightedKernels.grams(kernels, problems[0].items, problems[0].items, pool: pool)
        losses = problems.map { LeaveOneOut(grams: grams, targets: $0.targets) }
        let search = BoundedLBFGS(bounds: bounds, maximumRounds: rounds)
        // Neutral start: all kernels alike, the noise as large as about a third of their sum.
        var point =
            [Double](repeating: 0, count: kernels.count) + [
                naturalLogarithm(0.4 * Double(kernels.count) + 0.1)
            ]
        var weights: [[Float]] = []
        for (place, loss) in losses.enumerated() {
            let first = point
            let pull = place == 0 ? 0 : 1 / (Self.spread * Self.spread * Double(problems[0].items.count))
            point = try search.minimise(from: first) { point in
                var (value, gradient) = loss.evaluate(point, pool: pool)
                for kernel in kernels.indices {
                    let distance = point[kernel] - first[kernel]
                    value += pull * distance * distance
                    gradient[kernel] += 2 * pull * distance
                }
                return (value, gradient)
            } onRound: { round, value in
                try monitor.report(
                    place == 0 ? "Weighing the content" : "Weighing the content for the bias", round,
                    of: rounds, note: "explained \(percent(1 - value))")
            }.point
            weights.append(point.map { Float(exponential($0)) })
        }
        self.weights = weights
        self.kernels = kernels
        self.pool = pool
    }

    /// What each kind of content is worth: how much is lost when its kernels are taken away, and how far its own
    /// kernels alone reach, weighed equally against the best of a few noises.
    ///
    /// - Throws: `Diagnostic.interrupted`.
    func modalities(_ items: EncodedItems, monitor: WorkMonitor) throws -> [ProjectionReport.Modality] {
        let everything = explained(weights)
        let names = Set(kernels.flatMap(\.views).map(Self.modality)).sorted()
        return try names.enumerated().map { number, name in
            try monitor.report("Judging the content", number, of: names.count, "kinds", note: name)
            let without = weights.map { weights in
                kernels.indices.map { kernel in
                    kernels[kernel].views.map(Self.modality).contains(name) ? 0 : weights[kernel]
                } + [weights[kernels.count]]
            }
            return ProjectionReport.Modality(
                name: name,
                present: items.views.keys.filter { Self.modality($0) == name }.map(items.presentCount).max()
                    ?? 0,
                alone: alone { $0.views.allSatisfy { Self.modality($0) == name } },
                lostWithout: everything - explained(without))
        }.sorted { $0.lostWithout > $1.lostWithout }
    }

    private func alone(_ isOwn: (ContentKernel) -> Bool) -> Double {
        let own = kernels.map { isOwn($0) ? Float(1) : 0 }
        let count = own.reduce(0, +)
        guard count > 0 else { return 0 }
        return share(of: losses.map { loss in least(loss) { own + [Self.noises[$0] * count] } })
    }

    /// The least loss over the noises: there is one valley, which is gone down from the middle to either side.
    private func least(_ loss: LeaveOneOut, weights: (Int) -> [Float]) -> Double {
        let middle = Self.noises.count / 2
        var (place, best) = (middle, loss.loss(weights: weights(middle), pool: pool))
        for step in [-1, 1] where place == middle {
            while Self.noises.indices.contains(place + step) {
                let next = loss.loss(weights: weights(place + step), pool: pool)
                guard next < best else { break }
                (place, best) = (place + step, next)
            }
        }
        return best
    }

    /// Noises tried, in units of the weight of all kernels.
    private static let noises: [Float] = [0.3, 1, 3, 10, 30]

    private func explained(_ weights: [[Float]]) -> Double {
        share(of: zip(losses, weights).map { $0.loss(weights: $1, pool: pool) })
    }

    /// What losses of all problems leave explained of their targets together.
    private func share(of values: [Double]) -> Double {
        let total = losses.reduce(0) { $0 + $1.total }
        return 1 - zip(losses, values).reduce(0) { $0 + $1.0.total * $1.1 }
            / max(total, .leastNormalMagnitude)
    }

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
