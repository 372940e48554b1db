public import Diagnostics
public import FloatKernels
public import ItemContent

/// Fits the content projection: learns the encoder, finds the kernels' weights by leave-one-out error, solves once.
public struct ProjectionTrainer: Sendable {
    /// What can be chosen; the defaults are the recommendation.
    public struct Options: Sendable {
        /// Also train a CNN on posters, texts and metadata with the placements as labels, and offer its
        /// (cross-fitted) output as one more view.
        public var trainsNetwork: Bool
        /// Rounds over the items in the network's training.
        public var networkEpochs: Int
        /// The kinds of content that may be looked at, by the names of `ProjectionReport.Modality`; nil for all.
        public var content: Set<String>?
        /// Whether biases are a linear function of the vectors, as in a space that was learned without any, and shall stay
        /// that: with the same weights for both, regression keeps it.
        public var biasFollowsVector: Bool

        /// The defaults, with what is named changed.
        public init(
            trainsNetwork: Bool = false, networkEpochs: Int = 12, content: Set<String>? = nil,
            biasFollowsVector: Bool = false
        ) {
            self.biasFollowsVector = biasFollowsVector
            self.trainsNetwork = trainsNetwork
            self.networkEpochs = networkEpochs
            self.content = content
        }

        func allows(_ kernel: ContentKernel) -> Bool {
            content.map { $0.isSuperset(of: kernel.views.map(WeightSearch.modality)) } ?? true
        }
    }

    /// Items that the search for the weights looks at.
    private static let searchItems = 1_000
    /// Rounds of the search: more of them fit these items better, and all the items no better.
    private static let searchRounds = 18
    /// Bounds of the weights' logarithms.
    private static let bounds = -7.0...8.0
    /// Kernels with less than this share of the sum of all weights are left out.
    private static let negligibleShare: Float = 5e-4

    private let options: Options
    private let seed: UInt64
    private let pool: ThreadPool
    private let monitor: WorkMonitor

    /// A trainer; the same seed and number of threads give the same projection, bit for bit.
    public init(options: Options = .init(), seed: UInt64, pool: ThreadPool, monitor: WorkMonitor) {
        self.options = options
        self.seed = seed
        self.pool = pool
        self.monitor = monitor
    }

    /// Learns everything from items that have ratings.
    ///
    /// - Parameters:
    ///   - records: the items' content.
    ///   - targets: a row for every record.
    /// - Throws: `Diagnostic` `training.too_few_items`, or `interrupted`.
    public func fit(_ records: [ContentRecord], _ targets: ProjectionTargets) throws -> ProjectionFit {
        try fit(learn(records, targets))
    }

    /// The first half of `fit`: learns the encoder and encodes the items, once for several fits.
    package func learn(_ records: [ContentRecord], _ targets: ProjectionTargets) throws -> LearnedContent {
        precondition(records.count == targets.counts.count, "a target for every record")
        try Self.requireEnough(records.count)
        var (encoder, items) = try ContentEncoder.learn(
            from: records, seed: seed, pool: pool, monitor: monitor)
        if options.trainsNetwork {
            try encoder.trainTower(
                on: records, &items, placements: targets.placements, epochs: options.networkEpochs,
                seed: seed, pool: pool, monitor: monitor)
        }
        return LearnedContent(encoder: encoder, items: items, targets: targets)
    }

    /// The second half of `fit`.
    package func fit(_ content: LearnedContent) throws -> ProjectionFit {
        try fit(encoder: content.encoder, content.items, content.targets)
    }

    /// Fits weights and projection anew on towers that stay as they are, a trained one too.
    ///
    /// Its view of every item comes, as in `fit`, from the network that was kept from the item's fold (see
    /// `CrossFitting`); items that are new since have never been seen by that network either.
    ///
    /// - Returns: the fit, and the yardstick for it: where the weights of the earlier projection would put items that it
    ///   has never seen (items × outputs).
    public func refit(
        _ projection: ContentProjection, _ records: [ContentRecord], _ targets: ProjectionTargets
    ) throws -> (fit: ProjectionFit, leftOutBefore: Matrix) {
        try Self.requireEnough(records.count)
        let items = try projection.encoder.encode(records, areLearned: true, pool: pool, monitor: monitor)
        let fit = try fit(encoder: projection.encoder, items, targets)
        let mean = targets.placements.columnMeans
        let earlier = [projection.regression.vector, projection.regression.bias]
        let before = try zip(problem(items, targets, mean).vectorAndBias, earlier).map { problem, earlier in
            try problem.solve(
                earlier.kernels, noise: earlier.supportVariance.noise, seed: seed, pool: pool,
                monitor: monitor
            ).leftOut
        }
        return (fit, Matrix(joiningColumns: before).addingToRows(mean))
    }

    private func problem(
        _ items: EncodedItems, _ targets: ProjectionTargets, _ mean: [Float]
    ) -> RegressionProblem {
        RegressionProblem(items: items, targets: targets.placements.addingToRows(mean.map { -$0 }))
    }

    private func fit(
        encoder: ContentEncoder, _ items: EncodedItems, _ targets: ProjectionTargets
    ) throws -> ProjectionFit {
        let mean = targets.placements.columnMeans
        let problems = problem(items, targets, mean).vectorAndBias
        let offered = KernelLibrary.offered(for: items, pool: pool).filter(options.allows)
        precondition(!offered.isEmpty, "the options leave some content to look at")
        let search = try searchWeights(problems, offered)
        let weights =
            options.biasFollowsVector ? search.weights.map { _ in search.weights[0] } : search.weights
        let weighed = weights.map { prune(offered, $0) }
        try monitor.report("Solving the projection", 0, of: 2)
        let solutions = try zip(problems, weighed).map { problem, weighed in
            try problem.solve(
                weighed.kernels, noise: weighed.noise, seed: seed, pool: pool, monitor: monitor)
        }
        let calibration = Calibration(solutions, targets.placements, mean: mean)
        let regressions = solutions.indices.map { part in
            KernelRegression(
                kernels: weighed[part].kernels, coefficients: solutions[part].coefficients,
                supportVariance: solutions[part].variance, variance: calibration.variances[part])
        }
        // Both compare with the same items.
        let support = solutions[0].support
        let regression = PlacementRegression(vector: regressions[0], bias: regressions[1])
        let compared = support.count == items.count ? items : items.selecting(support)
        let projection = ContentProjection(
            encoder: encoder, support: KernelSupport(compared, views: regression.views), mean: mean,
            regression: regression, gain: calibration.gain)
        try monitor.report("Solving the projection", 2, of: 2)
        return ProjectionFit(
            projection: projection, leftOut: calibration.leftOut,
            leftOutVariances: calibration.leftOutVariances,
            report: ProjectionReport(
                items: items.count, explained: calibration.explained,
                modalities: try search.modalities(items, monitor: monitor),
                reliability: calibration.reliability))
    }

    private func searchWeights(_ problems: [RegressionProblem], _ offered: [ContentKernel]) throws
        -> WeightSearch
    {
        let sample = problems[0].draw(Self.searchItems, seed: seed, stream: 300)
        return try WeightSearch(
            problems: problems.map { $0.selecting(sample) }, kernels: offered, bounds: Self.bounds,
            rounds: Self.searchRounds, pool: pool,
            monitor: monitor)
    }

    private func prune(_ offered: [ContentKernel], _ weights: [Float]) -> (
        kernels: WeightedKernels, noise: Float
    ) {
        let total = weights.prefix(offered.count).reduce(0, +)
        let kept = offered.indices.filter { weights[$0] >= total * Self.negligibleShare }
        return (
            WeightedKernels(kernels: kept.map { offered[$0] }, weights: kept.map { weights[$0] }),
            weights[offered.count]
        )
    }

    /// Items that teach: of fewer nothing can be learned.
    public static let minimumItems = 10

    /// - Throws: `training.too_few_items` where items that teach are fewer than `minimumItems`.
    public static func requireEnough(_ count: Int) throws {
        guard count < minimumItems else { return }
        throw Diagnostic(
            .missingInput, code: "training.too_few_items",
            "the items with ratings are \(count), too few to learn where content belongs",
            fix: "import ratings of at least \(minimumItems) items")
    }
}

/// What fitting a projection gives.
public struct ProjectionFit: Sendable {
    /// The projection, ready for new items.
    public let projection: ContentProjection
    /// items × outputs: where each item would be put if it had never been rated (leave-one-out).
    public let leftOut: Matrix
    /// Expected squared error of the score of each of these, over users.
    public let leftOutVariances: [Float]
    /// What each kind of content is worth.
    public let report: ProjectionReport
}
