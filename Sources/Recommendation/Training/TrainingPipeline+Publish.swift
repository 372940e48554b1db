import Catalogue
import CollaborativeFiltering
import ContentProjection
import Diagnostics
import FloatKernels
import NeuralNetwork

extension TrainingPipeline {
    /// How a version came about, for its card.
    struct Making {
        let origin: String
        let model: String
        /// What the models reached that it was chosen among.
        var choice: [ModelChoice.Trial]?
        let seed: UInt64
        /// Seconds that the stages took.
        let reading, collaborative, content: Double
    }

    /// What comes after the content has been fitted to a space, whoever learned it: learns what first ratings are worth,
    /// places all other items, writes the version, and activates it.
    ///
    /// - Parameters:
    ///   - leftOutBefore: where the active version would put the items without their ratings; the new one stays inactive
    ///     where it ranks them worse.
    ///   - force: activates it in any case.
    func publish(
        _ placed: PlacedCatalogue, _ fit: ProjectionFit, _ making: Making, leftOutBefore: Matrix? = nil,
        force: Bool = false
    ) throws -> Outcome {
        var clock = StageClock()
        let exam = LeftOutRanking(
            placed.catalogue.interactions, users: placed.users, rows: placed.rows.map(\.catalogue),
            seed: making.seed)
        try monitor.report("Judging held-out items", 0)
        let scores = exam.score(fit.leftOut, pool: pool)
        let verdict = leftOutBefore.map {
            GateVerdict(candidate: scores, active: exam.score($0, pool: pool))
        }
        let foldIn = try foldIn(placed, fit, seed: making.seed)
        let projected = try project(placed.waiting, with: fit.projection)
        var card = ModelCard(
            version: store.nextVersion(), release: Release.version, createdAt: Clock.now(),
            origin: making.origin, model: making.model, choice: making.choice,
            dimensions: placed.learned.space.items.dimensions, seed: making.seed, threads: pool.threads,
            data: placed.catalogue.counts, content: fit.report,
            userAttributes: placed.attributes, leftOut: scores.mean,
            softmaxScale: exam.softmaxScale(fit.leftOut),
            seconds: .init(
                reading: making.reading, collaborative: making.collaborative, content: making.content,
                projecting: clock.lap()))
        let isActive = force || verdict?.passes ?? true
        try exclusively { changed in
            card.version = store.nextVersion()
            let late = try late(projected, placed, changed)
            let vectors =
                try projected.filter { !changed.contains($0.itemKey) } + project(late, with: fit.projection)
            let seen = ContentDigests(placed.catalogue.rated + placed.catalogue.unrated + late)
            try write(card, placed, fit.projection, foldIn, seen, vectors)
            if isActive { try store.activate(card.version) }
        }
        return Outcome(
            card: card, isActive: isActive, projectedItems: projected.count, verdict: verdict)
    }

    /// Items that came while the training ran, and those that changed meanwhile: before the version is active all have a place.
    private func late(
        _ projected: [ItemVector], _ placed: PlacedCatalogue, _ changed: Set<Int64>
    ) throws -> [StoredItem] {
        let learned = Set(placed.learned.itemIDs)
        let isPlaced = Set(projected.map(\.itemKey)).subtracting(changed)
        return try workspace.catalogue.items().filter {
            !learned.contains($0.item.id) && !isPlaced.contains($0.key)
        }
    }

    /// What first ratings are worth; users of whom the space knows nothing stand at the overall level.
    private func foldIn(_ placed: PlacedCatalogue, _ fit: ProjectionFit, seed: UInt64) throws -> ItemFoldIn {
        let catalogue = placed.catalogue
        let place = Dictionary(uniqueKeysWithValues: placed.rows.map { ($0.catalogue, $0.learned) })
        let levels = UserLevels(
            catalogue.interactions, users: placed.users, items: placed.learned.space.items
        ) { place[$0] }
        let foldIn = try FoldInTrainer(
            interactions: catalogue.interactions, users: placed.users, userLevels: levels,
            rows: placed.rows.map(\.catalogue), fit: fit, targets: placed.targets, seed: seed, pool: pool,
            monitor: monitor
        ).train()
        let row = Dictionary(uniqueKeysWithValues: catalogue.users.enumerated().map { ($1.user.id, $0) })
        return foldIn.forUsers(placed.learned.userIDs.map { row[$0] })
    }

    /// Vectors for items that have no place.
    func project(_ items: [StoredItem], with projection: ContentProjection) throws -> [ItemVector] {
        guard !items.isEmpty else { return [] }
        let records = try reader.records(of: items.map(\.item), monitor: monitor)
        try monitor.report("Placing new items", 0, of: items.count, "items")
        let projected = try projection.project(records, pool: pool, monitor: monitor)
        return items.indices.map { projected.vector(ofRow: $0, itemKey: items[$0].key) }
    }

    /// Writes model and vectors; a crash in between leaves a version that is not active.
    private func write(
        _ card: ModelCard, _ placed: PlacedCatalogue, _ projection: ContentProjection, _ foldIn: ItemFoldIn,
        _ content: ContentDigests, _ vectors: [ItemVector]
    ) throws {
        try monitor.report("Writing the model", 0, of: 1)
        var file = TensorFileWriter()
        placed.learned.write(to: &file)
        projection.write(to: &file)
        foldIn.write(to: &file)
        placed.userPrior.write(to: &file)
        content.write(to: &file)
        try store.write(card, file)
        try workspace.catalogue.write { transaction in
            try transaction.deleteVectors(version: card.version)
            // Items may have gone while the training ran.
            let keys = Set(try transaction.itemKeys().values)
            try transaction.save(vectors.filter { keys.contains($0.itemKey) }, version: card.version)
        }
        try monitor.report("Writing the model", 1, of: 1)
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
