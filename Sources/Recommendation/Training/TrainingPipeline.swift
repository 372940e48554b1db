public import Catalogue
public import CollaborativeFiltering
public import ContentProjection
public import Diagnostics
public import FloatKernels
import ItemContent
import NeuralNetwork

/// From the catalogue to a new model version: collaborative space, content projection, placement of the unrated items.
///
/// The live version is not touched: a new one is written beside it and becomes active by one rename.
public struct TrainingPipeline: Sendable {
    /// What can be chosen. Defaults live where the thing they set lives; nil takes them.
    public struct Options: Sendable {
        /// Name of the collaborative model.
        public var model: String?
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
            model: String? = nil, dimensions: Int? = nil, epochs: Int? = nil,
            negatives: NegativeSampling? = nil, seed: UInt64 = 1,
            projection: ProjectionTrainer.Options = .init()
        ) {
            self.model = model
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

    /// Trains on a workspace opened for writing; the caller holds its lock.
    public init(workspace: Workspace, pool: ThreadPool, monitor: WorkMonitor) {
        self.workspace = workspace
        self.pool = pool
        self.monitor = monitor
    }

    var store: ModelStore { ModelStore(directory: workspace.modelsDirectory) }
    private var reader: ContentReader { ContentReader(posters: workspace.posters, pool: pool) }

    /// Learns everything anew and activates it.
    public func train(_ options: Options) throws -> Outcome {
        var clock = StageClock()
        let model = try collaborativeModel(options)
        let catalogue = try RatedCatalogue(workspace.catalogue, monitor: monitor)
        let records = try reader.records(of: catalogue.rated.map(\.item), monitor: monitor)
        let reading = clock.lap()
        let space = try model.fit(catalogue.data, seed: options.seed, pool: pool, monitor: monitor)
        let profiles = catalogue.users.map(\.user.attributes)
        let (userPrior, attributes) = try UserPriorTrainer(
            space: space, profiles: profiles, pool: pool, monitor: monitor
        ).train {
            try PriorStrengthSearch(
                model, catalogue.data, profiles: profiles, seed: options.seed, pool: pool,
                monitor: monitor
            ).strength($0)
        }
        let collaborative = clock.lap()
        let targets = ProjectionTargets(
            vectors: space.items.vectors, biases: space.items.biases, counts: catalogue.itemCounts)
        let fit = try trainer(options).fit(records, targets)
        let content = clock.lap()
        let learned = LearnedSpace(
            itemIDs: catalogue.rated.map(\.item.id), itemCounts: catalogue.itemCounts,
            userIDs: catalogue.users.map(\.user.id), userCounts: catalogue.userCounts, space: space)
        let foldIn = try FoldInTrainer(
            interactions: catalogue.interactions, users: space.users,
            userLevels: UserLevels(catalogue.interactions, users: space.users, items: space.items) { $0 },
            rows: Array(catalogue.rated.indices), fit: fit, targets: targets, seed: options.seed, pool: pool,
            monitor: monitor
        ).train()
        let projected = try project(catalogue.unrated, with: fit.projection)
        let card = ModelCard(
            version: store.nextVersion(), release: Release.version, createdAt: Clock.now(), origin: "train",
            model: type(of: model).name, dimensions: space.items.dimensions, seed: options.seed,
            threads: pool.threads, data: dataCounts(catalogue), content: fit.report,
            userAttributes: attributes,
            leftOut: LeftOutRanking(
                catalogue.interactions, users: space.users, rows: Array(catalogue.rated.indices),
                seed: options.seed
            )
            .score(fit.leftOut, pool: pool).mean,
            seconds: .init(
                reading: reading, collaborative: collaborative, content: content, projecting: clock.lap()))
        try publish(card, learned, fit.projection, foldIn, userPrior, projected)
        try store.activate(card.version)
        return Outcome(card: card, isActive: true, projectedItems: projected.count, verdict: nil)
    }

    func trainer(_ options: Options) -> ProjectionTrainer {
        ProjectionTrainer(options: options.projection, seed: options.seed, pool: pool, monitor: monitor)
    }

    /// Vectors for items that nobody has rated.
    func project(_ items: [StoredItem], with projection: ContentProjection) throws -> [ItemVector] {
        guard !items.isEmpty else { return [] }
        let records = try reader.records(of: items.map(\.item), monitor: monitor)
        try monitor.report("Placing new items", 0, of: items.count)
        let projected = try projection.project(records, pool: pool, monitor: monitor)
        return items.indices.map { projected.vector(ofRow: $0, itemKey: items[$0].key) }
    }

    /// Writes model and vectors; a crash in between leaves a version that is not active.
    func publish(
        _ card: ModelCard, _ learned: LearnedSpace, _ projection: ContentProjection, _ foldIn: ItemFoldIn,
        _ userPrior: UserPrior, _ vectors: [ItemVector]
    ) throws {
        try monitor.report("Writing the model", 0, of: 1)
        var file = TensorFileWriter()
        learned.write(to: &file)
        projection.write(to: &file)
        foldIn.write(to: &file)
        userPrior.write(to: &file)
        try store.write(card, file)
        try workspace.catalogue.write { transaction in
            try transaction.deleteVectors(version: card.version)
            try transaction.save(vectors, version: card.version)
        }
        try monitor.report("Writing the model", 1, of: 1)
    }

    func dataCounts(_ catalogue: RatedCatalogue) -> ModelCard.Data {
        let items = catalogue.rated.map(\.item) + catalogue.unrated.map(\.item)
        return ModelCard.Data(
            users: catalogue.users.count, items: items.count, ratedItems: catalogue.rated.count,
            ratings: catalogue.interactions.count, posters: items.count { $0.poster != nil },
            descriptions: items.count { !$0.description.isEmpty },
            positiveThreshold: catalogue.interactions.positiveThreshold)
    }

    private func collaborativeModel(_ options: Options) throws -> any CollaborativeModel {
        var model = try CollaborativeModels.named(options.model ?? CollaborativeModels.names[0])
        if let dimensions = options.dimensions { model.dimensions = dimensions }
        if let epochs = options.epochs { model.epochs = epochs }
        if let negatives = options.negatives { try CollaborativeModels.set(negatives, of: &model) }
        return model
    }
}

extension Projected {
    /// A row as the catalogue stores it.
    func vector(ofRow row: Int, itemKey: Int64) -> ItemVector {
        ItemVector(
            itemKey: itemKey, provenance: .projected, vector: vectors.row(row), bias: biases[row],
            variance: variances[row])
    }
}
