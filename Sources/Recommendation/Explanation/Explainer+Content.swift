import Catalogue
import ContentProjection
import FloatKernels
import ItemContent

extension Explainer {
    /// What content and first ratings say of a user's score.
    struct Content {
        let baseline: Double
        let contributions: [Explanation.Contribution]
        let unexplained: Double
        let words: [Explanation.Word]
        let poster: PosterHeat?
    }

    /// More words are not tried one by one.
    private static let mostWords = 600

    /// - Parameters:
    ///   - place: of the item, vector and bias.
    ///   - score: the user's.
    func content(
        of entry: Snapshot.PlacedItem, place: [Double], score: Double, _ scorer: PlaceScorer, _ count: Int
    ) throws -> Content {
        let projection = try projection()
        let reading = try reading(of: entry.item, by: projection)
        let parts = projection.parts(of: reading, pool: recommender.pool)
        var names = parts.kinds.map(\.name)
        var added = parts.kinds.map(\.place)
        if entry.provenance == .blended,
            let stored = try recommender.store.vector(ofItem: entry.key, version: snapshot.version)
        {
            let before = stored.vector.map(Double.init) + [Double(stored.bias)]
            names.append(Self.ratings)
            added.append(zip(place, before).map { $0 - $1 })
        }
        let baseline = scorer.scores([parts.unknown])[0]
        let values = scorer.contributions(of: added, to: parts.unknown)
        let total = values.reduce(0) { $0 + abs($1) }
        let contributions = zip(names, values).map { name, value in
            Explanation.Contribution(
                kind: name, contribution: value, share: total > 0 ? abs(value) / total : 0)
        }.sorted { (-abs($0.contribution), $0.kind) < (-abs($1.contribution), $1.kind) }
        let whole = scorer.scores(projection.place(reading, pool: recommender.pool).places)[0]
        return Content(
            baseline: baseline, contributions: contributions,
            unexplained: score - values.reduce(baseline, +),
            words: words(of: reading, by: projection, whole: whole, scorer).strongest(
                count, by: \.contribution),
            poster: try heat(of: reading, by: projection, whole: whole, scorer))
    }

    /// The name of first ratings among the kinds of content.
    static let ratings = "ratings"

    private func words(
        of reading: ContentReading, by projection: ContentProjection, whole: Double, _ scorer: PlaceScorer
    ) -> [Explanation.Word] {
        let words = Array(projection.words(of: reading).prefix(Self.mostWords))
        guard !words.isEmpty else { return [] }
        let places = projection.places(of: reading, without: words, pool: recommender.pool).places
        return zip(words, scorer.scores(places)).map { word, score in
            Explanation.Word(word: word.word, text: word.text.rawValue, contribution: whole - score)
        }.filter { $0.contribution != 0 }
    }

    private func heat(
        of reading: ContentReading, by projection: ContentProjection, whole: Double, _ scorer: PlaceScorer
    ) throws -> PosterHeat? {
        guard let poster = reading.record.poster, projection.kinds(of: reading).contains("poster") else {
            return nil
        }
        let places = try projection.places(
            of: reading, withPosters: PosterOcclusion.posters(poster), pool: recommender.pool
        ).places
        return PosterOcclusion.heat(scorer.scores(places).map { whole - $0 })
    }
}

extension Projected {
    /// Vector, then bias, a row each.
    var places: [[Double]] {
        biases.indices.map { vectors.row($0).map(Double.init) + [Double(biases[$0])] }
    }
}
