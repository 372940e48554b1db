public import Catalogue
import CollaborativeFiltering
import ContentProjection
public import Diagnostics
public import FloatKernels
import ItemContent

/// How good the recommendations are, on the workspace's own ratings, beside simple baselines.
public struct Evaluation: Sendable {
    /// What competes with what.
    public enum Task: String, Sendable, Codable, CaseIterable {
        /// Held-out items, among themselves.
        case cold
        /// Held-out items together with all items that the user has not rated.
        case mixed
        /// Held-out ratings of items that have others: what the collaborative model alone can do.
        case warm
        /// Held-out items, among themselves, as they collect their first ratings.
        case warmUp = "warm-up"
        /// Held-out users, among all items, as they give their first ratings.
        case newUsers = "new-users"
        /// The item that every user rated last, among all that he had not rated before.
        case nextItem = "next-item"
        /// Held-out items, among themselves, by projections that may look at some content only.
        case content

        /// Whether systems are judged at several numbers of ratings.
        public var collectsRatings: Bool { self == .warmUp || self == .newUsers }

        /// Those that hold items out with all their ratings.
        static let holdingItemsOut: Set<Task> = [.cold, .mixed, .warmUp, .content]
        /// Times that something is held out, where others hold each of `folds` parts out once: there is one last item.
        func divisions(folds: Int) -> Int { self == .nextItem ? 1 : folds }
        /// Those that are run where none is named: all that need one fit a fold.
        public static let standard: [Task] = [.cold, .mixed, .warm, .warmUp]
    }

    let workspace: Workspace
    /// The first is judged with content, all of them on known items.
    let models: [any CollaborativeModel]
    /// Those that predict ratings, of the models named or of all.
    let predictors: [any CollaborativeModel]
    let pool: ThreadPool
    let monitor: WorkMonitor

    /// Evaluates on the ratings of a workspace, which is only read.
    ///
    /// - Parameter models: names of collaborative models; the first is judged with content, all of them on known items.
    ///   Empty takes those that learn in seconds; for predictions of ratings, all that make them.
    /// - Throws: `model.unknown`.
    public init(
        workspace: Workspace, models: [String] = [], pool: ThreadPool, monitor: WorkMonitor
    ) throws {
        self.workspace = workspace
        self.models = try (models.isEmpty ? CollaborativeModels.fast : models).map(CollaborativeModels.named)
        predictors = try (models.isEmpty ? CollaborativeModels.predictorNames : models)
            .compactMap(CollaborativeModels.predictor)
        self.pool = pool
        self.monitor = monitor
    }

    /// Divides the items (for `warm`, the ratings) into folds; each fold is held out once, and all tasks that hold the same
    /// items out share one fit of it.
    ///
    /// - Parameters:
    ///   - trainsNetwork: whether `content` also says what a CNN adds.
    ///   - onInterrupt: gets what the folds say that were done, if there are some, before the interruption is thrown.
    /// - Throws: `evaluate.too_few_items`, what training throws, or `interrupted`.
    public func run(
        _ tasks: Set<Task>, folds: Int, seed: UInt64, trainsNetwork: Bool = false,
        onInterrupt: (Report) -> Void = { _ in }
    ) throws -> Report {
        let catalogue = try RatedCatalogue(workspace.catalogue, monitor: monitor)
        let division = try EvaluationFolds(catalogue, folds: folds, seed: seed)
        var tallies = Task.allCases.filter(tasks.contains).map {
            TaskTally($0, warmReference: type(of: models[0]).name)
        }
        let warmContent =
            tasks.contains(.warm) ? try ratedContent(catalogue, seed: seed, monitor: monitor) : nil
        func report(_ folds: Int, _ monitor: WorkMonitor) throws -> Report {
            try self.report(tallies, catalogue, folds: folds, seed: seed, monitor)
        }
        try forEachFold(
            tasks.map { $0.divisions(folds: folds) }.max() ?? 0,
            onInterrupt: { done in (try? report(done, .silent)).map(onInterrupt) }
        ) { fold, monitor in
            var judged: [Task: [JudgedSystem]] = [:]
            if !tasks.isDisjoint(with: Task.holdingItemsOut) {
                judged = try judgeNewItems(
                    tasks, division.holdingItemsOut(fold), catalogue, seed: seed,
                    trainsNetwork: trainsNetwork && tasks.contains(.content), monitor: monitor)
            }
            if let warmContent {
                judged[.warm] = try judgeKnownItems(
                    division.holdingRatingsOut(fold), catalogue, warmContent, seed: seed, monitor: monitor)
            }
            if tasks.contains(.newUsers) {
                judged[.newUsers] = try newUsers(
                    catalogue, fold: fold, of: folds, seed: seed, monitor: monitor)
            }
            if tasks.contains(.nextItem), fold < Task.nextItem.divisions(folds: folds) {
                judged[.nextItem] = try judgeNextItems(
                    division.holdingLastItemsOut(), catalogue, seed: seed, monitor: monitor)
            }
            for place in tallies.indices { tallies[place].add(judged[tallies[place].task] ?? []) }
        }
        return try report(folds, monitor)
    }

    /// The tables of so many folds.
    private func report(
        _ tallies: [TaskTally], _ catalogue: RatedCatalogue, folds: Int, seed: UInt64, _ monitor: WorkMonitor
    ) throws -> Report {
        let results = try tallies.enumerated().map { done, tally in
            try monitor.report("Resampling users", done, of: tallies.count, note: tally.task.rawValue)
            return tally.result(folds: tally.task.divisions(folds: folds), seed: seed)
        }
        try monitor.report("Resampling users", tallies.count, of: tallies.count)
        return Report(
            folds: folds, seed: seed,
            data: Report.Data(
                users: catalogue.users.count, items: catalogue.rated.count,
                ratings: catalogue.interactions.count,
                positiveThreshold: catalogue.interactions.positiveThreshold),
            tasks: results)
    }

    private func judgeNewItems(
        _ tasks: Set<Task>, _ exam: EvaluationExam, _ catalogue: RatedCatalogue, seed: UInt64,
        trainsNetwork: Bool, monitor: WorkMonitor
    ) throws -> [Task: [JudgedSystem]] {
        let fold = try FoldFit(
            models[0],
            exam, catalogue, ContentReader(posters: workspace.posters, pool: pool),
            trainsNetwork: trainsNetwork, seed: seed, pool: pool, monitor: monitor)
        var judged: [Task: [JudgedSystem]] = [:]
        if tasks.contains(.cold) || tasks.contains(.mixed) {
            (judged[.cold], judged[.mixed]) = try coldAndMixed(fold, catalogue, seed: seed, monitor: monitor)
        }
        if tasks.contains(.warmUp) {
            judged[.warmUp] = try warmUp(fold, catalogue, seed: seed, monitor: monitor)
        }
        if tasks.contains(.content) {
            judged[.content] = try ablation(fold, seed: seed, monitor: monitor)
        }
        return judged
    }

    /// The content of all rated items but their posters, which no baseline reads.
    private func ratedContent(_ catalogue: RatedCatalogue, seed: UInt64, monitor: WorkMonitor) throws
        -> ContentNeighbours
    {
        let content = try ContentEncoder.learn(
            from: catalogue.rated.map { ContentRecord($0.item, poster: nil) }, seed: seed, pool: pool,
            monitor: monitor
        ).items
        return ContentNeighbours(
            [(Array(catalogue.rated.indices), content)], itemCount: catalogue.rated.count)
    }
}
