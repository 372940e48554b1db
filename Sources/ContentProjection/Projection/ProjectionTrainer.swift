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

        /// The defaults, with what is named changed.
        public init(trainsNetwork: Bool = false, networkEpochs: Int = 12, content: Set<String>? = nil) {
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
    private static let bounds = -7.0...4.0
    /// Kernels with less than this share of the sum of all weights are left out.
    private static let negligibleShare: Float = 5e-4
    /// The exact solution needs items² floats twice; beyond this many, the most rated items are learned from.
    private static let maximumItems = 12_000

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
        let rows = try rowsToLearnFrom(targets.counts)
        let kept = rows.map { records[$0] }
        let learned = targets.selecting(rows)
        var (encoder, items) = try ContentEncoder.learn(from: kept, seed: seed, pool: pool, monitor: monitor)
        if options.trainsNetwork {
            try encoder.trainTower(
                on: kept, &items, placements: learned.placements, epochs: options.networkEpochs, seed: seed,
                pool: pool,
                monitor: monitor)
        }
        return LearnedContent(encoder: encoder, items: items, targets: learned, rows: rows)
    }

    /// The second half of `fit`.
    package func fit(_ content: LearnedContent) throws -> ProjectionFit {
        try fit(encoder: content.encoder, content.items, content.targets, rows: content.rows)
    }

    /// Fits weights and projection anew on towers that stay as they are, a trained one too.
    ///
    /// Its view of every item comes, as in `fit`, from the network that was kept from the item's fold (see
    /// `CrossFitting`); items that are new since have never been seen by that network either.
    ///
    /// - Returns: the fit, and the yardstick for it: where the weights of the earlier projection would put items that it
    ///   has never seen (the rows of the fit × outputs).
    public func refit(
        _ projection: ContentProjection, _ records: [ContentRecord], _ targets: ProjectionTargets
    ) throws -> (fit: ProjectionFit, leftOutBefore: Matrix) {
        let rows = try rowsToLearnFrom(targets.counts)
        let items = try projection.encoder.encode(
            rows.map { records[$0] }, areLearned: true, pool: pool, monitor: monitor)
        let kept = targets.selecting(rows)
        let fit = try fit(encoder: projection.encoder, items, kept, rows: rows)
        return (fit, try leftOut(by: projection, items, kept))
    }

    private func leftOut(
        by projection: ContentProjection, _ items: EncodedItems, _ targets: ProjectionTargets
    ) throws -> Matrix {
        let mean = targets.placements.columnMeans
        let problem = RegressionProblem(
            items: items, targets: targets.placements.addingToRows(mean.map { -$0 }),
            noise: targets.relativeNoise)
        return try problem.solve(projection.kernels, noiseWeight: projection.noiseWeight, pool: pool)
            .leftOut.addingToRows(mean)
    }

    private static let minimumItems = 10

    private func fit(
        encoder: ContentEncoder, _ items: EncodedItems, _ targets: ProjectionTargets, rows: [Int]
    ) throws -> ProjectionFit {
        let mean = targets.placements.columnMeans
        let centred = targets.placements.addingToRows(mean.map { -$0 })
        let problem = RegressionProblem(items: items, targets: centred, noise: targets.relativeNoise)
        let offered = KernelLibrary.offered(for: items, pool: pool).filter(options.allows)
        precondition(!offered.isEmpty, "the options leave some content to look at")
        let search = try searchWeights(problem, offered)
        let (kernels, noiseWeight) = prune(offered, search.weights)
        try monitor.report("Solving the projection", 0, of: 2)
        let solution = try problem.solve(kernels, noiseWeight: noiseWeight, pool: pool)
        let projection = ContentProjection(
            encoder: encoder, kernels: kernels, noiseWeight: noiseWeight, support: items, mean: mean,
            coefficients: solution.coefficients, factor: solution.factor, variance: solution.variance,
            gain: solution.gain(centred))
        try monitor.report("Solving the projection", 2, of: 2)
        return ProjectionFit(
            projection: projection, rows: rows, leftOut: solution.leftOut.addingToRows(mean),
            leftOutVariances: solution.leftOutVariances,
            report: ProjectionReport(
                items: items.count, explained: solution.explained, modalities: search.modalities(items)))
    }

    private func searchWeights(_ problem: RegressionProblem, _ offered: [ContentKernel]) throws
        -> WeightSearch
    {
        var rows = Array(0..<problem.items.count)
        var generator = RandomGenerator(seed: seed, stream: 300)
        generator.shuffle(&rows)
        let sample = problem.selecting(rows.prefix(Self.searchItems).sorted())
        return try WeightSearch(
            problem: sample, kernels: offered, bounds: Self.bounds, rounds: Self.searchRounds, pool: pool,
            monitor: monitor)
    }

    private func prune(_ offered: [ContentKernel], _ weights: [Float]) -> (WeightedKernels, noise: Float) {
        let total = weights.prefix(offered.count).reduce(0, +)
        let kept = offered.indices.filter { weights[$0] >= total * Self.negligibleShare }
        return (
            WeightedKernels(kernels: kept.map { offered[$0] }, weights: kept.map { weights[$0] }),
            weights[offered.count]
        )
    }

    /// Rows of the items to learn from, ascending: all, or the most rated of very many.
    private func rowsToLearnFrom(_ counts: [Int]) throws -> [Int] {
        guard counts.count >= Self.minimumItems else {
            throw Diagnostic(
                .missingInput, code: "training.too_few_items",
                "only \(counts.count) items have ratings, too few to learn where content belongs",
                fix: "import ratings of at least \(Self.minimumItems) items")
        }
        guard counts.count > Self.maximumItems else { return Array(counts.indices) }
        return counts.indices.sorted { (counts[$1], $0) < (counts[$0], $1) }.prefix(Self.maximumItems)
            .sorted()
    }
}

/// What fitting a projection gives.
public struct ProjectionFit: Sendable {
    /// The projection, ready for new items.
    public let projection: ContentProjection
    /// The rows of the given records that were learned from, ascending.
    public let rows: [Int]
    /// rows × outputs: where each of these items would be put if it had never been rated (leave-one-out).
    public let leftOut: Matrix
    /// Expected squared error of the score of each of these, over users.
    public let leftOutVariances: [Float]
    /// What each kind of content is worth.
    public let report: ProjectionReport
}
