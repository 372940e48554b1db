import Catalogue
import CollaborativeFiltering
import ContentProjection
import Diagnostics
import FloatKernels
import ItemContent
import NeuralNetwork

extension TrainingPipeline {
    /// Fits weights and projection anew on the active version's towers and users, takes in items that have been rated
    /// since, and activates the result unless it ranks left-out items worse than the active version does.
    ///
    /// - Parameter force: activates it in any case.
    public func retrain(force: Bool) throws -> Outcome {
        var clock = StageClock()
        let active = try TrainedModel.open(store)
        let catalogue = try RatedCatalogue(workspace.catalogue, monitor: monitor)
        let known = try active.collaborative()
        let projection = try active.projection()
        let learned = known.extended(to: catalogue, pool: pool)
        let rows = learned.rows(of: catalogue)
        let records = try ContentReader(posters: workspace.posters, pool: pool)
            .records(of: rows.map { catalogue.rated[$0.catalogue].item }, monitor: monitor)
        let reading = clock.lap()
        let targets = ProjectionTargets(
            vectors: learned.space.items.vectors.selectingRows(rows.map(\.learned)),
            biases: rows.map { learned.space.items.biases[$0.learned] },
            counts: rows.map { catalogue.itemCounts[$0.catalogue] })
        let trainer = ProjectionTrainer(seed: active.card.seed, pool: pool, monitor: monitor)
        let (fit, leftOutBefore) = try trainer.refit(projection, records, targets)
        let content = clock.lap()
        let exam = LeftOutRanking(
            catalogue.interactions, users: learned.userVectors(of: catalogue, pool: pool),
            rows: fit.rows.map { rows[$0].catalogue }, seed: active.card.seed)
        let scores = exam.score(fit.leftOut, pool: pool)
        let verdict = GateVerdict(
            candidate: scores,
            active: exam.score(leftOutBefore, pool: pool))
        let placed = Set(learned.itemIDs)
        let waiting = (catalogue.unrated + catalogue.rated).filter { !placed.contains($0.item.id) }
        let projected = try project(waiting, with: fit.projection)
        let card = ModelCard(
            version: store.nextVersion(), release: Release.version, createdAt: Clock.now(),
            origin: "retrain of \(active.card.version)", model: active.card.model,
            dimensions: active.card.dimensions, seed: active.card.seed, threads: pool.threads,
            data: dataCounts(catalogue), content: fit.report, leftOut: scores.mean,
            seconds: .init(reading: reading, collaborative: 0, content: content, projecting: clock.lap()))
        try publish(card, learned, fit.projection, projected)
        let isActive = verdict.passes || force
        if isActive { try store.activate(card.version) }
        return Outcome(card: card, isActive: isActive, projectedItems: projected.count, verdict: verdict)
    }
}

extension LearnedSpace {
    /// An item needs this many ratings before its audience outweighs its content in a retraining.
    private static let minimumRatings = 10

    /// The space with items that have become rated since, each solved against the users as they stand.
    func extended(to catalogue: RatedCatalogue, pool: ThreadPool) -> LearnedSpace {
        let known = Set(itemIDs)
        let counts = catalogue.itemCounts
        let fresh = catalogue.rated.indices.filter { row in
            counts[row] >= Self.minimumRatings && !known.contains(catalogue.rated[row].item.id)
        }
        guard !fresh.isEmpty else { return self }
        let solver = ItemHalfStep(
            users: userVectors(of: catalogue, pool: pool), interactions: catalogue.interactions)
        var result = self
        var vectors = space.items.vectors.elements
        for row in fresh {
            let (vector, bias) = solver.solve(item: row)
            vectors += vector
            result.space.items.biases.append(bias)
            result.itemIDs.append(catalogue.rated[row].item.id)
            result.itemCounts.append(counts[row])
        }
        result.space.items.vectors = Matrix(
            rows: result.itemIDs.count, columns: space.items.dimensions, elements: vectors)
        return result
    }

    /// Items that are both learned and rated in the catalogue: row here, row there.
    func rows(of catalogue: RatedCatalogue) -> [(learned: Int, catalogue: Int)] {
        let row = Dictionary(uniqueKeysWithValues: itemIDs.enumerated().map { ($1, $0) })
        return catalogue.rated.indices.compactMap { index in
            row[catalogue.rated[index].item.id].map { (learned: $0, catalogue: index) }
        }
    }

    /// The catalogue's users: as learned, or encoded from their ratings where they came later.
    func userVectors(of catalogue: RatedCatalogue, pool: ThreadPool) -> Matrix {
        let row = Dictionary(uniqueKeysWithValues: userIDs.enumerated().map { ($1, $0) })
        let item = Dictionary(uniqueKeysWithValues: rows(of: catalogue).map { ($0.catalogue, $0.learned) })
        var vectors = Matrix(rows: catalogue.users.count, columns: space.users.columns)
        for user in catalogue.users.indices {
            let vector: [Float]
            if let known = row[catalogue.users[user].user.id] {
                vector = space.users.row(known)
            } else {
                let history = catalogue.interactions.history(ofUser: user).compactMap { entry in
                    item[entry.item].map {
                        HistoryEntry(item: $0, rating: entry.rating, timestamp: entry.timestamp)
                    }
                }
                vector = space.vector(history: history)
            }
            vectors.elements.replaceSubrange(
                (user * vectors.columns)..<((user + 1) * vectors.columns), with: vector)
        }
        return vectors
    }
}
