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
        of newcomers: EncodedItems, learning content: LearnedContent, pool: ThreadPool
    ) throws -> Matrix {
        let known = content.items
        let kernels = known.views.keys.sorted().compactMap { name in
            if case .terms? = known[name] { ContentKernel(KernelFactor(name, .cosine)) } else { nil }
        }
        let linear = WeightedKernels(kernels: kernels, weights: kernels.map { _ in 1 })
        let mean = content.targets.placements.columnMeans
        let problem = RegressionProblem(
            items: known, targets: content.targets.placements.addingToRows(mean.map { -$0 }),
            noise: [Float](repeating: 1, count: known.count))
        let solutions = try penalties.map { try problem.solve(linear, noiseWeight: $0, pool: pool) }
        guard let best = solutions.max(by: { $0.explained < $1.explained }) else {
            preconditionFailure("some penalty is tried")
        }
        var placements = matrixProduct(
            linear.gram(newcomers, known, pool: pool), best.coefficients, pool: pool)
        let gain = best.gain(problem.targets)
        for place in placements.elements.indices { placements.elements[place] *= gain }
        return placements.addingToRows(mean)
    }
}
