package import Diagnostics
package import FloatKernels

/// The simple way from content to a place, to hold the projection against: linear ridge regression on the same genres,
/// further columns and words of title and description, all kinds with equal weight (as in CB2CF, Barkan et al. 2019, with
/// a linear map). Its penalty is chosen by leave-one-out error, and its places are spread by a gain as the projection's
/// are: without, the places of a good map would be buried among learned ones, and a comparison on one list would show no more
/// than that.
package enum LinearRidge {
    /// Penalties tried, relative to a kernel whose diagonal is the number of kinds of content.
    private static let penalties: [Float] = [0.3, 1, 3, 10, 30]

    /// newcomers × outputs (vector, then bias).
    ///
    /// - Throws: `training.degenerate` where the system cannot be solved.
    package static func placements(
        of newcomers: EncodedItems, learning content: LearnedContent, pool: ThreadPool, monitor: WorkMonitor
    ) throws -> Matrix {
        let known = content.items
        let kernels = known.views.keys.sorted().compactMap { name in
            if case .terms? = known[name] { ContentKernel(KernelFactor(name, .cosine)) } else { nil }
        }
        let linear = WeightedKernels(kernels: kernels, weights: kernels.map { _ in 1 })
        let places = content.targets.placements
        let mean = places.columnMeans
        let problem = RegressionProblem(items: known, targets: places.addingToRows(mean.map { -$0 }))
        let tried = try penalties.map { penalty in
            let solution = try problem.solve(linear, noise: penalty, seed: 0, pool: pool, monitor: monitor)
            return (solution, calibration: Calibration([solution], places, mean: mean))
        }
        guard let (best, calibration) = tried.max(by: { $0.calibration.explained < $1.calibration.explained })
        else { preconditionFailure("some penalty is tried") }
        var placements = matrixProduct(
            linear.gram(newcomers, known.selecting(best.support), pool: pool), best.coefficients, pool: pool)
        for place in placements.elements.indices { placements.elements[place] *= calibration.gain }
        return placements.addingToRows(mean)
    }
}
