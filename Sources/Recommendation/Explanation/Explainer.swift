public import Catalogue
import CollaborativeFiltering
import ContentProjection
import Diagnostics
import FloatKernels
import ItemContent

/// Says why: of a user's score for an item, what content, first ratings and the user's own history have to do with it.
public struct Explainer: Sendable {
    let recommender: Recommender
    let posters: PosterStore
    /// What placed the items; read when content is asked for.
    let projection: @Sendable () throws -> ContentProjection

    /// Explains what a recommender answers from a version.
    public init(_ recommender: Recommender, _ workspace: Workspace, _ model: TrainedModel) {
        self.init(recommender, posters: workspace.posters, projection: model.projection)
    }

    init(
        _ recommender: Recommender, posters: PosterStore,
        projection: @escaping @Sendable () throws -> ContentProjection
    ) {
        self.recommender = recommender
        self.posters = posters
        self.projection = projection
    }

    var snapshot: Snapshot { recommender.snapshot }

    /// Why a user would be recommended an item.
    ///
    /// - Parameter count: at most so many items of the history, and so many words.
    /// - Throws: `user.unknown`, `item.unknown`, and `poster.…` where the item's poster is gone or damaged.
    public func explain(user id: String, item itemID: String, count: Int = 8) throws -> Explanation {
        guard let row = snapshot.row(ofItem: itemID) else { throw ItemFilter.unknownItem(itemID, snapshot) }
        guard let user = try recommender.users.user(id: id) else {
            throw Recommender.unknownUser(id, among: snapshot.userIDs)
        }
        let ratings = try recommender.users.ratings(ofUser: user.key)
        let scorer = PlaceScorer(snapshot, query: snapshot.query(of: user.user, ratings: ratings))
        let place = snapshot.place(ofRow: row)
        let score = scorer.scores([place])[0]
        let history = history(of: user, ratings, row: row, place: place, count: count)
        let entry = snapshot.items[row]
        let content = entry.isNew ? try content(of: entry, place: place, score: score, scorer, count) : nil
        return Explanation(
            userId: id, itemId: itemID, title: entry.item.title, year: entry.item.year,
            modelVersion: snapshot.version, provenance: entry.provenance, score: score,
            baseline: content?.baseline, contributions: content?.contributions ?? [],
            unexplained: content?.unexplained, history: history, words: content?.words ?? [],
            poster: content?.poster)
    }

    /// The poster of an explained item, with what it says, as a PNG file.
    ///
    /// - Throws: `explain.no_poster` where the item's place does not depend on a poster.
    public func heatMap(_ explanation: Explanation) throws -> [UInt8] {
        guard let heat = explanation.poster, let row = snapshot.row(ofItem: explanation.itemId),
            let poster = snapshot.items[row].item.poster
        else {
            let isLearned = explanation.provenance == .learned
            throw Diagnostic(
                .missingInput, code: "explain.no_poster",
                isLearned
                    ? "the place of '\(explanation.itemId)' comes from ratings, not from a poster"
                    : "the place of '\(explanation.itemId)' does not depend on a poster",
                fix: isLearned
                    ? "ask for an item that ratings have not placed, or leave the picture out"
                    : "give the item a poster, or leave the picture out")
        }
        let picture = try PosterDecoder.decode(posters.bytes(poster), name: posters.path(of: poster))
        return try PNGEncoder.encode(heat.drawn(over: picture))
    }

    /// The content of an item, as the projection reads it.
    func reading(of item: Item, by projection: ContentProjection) throws -> ContentReading {
        let record = try ContentReader(posters: posters, pool: recommender.pool).record(item)
        return try projection.read(record, pool: recommender.pool)
    }
}

extension Snapshot {
    /// Vector, then bias.
    func place(ofRow row: Int) -> [Double] {
        table.vectors.row(row).map(Double.init) + [Double(table.biases[row])]
    }
}

extension LiveCatalogue {
    /// Explains what a state answers.
    ///
    /// - Throws: `model.none` before the first training.
    public func explainer(_ state: ServingState) throws -> Explainer {
        let recommender = try state.answers()
        guard let model = state.model else { throw ModelStore.nothingTrained }
        return Explainer(
            recommender, posters: workspace.posters,
            projection: { [placement] in try placement.projection(of: model) })
    }
}
