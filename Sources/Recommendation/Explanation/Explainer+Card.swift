import Catalogue
import ContentProjection
import FloatKernels

extension Explainer {
    /// Sides of the content, with the kinds of each; nil takes what the others leave.
    private static let sides: [(name: String, kinds: Set<String>?)] = [
        ("poster", ["poster"]), ("text", ["title", "description", "length"]), ("metadata", nil),
    ]
    /// Of no side: these say nothing alone, or read all of them.
    private static let length = "length", network = "cnn"
    /// What is left of the content's variance when an item counts as warm.
    private static let warmShare: Float = 0.5
    private static let forecasts = [0, 1, 2, 5, 10, 20, 50, 100]

    /// One page about an item.
    ///
    /// - Parameter count: at most so many neighbours, and so many of the likeliest users.
    /// - Throws: `item.unknown`, and `poster.…` where the item's poster is gone or damaged.
    public func card(item id: String, count: Int = 6) throws -> ItemCard {
        guard let row = snapshot.row(ofItem: id) else { throw ItemFilter.unknownItem(id, snapshot) }
        let entry = snapshot.items[row]
        let voices = entry.isNew ? try voices(of: entry, row: row, count: count) : []
        return ItemCard(
            itemId: id, title: entry.item.title, year: entry.item.year, genres: entry.item.genres,
            description: entry.item.description, hasPoster: entry.item.poster != nil,
            modelVersion: snapshot.version, provenance: entry.provenance,
            neighbours: try recommender.neighbours(ofItem: id, count: count),
            audience: try audience(ofRow: row, likeliest: count),
            certainty: entry.isNew ? try certainty(of: entry) : nil, voices: voices.map(\.voice),
            comparisons: comparisons(voices))
    }

    /// The bytes of an item's poster, and their media type; nil where there is none.
    public func poster(ofItem id: String) throws -> (bytes: [UInt8], mediaType: String)? {
        guard let row = snapshot.row(ofItem: id), let poster = snapshot.items[row].item.poster else {
            return nil
        }
        return (try posters.bytes(poster), poster.fileExtension == "png" ? "image/png" : "image/jpeg")
    }

    private func certainty(of entry: Snapshot.PlacedItem) throws -> ItemCard.Certainty {
        let foldIn = snapshot.model.foldIn
        let ratings = try recommender.store.ratings(ofItem: entry.key).count
        let stored = try recommender.store.vector(ofItem: entry.key, version: snapshot.version)
        let content = stored?.variance ?? entry.variance
        return ItemCard.Certainty(
            variance: entry.variance, varianceOfUnknown: foldIn.spread, ratings: ratings,
            ratingsUntilWarm: foldIn.ratings(leaving: Self.warmShare, of: content).map {
                max($0 - ratings, 0)
            },
            ratingsUntilLearned: max(LearnedSpace.minimumRatings - ratings, 0),
            forecast: Self.forecasts.map {
                .init(ratings: $0, variance: foldIn.expectedVariance(afterRatings: $0, variance: content))
            })
    }

    /// What a side says, with where it would put the item before places are spread: vector and bias, less an unknown item's.
    private struct Heard {
        let voice: ItemCard.Voice
        let step: [Double]
    }

    private func voices(of entry: Snapshot.PlacedItem, row: Int, count: Int) throws -> [Heard] {
        let projection = try projection()
        let reading = try reading(of: entry.item, by: projection)
        let present = Set(projection.kinds(of: reading)).subtracting([Self.network])
        let named = Self.sides.compactMap(\.kinds).reduce(Set()) { $0.union($1) }
        let unknown = projection.parts(of: reading, pool: recommender.pool).unknown
        let others = snapshot.items.indices.filter { $0 != row }
        return Self.sides.compactMap { side in
            let kinds = side.kinds.map(present.intersection) ?? present.subtracting(named)
            // That there is little or much of it says nothing of what it is.
            guard !kinds.subtracting([Self.length]).isEmpty else { return nil }
            let alone = projection.place(reading, knowingOnly: kinds, pool: recommender.pool)
            let step = zip(alone.places[0], unknown).map { ($0 - $1) / Double(projection.gain) }
            let reach = Double(snapshot.model.foldIn.spread).squareRoot() / Double(projection.gain)
            return Heard(
                voice: ItemCard.Voice(
                    name: side.name, kinds: kinds.sorted(), variance: alone.variances[0],
                    strength: reach > 0 ? step.length / reach : 0,
                    neighbours: recommender.neighbours(
                        of: alone.vectors.row(0), count: count, among: others)),
                step: step)
        }
    }

    /// Every two of them.
    private func comparisons(_ heard: [Heard]) -> [ItemCard.Comparison] {
        heard.indices.flatMap { second in
            (0..<second).map { first in
                let (a, b) = (heard[first], heard[second])
                let distance = zip(a.step, b.step).map { $0 - $1 }.length
                let variance = Double(a.voice.variance + b.voice.variance)
                let product = zip(a.step, b.step).reduce(0) { $0 + $1.0 * $1.1 }
                let lengths = a.step.length * b.step.length
                // A sum of as many squares as a place has numbers is above this for one pair in forty.
                let bound = variance * (1 + 2 * (2 / Double(a.step.count)).squareRoot())
                return ItemCard.Comparison(
                    between: [a.voice.name, b.voice.name], distance: distance,
                    expected: variance.squareRoot(), agreement: lengths > 0 ? product / lengths : 0,
                    disagrees: distance * distance > bound)
            }
        }
    }
}

extension [Double] {
    var length: Double { reduce(0) { $0 + $1 * $1 }.squareRoot() }
}
