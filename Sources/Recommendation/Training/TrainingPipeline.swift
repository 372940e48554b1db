public import Catalogue
public import CollaborativeFiltering
public import ContentProjection
public import Diagnostics
public import FloatKernels

/// From the catalogue to a new model version: collaborative space, content projection, placement of the unrated items.
///
/// The live version is not touched: a new one is written beside it and becomes active by one rename.
public struct TrainingPipeline: Sendable {
    /// What can be chosen. Defaults live where the thing they set lives; nil takes them.
    public struct Options: Sendable {
        /// Name of the collaborative model.
        public var model: String?
        /// What the model is fitted to, where that can be chosen.
        public var loss: NetworkLoss?
        /// Length of the vectors.
        public var dimensions: Int?
        /// Rounds of the collaborative model.
        public var epochs: Int?
        /// What a liked item is held against, where the model learns by triplets.
        public var negatives: NegativeSampling?
        /// Seed of all randomness.
        public var seed: UInt64
        /// What can be chosen of the content model.
        public var projection: ProjectionTrainer.Options

        /// The defaults, with what is named changed.
        public init(
            model: String? = nil, loss: NetworkLoss? = nil, dimensions: Int? = nil, epochs: Int? = nil,
            negatives: NegativeSampling? = nil, seed: UInt64 = 1,
            projection: ProjectionTrainer.Options = .init()
        ) {
            self.model = model
            self.loss = loss
            self.dimensions = dimensions
            self.epochs = epochs
            self.negatives = negatives
            self.seed = seed
            self.projection = projection
        }
    }

    /// What a training or retraining did.
    public struct Outcome: Sendable {
        /// The new version.
        public let card: ModelCard
        /// Whether answers come from it now.
        public let isActive: Bool
        /// Items that had no ratings and were placed by their content.
        public let projectedItems: Int
        /// The gate's finding, for `retrain`.
        public let verdict: GateVerdict?
    }

    let workspace: Workspace
    let pool: ThreadPool
    let monitor: WorkMonitor
    let exclusively: Exclusively

    /// Runs what writes a version, and hands it the keys of items whose content has changed since the training began.
    public typealias Exclusively = @Sendable ((Set<Int64>) throws -> Void) throws -> Void

    /// Trains on a workspace opened for writing.
    ///
    /// - Parameter exclusively: runs what writes, at the end. By default at once: the caller holds the workspace's lock all
    ///   along. Who lets others write while the training runs takes the lock here.
    public init(
        workspace: Workspace, pool: ThreadPool, monitor: WorkMonitor,
        exclusively: @escaping Exclusively = { try $0([]) }
    ) {
        self.workspace = workspace
        self.pool = pool
        self.monitor = monitor
        self.exclusively = exclusively
    }

    var store: ModelStore { ModelStore(directory: workspace.modelsDirectory) }
    var reader: ContentReader { ContentReader(posters: workspace.posters, pool: pool) }

    /// Learns everything anew and activates it.
    ///
    /// Where it is interrupted, the same training goes on from what was learned from ratings by then.
    ///
    /// - Throws: `training.…`, `model.…`, or `interrupted`.
    public func train(_ options: Options) throws -> Outcome {
        try validate(options)
        let checkpoint = try checkpoint(options)
        var contents = checkpoint.read()
        do {
            let outcome = try train(options, &contents)
            checkpoint.remove()
            return outcome
        } catch let stop as Diagnostic where stop.kind == .interrupted {
            checkpoint.write(contents)
            throw stop
        }
    }

    private func train(_ options: Options, _ contents: inout TrainingCheckpoint.Contents) throws -> Outcome {
        var clock = StageClock()
        let catalogue = try RatedCatalogue(workspace.catalogue, monitor: monitor)
        // Before the minutes that the collaborative model takes, not after.
        try ProjectionTrainer.requireEnough(catalogue.rated.count)
        let model = try collaborativeModel(options, catalogue, &contents)
        let records = try reader.records(of: catalogue.rated.map(\.item), monitor: monitor)
        let reading = clock.lap()
        let space =
            try contents.learned?.space
            ?? model.fit(catalogue.data, seed: options.seed, pool: pool, monitor: monitor)
        let learned = LearnedSpace(
            itemIDs: catalogue.rated.map(\.item.id), itemCounts: catalogue.itemCounts,
            userIDs: catalogue.users.map(\.user.id), userCounts: catalogue.userCounts, space: space)
        contents.learned = learned
        let profiles = catalogue.users.map(\.user.attributes)
        let (userPrior, attributes) = try UserPriorTrainer(
            space: space, profiles: profiles, pool: pool, monitor: monitor
        ).train {
            try PriorStrengthSearch(
                model, catalogue.data, profiles: profiles, seed: options.seed, pool: pool,
                monitor: monitor
            ).strength($0)
        }
        let placed = PlacedCatalogue(catalogue, learned, userPrior, attributes)
        let collaborative = clock.lap()
        let fit = try trainer(options).fit(records, placed.targets)
        return try publish(
            placed, fit,
            .init(
                origin: "train", model: type(of: model).name, choice: contents.choice?.trials,
                seed: options.seed,
                reading: reading, collaborative: collaborative, content: clock.lap()))
    }

    func trainer(_ options: Options) -> ProjectionTrainer {
        ProjectionTrainer(options: options.projection, seed: options.seed, pool: pool, monitor: monitor)
    }

    /// What can be wrong with the options is said before anything is read.
    private func validate(_ options: Options) throws {
        guard options.model == ModelChoice.name else { return _ = try collaborativeModel(options) }
        guard options.loss == nil && options.negatives == nil else {
            throw Diagnostic(
                .usage, code: "model.auto",
                "which model is chosen is not known yet, so nor are its loss and negatives",
                fix: "leave them out, or name the model")
        }
    }

    /// The model; where it was to be chosen, the contents then have what all reached.
    private func collaborativeModel(
        _ options: Options, _ catalogue: RatedCatalogue, _ contents: inout TrainingCheckpoint.Contents
    ) throws -> any CollaborativeModel {
        var options = options
        guard options.model == ModelChoice.name else { return try collaborativeModel(options) }
        if contents.choice == nil {
            let choice = try ModelChoice(
                among: CollaborativeModels.names.map {
                    options.model = $0
                    return try collaborativeModel(options)
                }, catalogue.data, seed: options.seed, pool: pool, monitor: monitor)
            contents.choice = (choice.model, choice.trials)
        }
        options.model = contents.choice?.model
        return try collaborativeModel(options)
    }

    private func collaborativeModel(_ options: Options) throws -> any CollaborativeModel {
        var model = try CollaborativeModels.named(
            options.model ?? CollaborativeModels.names[0], loss: options.loss)
        if let dimensions = options.dimensions { model.dimensions = dimensions }
        if let epochs = options.epochs { model.epochs = epochs }
        if let negatives = options.negatives { try CollaborativeModels.set(negatives, of: &model) }
        return model
    }
}
