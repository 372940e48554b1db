import Catalogue
import CollaborativeFiltering
import ContentProjection
import Diagnostics
import FloatKernels

/// What the training data of a fold say of the items held out: fitted once for all tasks that ask about these items.
struct FoldFit: Sendable {
    let exam: EvaluationExam
    let space: CollaborativeSpace
    /// Where the known items stand, a row each.
    let targets: ProjectionTargets
    let content: LearnedContent
    let newcomers: EncodedItems
    let fit: ProjectionFit

    /// held-out items × outputs: where content puts them.
    let projected: Projected
    /// The same by the linear map.
    let ridge: Matrix

    /// - Parameter trainsNetwork: whether `content` also has the view of a CNN; `fit` does not look at it.
    init(
        _ model: any CollaborativeModel, _ exam: EvaluationExam, _ catalogue: RatedCatalogue,
        _ reader: ContentReader, trainsNetwork: Bool,
        seed: UInt64, pool: ThreadPool, monitor: WorkMonitor
    ) throws {
        self.exam = exam
        space = try model.fit(
            catalogue.data.replacing(exam.training), seed: seed, pool: pool, monitor: monitor)
        let known = try reader.records(of: exam.knownItems.map { catalogue.rated[$0].item }, monitor: monitor)
        let counts = exam.ratingCounts
        let biases = space.items.biases
        targets = ProjectionTargets(
            vectors: space.items.vectors.selectingRows(exam.knownItems),
            biases: exam.knownItems.map { biases[$0] }, counts: exam.knownItems.map { counts[$0] })
        content = try ProjectionTrainer(
            options: .init(trainsNetwork: trainsNetwork), seed: seed, pool: pool, monitor: monitor
        ).learn(known, targets)
        newcomers = try content.encoder.encode(
            reader.records(of: exam.heldOutItems.map { catalogue.rated[$0].item }, monitor: monitor),
            pool: pool, monitor: monitor)
        let kinds = content.kinds(pool: pool).filter { $0 != ContentAblation.network }
        fit = try ProjectionTrainer(
            options: .init(content: Set(kinds)), seed: seed, pool: pool, monitor: monitor
        ).fit(content)
        projected = fit.projection.project(newcomers, pool: pool)
        ridge = try LinearRidge.placements(of: newcomers, learning: content, pool: pool, monitor: monitor)
    }

    /// Where content puts the held-out items, in their order.
    var contentPlaces: [ItemFoldIn.Place] {
        exam.heldOutItems.indices.map {
            ItemFoldIn.Place(
                vector: projected.vectors.row($0), bias: projected.biases[$0],
                variance: projected.variances[$0])
        }
    }

    /// What first ratings are worth, learned from the known items.
    func foldIn(seed: UInt64, pool: ThreadPool, monitor: WorkMonitor) throws -> ItemFoldIn {
        try FoldInTrainer(
            interactions: exam.training, users: space.users,
            userLevels: UserLevels(exam.training, users: space.users, items: space.items) { $0 },
            rows: exam.knownItems, fit: fit, targets: targets, seed: seed, pool: pool, monitor: monitor
        ).train()
    }

    /// Every item's content.
    var neighbours: ContentNeighbours {
        ContentNeighbours(
            [(exam.knownItems, content.items), (exam.heldOutItems, newcomers)],
            itemCount: exam.training.itemCount)
    }
}
