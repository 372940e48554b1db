import Catalogue
import CollaborativeFiltering
public import ContentProjection
import Diagnostics
import FloatKernels

extension TrainingPipeline {
    /// What a card has as the model of vectors that another recommender learned.
    public static let imported = "imported"

    /// What was taken over of another recommender, and what was not.
    public struct ImportCounts: Sendable, Equatable, Encodable {
        /// Items whose vectors were taken over.
        public var items = 0
        /// Users whose vectors were taken over.
        public var users = 0
        /// Items of the file that the catalogue does not have.
        public var unknownItems = 0
        /// Items whose vector is zero: they have not been learned, and are placed by their content.
        public var zeroItems = 0
        /// Users who were not in the catalogue before.
        public var addedUsers = 0
    }

    /// Takes over the space of another recommender, fits content to the places of its items, and activates the result.
    ///
    /// - Parameters:
    ///   - file: vectors, as long as those of the users; biases where the other recommender has some.
    ///   - users: nil where there are none: then users are where their ratings put them (see `ImportedFactors`).
    ///   - skippingUnknown: leaves out items that the catalogue does not have.
    /// - Throws: `vectors.unknown_items`, `vectors.dimensions`, `vectors.too_few`, and what fitting throws.
    public func importVectors(
        items file: VectorFile, users: VectorFile?, skippingUnknown: Bool = false, seed: UInt64 = 1,
        projection: ProjectionTrainer.Options = .init()
    ) throws -> (outcome: Outcome, counts: ImportCounts) {
        var clock = StageClock()
        if let users { try requireSameLength(file.contents, users.contents) }
        var counts = ImportCounts()
        let items = try known(file, skippingUnknown: skippingUnknown, &counts)
        if let users { counts.addedUsers = try add(users: users.contents.ids) }
        let catalogue = try RatedCatalogue(
            workspace.catalogue, placed: (items.ids, users?.contents.ids ?? []), monitor: monitor)
        let reading = clock.lap()
        let learned = try learned(items, users?.contents, catalogue)
        let (userPrior, attributes) = try userPrior(learned, catalogue, before: nil)
        let placed = PlacedCatalogue(catalogue, learned, userPrior, attributes)
        let collaborative = clock.lap()
        let records = try records(of: placed)
        let opening = clock.lap()
        var projection = projection
        projection.biasFollowsVector = !(learned.original?.hasBiases ?? true)
        let fit = try ProjectionTrainer(options: projection, seed: seed, pool: pool, monitor: monitor)
            .fit(records, placed.targets)
        counts.users = users?.contents.count ?? 0
        let outcome = try publish(
            placed, fit,
            .init(
                origin: "import-vectors", model: Self.imported, seed: seed, reading: reading + opening,
                collaborative: collaborative, content: clock.lap()))
        return (outcome, counts)
    }

    private func requireSameLength(_ items: NamedVectors, _ users: NamedVectors) throws {
        guard items.vectors.columns != users.vectors.columns else { return }
        throw Diagnostic(
            .badData, code: "vectors.dimensions",
            "the vectors of items have \(items.vectors.columns) numbers, those of users \(users.vectors.columns)",
            fix: "give items and users of the same model, as rows of the same length")
    }

    /// The vectors of items that the catalogue has, without those that are zero.
    private func known(
        _ file: VectorFile, skippingUnknown: Bool, _ counts: inout ImportCounts
    ) throws -> NamedVectors {
        let vectors = file.contents
        let catalogue = Set(try workspace.catalogue.items().map(\.item.id))
        let unknown = vectors.ids.indices.filter { !catalogue.contains(vectors.ids[$0]) }
        if let first = unknown.first, !skippingUnknown || unknown.count == vectors.count {
            throw Diagnostic(
                .badData, code: "vectors.unknown_items",
                "the catalogue does not have \(unknown.count) of the \(vectors.count) items, "
                    + "the first of them '\(vectors.ids[first])'",
                at: file.location(first),
                fix: unknown.count == vectors.count
                    ? "give the ids that items.csv has, and import the catalogue first"
                    : "import these items first, or leave their vectors out with --skip-unknown")
        }
        let left = Set(unknown)
        let columns = vectors.vectors.columns
        let zero = vectors.ids.indices.filter { row in
            !left.contains(row)
                && vectors.vectors.elements[(row * columns)..<((row + 1) * columns)].allSatisfy { $0 == 0 }
        }
        let dropped = left.union(zero)
        counts.items = vectors.count - dropped.count
        counts.unknownItems = unknown.count
        counts.zeroItems = zero.count
        guard counts.items >= ProjectionTrainer.minimumItems else {
            throw Diagnostic(
                .badData, code: "vectors.too_few",
                "only \(counts.items) items have a vector, too few to learn where content belongs",
                fix:
                    "give the vectors of at least \(ProjectionTrainer.minimumItems) items that the catalogue has"
            )
        }
        return dropped.isEmpty
            ? vectors : vectors.selecting(vectors.ids.indices.filter { !dropped.contains($0) })
    }

    /// Adds users that the catalogue has not met; returns how many.
    private func add(users ids: [String]) throws -> Int {
        let known = Set(try workspace.catalogue.users().map(\.user.id))
        let added = ids.filter { !known.contains($0) }
        guard !added.isEmpty else { return 0 }
        try workspace.catalogue.write { transaction in
            for id in added { try transaction.upsert(User(id: id)) }
        }
        return added.count
    }

    /// The vectors in the canonical gauge, with users.
    private func learned(
        _ items: NamedVectors, _ users: NamedVectors?, _ catalogue: RatedCatalogue
    ) throws -> LearnedSpace {
        let userIDs = users?.ids ?? catalogue.raters(ofItems: items.ids)
        let factors = ImportedFactors(
            items: items.vectors, itemBiases: items.biases, users: users?.vectors)
        let (space, original) = try factors.space(
            catalogue.interactions(ofItems: items.ids, byUsers: userIDs), pool: pool)
        let itemCounts = catalogue.itemCounts, userCounts = catalogue.userCounts
        return LearnedSpace(
            itemIDs: items.ids, itemCounts: catalogue.rows(ofItems: items.ids).map { itemCounts[$0] },
            userIDs: userIDs, userCounts: catalogue.rows(ofUsers: userIDs).map { userCounts[$0] },
            space: space, original: original)
    }
}

extension RatedCatalogue {
    /// Where items stand among the rated ones, which have all of them.
    fileprivate func rows(ofItems ids: [String]) -> [Int] {
        let row = Dictionary(uniqueKeysWithValues: rated.enumerated().map { ($1.item.id, $0) })
        return ids.compactMap { row[$0] }
    }

    /// Where users stand among those here, which have all of them.
    fileprivate func rows(ofUsers ids: [String]) -> [Int] {
        let row = Dictionary(uniqueKeysWithValues: users.enumerated().map { ($1.user.id, $0) })
        return ids.compactMap { row[$0] }
    }

    /// Users who have rated one of the items.
    fileprivate func raters(ofItems ids: [String]) -> [String] {
        let isMeant = Set(rows(ofItems: ids).map(Int32.init))
        return users.indices.filter { user in
            interactions.ratings.entries(ofRow: user).contains {
                isMeant.contains(interactions.ratings.columnIndices[$0])
            }
        }.map { users[$0].user.id }
    }

    /// The ratings of some items by some users, numbered in these orders.
    fileprivate func interactions(
        ofItems itemIDs: [String], byUsers userIDs: [String]
    ) throws -> InteractionMatrix {
        var place = [Int?](repeating: nil, count: rated.count)
        for (index, row) in rows(ofItems: itemIDs).enumerated() { place[row] = index }
        return try InteractionMatrix(
            userCount: userIDs.count, itemCount: itemIDs.count,
            positiveThreshold: interactions.positiveThreshold,
            rows: rows(ofUsers: userIDs).enumerated().flatMap { index, row in
                interactions.history(ofUser: row).compactMap { entry in
                    place[entry.item].map {
                        Interaction(
                            user: index, item: $0, rating: entry.rating, timestamp: entry.timestamp)
                    }
                }
            })
    }
}
