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
        /// Held-out users, who give their first ratings, among all items.
        case newUsers = "new-users"
    }

    /// One system's figures.
    public struct System: Sendable, Codable {
        /// `coldstart`, or the baseline's name.
        public let name: String
        /// Ratings that every held-out item had, for `warm-up`, or every held-out user, for `new-users`.
        public let ratings: Int?
        /// How evenly the held-out items are shown among all others, for `mixed`.
        public let exposure: Exposure?
        /// Means over all folds.
        public let score: RankingScore
    }

    /// The table.
    public struct Result: Sendable, Codable {
        /// What competed with what.
        public let task: Task
        /// How many parts were held out in turn.
        public let folds: Int
        /// Lists judged, over all folds.
        public let users: Int
        /// The best first; for `warm-up` and `new-users` by the number of ratings.
        public let systems: [System]
    }

    private let workspace: Workspace
    let pool: ThreadPool
    private let monitor: WorkMonitor

    /// Evaluates on the ratings of a workspace, which is only read.
    public init(workspace: Workspace, pool: ThreadPool, monitor: WorkMonitor) {
        self.workspace = workspace
        self.pool = pool
        self.monitor = monitor
    }

    /// Divides the items (or, for `warm`, the ratings) into folds; each fold is held out once.
    public func run(_ task: Task, folds: Int, seed: UInt64) throws -> Result {
        let catalogue = try RatedCatalogue(workspace.catalogue, monitor: monitor)
        guard catalogue.rated.count >= folds * 10 else {
            throw Diagnostic(
                .missingInput, code: "evaluate.too_few_items",
                "\(catalogue.rated.count) rated items are too few for \(folds) folds",
                fix: "give fewer --folds, or import more ratings")
        }
        let division = EvaluationFolds(catalogue, task: task, folds: folds, seed: seed)
        var judged: [(name: String, ratings: Int?, users: [(ndcg: Double, recall: Double)?], shown: [Int])] =
            []
        for fold in 0..<folds {
            let prefix = "Fold \(fold + 1) of \(folds): "
            let monitor = monitor
            let inner = WorkMonitor {
                try? monitor.report(prefix + $0.stage, $0.completed, of: $0.total, note: $0.note)
            }
            try monitor.report(prefix + "training", 0, of: 1)
            let exam = try division.exam(fold)
            let found =
                switch task {
                case .warm: judge(try warmScores(exam, catalogue, seed: seed, monitor: inner), exam)
                case .cold, .mixed: judge(try coldScores(exam, catalogue, seed: seed, monitor: inner), exam)
                case .warmUp: try warmUpScores(exam, catalogue, seed: seed, monitor: inner)
                case .newUsers:
                    try newUserScores(catalogue, fold: fold, of: folds, seed: seed, monitor: inner)
                }
            for (index, system) in found.enumerated() {
                if judged.count <= index { judged.append((system.name, system.ratings, [], [])) }
                judged[index].users += system.scores.users
                judged[index].shown += system.shown
            }
        }
        let means = judged.map {
            System(
                name: $0.name, ratings: $0.ratings,
                exposure: task == .mixed ? Exposure(counts: $0.shown) : nil,
                score: RankingScores(users: $0.users).mean)
        }
        let systems =
            task == .warmUp || task == .newUsers ? means : means.sorted { $0.score.ndcg20 > $1.score.ndcg20 }
        return Result(task: task, folds: folds, users: systems.first?.score.users ?? 0, systems: systems)
    }

    private typealias Scores = (name: String, scores: @Sendable (Int) -> [Float])
    typealias Judged = (name: String, ratings: Int?, scores: RankingScores, shown: [Int])

    private func judge(_ systems: [Scores], _ exam: EvaluationExam) -> [Judged] {
        systems.map { system in
            let (scores, shown) = exam.judge(system.scores, pool: pool)
            return (system.name, nil, scores, shown)
        }
    }

    private func warmScores(
        _ exam: EvaluationExam, _ catalogue: RatedCatalogue, seed: UInt64, monitor: WorkMonitor
    ) throws -> [Scores] {
        let popularity = exam.popularity
        var systems: [Scores] = [
            ("popularity", { _ in popularity }), random(catalogue.rated.count, seed: seed),
        ]
        for name in CollaborativeModels.names {
            let space = try CollaborativeModels.named(name).fit(
                exam.training, seed: seed, pool: pool, monitor: monitor)
            systems.append((name, { space.scores(ofUser: $0) }))
        }
        return systems
    }

    /// What a fold's training data say of its held-out items.
    struct ColdFit {
        let space: CollaborativeSpace
        let known: [ContentRecord], newcomers: [ContentRecord]
        let targets: ProjectionTargets
        let fit: ProjectionFit
    }

    func fit(
        _ exam: EvaluationExam, _ catalogue: RatedCatalogue, seed: UInt64, monitor: WorkMonitor
    ) throws -> ColdFit {
        let space = try CollaborativeModels.named(CollaborativeModels.names[0]).fit(
            exam.training, seed: seed, pool: pool, monitor: monitor)
        let reader = ContentReader(posters: workspace.posters, pool: pool)
        let known = try reader.records(of: exam.knownItems.map { catalogue.rated[$0].item }, monitor: monitor)
        let newcomers = try reader.records(
            of: exam.heldOutItems.map { catalogue.rated[$0].item }, monitor: monitor)
        let targets = ProjectionTargets(
            vectors: space.items.vectors.selectingRows(exam.knownItems),
            biases: exam.knownItems.map { space.items.biases[$0] },
            counts: exam.knownItems.map { exam.ratingCounts[$0] })
        let fit = try ProjectionTrainer(seed: seed, pool: pool, monitor: monitor).fit(known, targets)
        return ColdFit(space: space, known: known, newcomers: newcomers, targets: targets, fit: fit)
    }

    private func coldScores(
        _ exam: EvaluationExam, _ catalogue: RatedCatalogue, seed: UInt64, monitor: WorkMonitor
    ) throws -> [Scores] {
        let cold = try fit(exam, catalogue, seed: seed, monitor: monitor)
        let (space, projection) = (cold.space, cold.fit.projection)
        let projected = try projection.project(cold.newcomers, pool: pool)
        let baselines = try ContentBaselines(
            projection, cold.known, cold.targets, newcomers: cold.newcomers, pool: pool)
        let users = space.users
        let content = exam.table(space.items, placing: projected.vectors, projected.biases)
        let ridge = ItemTable(placements: baselines.ridge)
        let linear = exam.table(space.items, placing: ridge.vectors, ridge.biases)
        let neighbours = exam.neighbourScores(baselines.similarity)
        let genres = exam.genrePopularity(catalogue.rated.map(\.item.genres))
        return [
            ("coldstart", { content.scores(userVector: users.row($0)) }),
            ("linear ridge", { linear.scores(userVector: users.row($0)) }),
            ("content neighbours", neighbours),
            ("genre popularity", { _ in genres }),
            random(catalogue.rated.count, seed: seed),
        ]
    }

    private func random(_ count: Int, seed: UInt64) -> Scores {
        (
            "random",
            { user in
                var generator = RandomGenerator(seed: seed, stream: 1_000 + UInt64(user))
                return (0..<count).map { _ in generator.uniform() }
            }
        )
    }
}
