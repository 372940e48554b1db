import Catalogue
import CollaborativeFiltering
import Diagnostics
import FloatKernels

/// How far items that have become warm stand from where their content alone put them.
///
/// Warm is a new item that has ratings, and one that the active version learned and the version before it had placed by content.
/// Far is measured by scores, over users of both versions: the root of the mean squared difference, in units of the error that
/// was expected of the content's place. So 1 is what was to be expected, and much more says that the content misleads, or that
/// the projection has grown old.
public struct ContentDrift: Sendable, Encodable {
    /// One item.
    public struct Item: Sendable, Encodable {
        /// Id of the item.
        public let itemId: String
        /// Its title.
        public let title: String
        /// Its year, where known.
        public let year: Int?
        /// Whether the active version has learned it, or its content and its first ratings place it.
        public let provenance: Snapshot.Provenance
        /// Ratings that it has by now, or had when it was learned.
        public let ratings: Int
        /// How far it has moved, in standard deviations of the content's place.
        public let deviations: Double
        /// Correlation over users of the scores that content gave it with those that it has.
        public let similarity: Double
        /// Share of the users likeliest to want it by its content who still are.
        public let audienceKept: Double
    }

    /// Warm items that were looked at.
    public let items: Int
    /// The root mean square over them of how far they moved, in standard deviations.
    public let deviations: Double
    /// How many of them moved farther than content is expected to err: by more than `surprising` standard deviations.
    public let contradictedItems: Int
    /// Those that moved most, the farthest first.
    public let most: [Item]

    /// From so many standard deviations on, an item is said to contradict its content.
    public static let surprising = 1.5
    /// Warm items that are looked at; of more, those with the most ratings.
    static let mostItems = 2_000
    /// Items that are named.
    private static let named = 5

    /// Nil where no item has become warm.
    init?(_ moves: [ContentMove], users: Int) {
        guard !moves.isEmpty else { return nil }
        let looked = moves.sorted { ($0.ratings, $1.itemID) > ($1.ratings, $0.itemID) }.prefix(Self.mostItems)
        items = looked.count
        deviations =
            (looked.reduce(0) { $0 + $1.deviations * $1.deviations } / Double(looked.count)).squareRoot()
        contradictedItems = looked.count { $0.deviations > Self.surprising }
        most = looked.sorted { ($0.deviations, $1.itemID) > ($1.deviations, $0.itemID) }.prefix(Self.named)
            .map { $0.item(audience: max(1, min(100, users / 10))) }
    }
}

/// An item's scores for some users, by its content and as they are.
struct ContentMove {
    let entry: Snapshot.PlacedItem
    let ratings: Int
    /// Expected squared error of the content's scores.
    let variance: Double
    /// Of the same users.
    let before: [Float], after: [Float]

    var itemID: String { entry.item.id }

    var deviations: Double {
        let squares = zip(before, after).reduce(0.0) { $0 + Double($1.0 - $1.1) * Double($1.0 - $1.1) }
        return (squares / Double(max(before.count, 1)) / max(variance, .leastNormalMagnitude)).squareRoot()
    }

    func item(audience: Int) -> ContentDrift.Item {
        let kept = Set(best(audience, before)).intersection(best(audience, after)).count
        return ContentDrift.Item(
            itemId: itemID, title: entry.item.title, year: entry.item.year, provenance: entry.provenance,
            ratings: ratings, deviations: deviations, similarity: correlation,
            audienceKept: Double(kept) / Double(min(audience, max(before.count, 1))))
    }

    private func best(_ count: Int, _ scores: [Float]) -> [Int] {
        Recommender.best(count, of: scores).map(\.index)
    }

    private var correlation: Double {
        let count = Double(max(before.count, 1))
        let means = (
            before.reduce(0.0) { $0 + Double($1) } / count, after.reduce(0.0) { $0 + Double($1) } / count
        )
        var (product, first, second) = (0.0, 0.0, 0.0)
        for (a, b) in zip(before, after) {
            let (a, b) = (Double(a) - means.0, Double(b) - means.1)
            product += a * b
            first += a * a
            second += b * b
        }
        return first > 0 && second > 0 ? product / (first * second).squareRoot() : 0
    }
}
