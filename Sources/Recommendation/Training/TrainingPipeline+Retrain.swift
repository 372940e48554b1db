import Catalogue
import CollaborativeFiltering
import ContentProjection
import Diagnostics
import FloatKernels
import ItemContent

extension TrainingPipeline {
    /// Fits weights and projection anew on the active version's towers and users, takes in items that have been rated
    /// since, and activates the result unless it ranks left-out items worse than the active version does.
    ///
    /// - Parameters:
    ///   - force: activates it in any case.
    ///   - content: the kinds of content that the new version may look at, by the names of `ProjectionReport.Modality`; nil
    ///     for all.
    public func retrain(force: Bool, content: Set<String>? = nil) throws -> Outcome {
        var clock = StageClock()
        let active = try TrainedModel.open(store)
        let known = try active.collaborative()
        let catalogue = try RatedCatalogue(
            workspace.catalogue, placed: (known.itemIDs, known.userIDs), monitor: monitor)
        let projection = try active.projection()
        let knownPrior = try active.userPrior(known)
        let reading = clock.lap()
        let learned = known.extended(
            by: try Snapshot(
                workspace.catalogue,
                SnapshotModel(
                    version: active.card.version, learned: known, foldIn: try active.foldIn(known),
                    userPrior: knownPrior)),
            counts: catalogue.itemCounts, of: catalogue)
        let (userPrior, attributes) = try userPrior(learned, catalogue, before: knownPrior)
        let placed = PlacedCatalogue(catalogue, learned, userPrior, attributes)
        let collaborative = clock.lap()
        let records = try records(of: placed)
        let opening = clock.lap()
        let hasBiases = known.original?.hasBiases ?? true
        let (fit, leftOutBefore) = try ProjectionTrainer(
            options: .init(content: content, biasFollowsVector: !hasBiases), seed: active.card.seed,
            pool: pool,
            monitor: monitor
        ).refit(projection, records, placed.targets)
        return try publish(
            placed, fit,
            .init(
                origin: "retrain of \(active.card.version)", model: active.card.model, seed: active.card.seed,
                reading: reading + opening, collaborative: collaborative, content: clock.lap()),
            leftOutBefore: leftOutBefore, force: force)
    }

    /// The content of the items that have a place.
    func records(of placed: PlacedCatalogue) throws -> [ContentRecord] {
        try reader.records(
            of: placed.rows.map { placed.catalogue.rated[$0.catalogue].item }, monitor: monitor)
    }

    /// What users' attributes say, learned anew from the attributes there are by now; how fast ratings take over stays.
    func userPrior(
        _ learned: LearnedSpace, _ catalogue: RatedCatalogue, before: UserPrior?
    ) throws -> (prior: UserPrior, report: ProfileReport?) {
        let row = Dictionary(uniqueKeysWithValues: catalogue.users.enumerated().map { ($1.user.id, $0) })
        return try UserPriorTrainer(
            space: learned.space,
            profiles: learned.userIDs.map { row[$0].map { catalogue.users[$0].user.attributes } ?? [:] },
            pool: pool, monitor: monitor
        ).train { _ in before?.strength ?? PriorStrengthSearch.fallback(catalogue.interactions) }
    }
}

extension LearnedSpace {
    /// From so many ratings on, an item is one of those that the projection learns from.
    static let minimumRatings = 50

    /// The space with items that have become rated since, where their content and their ratings put them.
    func extended(by snapshot: Snapshot, counts: [Int], of catalogue: RatedCatalogue) -> LearnedSpace {
        var result = self
        var vectors = space.items.vectors.elements
        for row in catalogue.rated.indices where counts[row] >= Self.minimumRatings {
            guard let place = snapshot.row(ofKey: catalogue.rated[row].key), snapshot.items[place].isNew
            else { continue }
            vectors += snapshot.table.vectors.row(place)
            result.space.items.biases.append(snapshot.table.biases[place])
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

    /// What the catalogue's users rated, as rows of the items here.
    func histories(of catalogue: RatedCatalogue) -> [[HistoryEntry]] {
        let item = Dictionary(uniqueKeysWithValues: rows(of: catalogue).map { ($0.catalogue, $0.learned) })
        return catalogue.users.indices.map { user in
            catalogue.interactions.history(ofUser: user).compactMap { entry in
                item[entry.item].map {
                    HistoryEntry(item: $0, rating: entry.rating, timestamp: entry.timestamp)
                }
            }
        }
    }

    /// The catalogue's users: as learned, or encoded from attributes and ratings where they came later.
    func userVectors(of catalogue: RatedCatalogue, _ prior: UserPrior) -> Matrix {
        if userIDs == catalogue.users.map(\.user.id) { return space.users }
        let row = Dictionary(uniqueKeysWithValues: userIDs.enumerated().map { ($1, $0) })
        let histories = histories(of: catalogue)
        let vectors = catalogue.users.indices.flatMap { index -> [Float] in
            let user = catalogue.users[index].user
            return row[user.id].map(space.users.row)
                ?? space.vector(
                    of: UserProfile(history: histories[index], attributes: user.attributes.asRow),
                    prior: prior.taste(of: user.attributes))
        }
        return Matrix(rows: catalogue.users.count, columns: space.users.columns, elements: vectors)
    }
}
