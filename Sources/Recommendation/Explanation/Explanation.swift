/// Why a user is recommended an item: its score, taken apart.
///
/// Of an item that ratings have not placed, baseline + contributions + `unexplained` is the score. Words, regions and history are
/// looked at one at a time, each by what the score loses without it; their figures do not add up to anything.
public struct Explanation: Sendable, Encodable {
    /// Id of the user.
    public let userId: String
    /// Id of the item.
    public let itemId: String
    /// The item's title.
    public let title: String
    /// Its year, if known.
    public let year: Int?
    /// The version that answers.
    public let modelVersion: String
    /// Where the item's vector comes from. A learned one is placed by ratings: it has no baseline and no contributions.
    public let provenance: Snapshot.Provenance
    /// What the model expects of the item; larger is better.
    public let score: Double
    /// What it would expect of an item of which nothing is known; nil for a learned item.
    public let baseline: Double?
    /// What each kind of content adds, and first ratings where there are some; by size, falling.
    public let contributions: [Contribution]
    /// What is left of the score: rounding, unless the item was placed from other content than it has by now. Nil for a
    /// learned item.
    public let unexplained: Double?
    /// Of what the user rated, the items that say most about the score.
    public let history: [HistoryItem]
    /// The words that say most about the score.
    public let words: [Word]
    /// What the parts of the poster say; nil where the place does not depend on a poster.
    public let poster: PosterHeat?

    /// What one kind of content adds to the score.
    public struct Contribution: Sendable, Encodable {
        /// By the names of `ProjectionReport.Modality`: `poster`, `description`, `genres`, `director`, …; `ratings` are the
        /// item's first ones.
        public let kind: String
        /// In units of the score.
        public let contribution: Double
        /// Of the sizes of all contributions, 0 to 1.
        public let share: Double
    }

    /// An item that the user rated.
    public struct HistoryItem: Sendable, Encodable {
        /// Id of the item that the user rated.
        public let itemId: String
        /// Its title.
        public let title: String
        /// Its year, if known.
        public let year: Int?
        /// What the user gave it.
        public let rating: Float
        /// Cosine of the two items, the correlation of their scores over users.
        public let similarity: Float
        /// What the score loses if the user had not rated it; nil where the model only knows the users that it was fitted to.
        public let contribution: Double?
    }

    /// A word of the item's title or description.
    public struct Word: Sendable, Encodable {
        /// As the model reads it, in small letters.
        public let word: String
        /// `title` or `description`.
        public let text: String
        /// What the score loses if the word were not there.
        public let contribution: Double
    }

    /// How far the parts may be from the whole: float arithmetic on the sums of a few thousand products.
    public static let tolerance = 1e-4

    /// Whether the parts are the whole, to within `tolerance` of the sizes that are added.
    public var isComplete: Bool {
        guard let baseline, let unexplained else { return true }
        let scale = contributions.reduce(abs(baseline)) { $0 + abs($1.contribution) }
        return abs(unexplained) <= Self.tolerance * max(scale, 1)
    }
}

extension Sequence {
    /// The `count` elements whose figures are largest in size, by figure, falling.
    func strongest(_ count: Int, by figure: (Element) -> Double) -> [Element] {
        let chosen = enumerated().sorted { a, b in
            let (x, y) = (abs(figure(a.element)), abs(figure(b.element)))
            return x == y ? a.offset < b.offset : x > y
        }.prefix(count)
        return chosen.sorted { a, b in
            let (x, y) = (figure(a.element), figure(b.element))
            return x == y ? a.offset < b.offset : x > y
        }.map(\.element)
    }
}
