public import FloatKernels
public import ItemContent

/// Simple ways to rank items that nobody has rated, to hold the projection against.
///
/// They read the same content as the projection: genres, further columns, words of title and description.
public struct ContentBaselines: Sendable {
    /// targets × items learned from: Σ over kinds of content of the cosine.
    public let similarity: Matrix
    /// targets × outputs: linear ridge regression from content to placements (as in CB2CF, Barkan et al. 2019, with
    /// a linear map), its penalty chosen by leave-one-out error.
    public let ridge: Matrix

    /// Penalties tried, relative to a kernel whose diagonal is the number of kinds of content.
    private static let penalties: [Float] = [0.3, 1, 3, 10, 30]

    /// - Parameters:
    ///   - projection: lends its encoder, fitted to the items learned from.
    ///   - records: the items learned from, and their placements.
    ///   - newcomers: the items to rank.
    public init(
        _ projection: ContentProjection, _ records: [ContentRecord], _ targets: ProjectionTargets,
        newcomers: [ContentRecord], pool: ThreadPool
    ) throws {
        let known = try projection.encoder.encode(records, pool: pool)
        let new = try projection.encoder.encode(newcomers, pool: pool)
        let kernels = known.views.keys.sorted().compactMap { name in
            if case .terms? = known[name] { ContentKernel(KernelFactor(name, .cosine)) } else { nil }
        }
        let linear = WeightedKernels(kernels: kernels, weights: kernels.map { _ in 1 })
        let mean = targets.placements.columnMeans
        let problem = RegressionProblem(
            items: known, targets: targets.placements.addingToRows(mean.map { -$0 }))
        let solutions = try Self.penalties.map { try problem.solve(linear, noise: $0, pool: pool) }
        similarity = linear.gram(new, known, pool: pool)
        let best = solutions.min { problem.missed($0) < problem.missed($1) }
        let coefficients = best?.coefficients ?? problem.targets
        ridge = matrixProduct(similarity, coefficients, pool: pool).addingToRows(mean)
    }
}

extension RegressionProblem {
    /// Sum of squared leave-one-out errors.
    fileprivate func missed(_ solution: Solution) -> Double {
        zip(targets.elements, solution.leftOut.elements).reduce(0) {
            $0 + Double(($1.0 - $1.1) * ($1.0 - $1.1))
        }
    }
}
