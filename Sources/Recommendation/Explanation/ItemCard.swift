/// A new item on one page: where it landed, who is expected to want it, how sure that is, and what poster, text and metadata each
/// said alone.
public struct ItemCard: Sendable, Encodable {
    /// Id of the item.
    public let itemId: String
    /// The item's title.
    public let title: String
    /// Its year, if known.
    public let year: Int?
    /// Its genres.
    public let genres: [String]
    /// Its description; empty where there is none.
    public let description: String
    /// Whether it has a poster.
    public let hasPoster: Bool
    /// The version that answers.
    public let modelVersion: String
    /// Where its vector comes from.
    public let provenance: Snapshot.Provenance
    /// What it is like.
    public let neighbours: [Recommender.Neighbour]
    /// Who is expected to want it.
    public let audience: AudienceProfile
    /// How sure its place is; nil for a learned item.
    public let certainty: Certainty?
    /// What poster, text and metadata each say alone; nothing for a learned item.
    public let voices: [Voice]
    /// How far what they say is apart.
    public let comparisons: [Comparison]

    /// How sure an item's place is.
    public struct Certainty: Sendable, Encodable {
        /// Expected squared error of the item's score, over users.
        public let variance: Float
        /// The same for an item of which nothing is known: how far items' scores differ.
        public let varianceOfUnknown: Float
        /// Ratings that it has.
        public let ratings: Int
        /// Ratings, of average users, that it still needs until half of what content left open is settled: from then on its
        /// audience says more about it than its content. Nil where that is not to be reached.
        public let ratingsUntilWarm: Int?
        /// Ratings that it still needs until a retrain learns from it as from any other item.
        public let ratingsUntilLearned: Int
        /// What is expected to be left of the variance, after so many ratings in all.
        public let forecast: [Forecast]

        /// A number of ratings, and what they leave.
        public struct Forecast: Sendable, Encodable {
            /// In all, from the first.
            public let ratings: Int
            /// Expected squared error of the item's score then.
            public let variance: Float
        }
    }

    /// What one side of the content says alone.
    public struct Voice: Sendable, Encodable {
        /// `poster`, `text` or `metadata`.
        public let name: String
        /// The kinds of content that it has.
        public let kinds: [String]
        /// Expected squared error of the item's score if nothing else were known.
        public let variance: Float
        /// How far it moves the item from where an item of unknown content stands, as a share of what items differ by.
        public let strength: Double
        /// What the item would be like.
        public let neighbours: [Recommender.Neighbour]
    }

    /// How far the places are apart that two voices give.
    public struct Comparison: Sendable, Encodable {
        /// The two.
        public let between: [String]
        /// Root of the mean squared difference of scores, over users.
        public let distance: Double
        /// What to expect of two estimates as unsure as these.
        public let expected: Double
        /// Cosine of the two directions from an item of unknown content: 1 where both say the same, −1 the opposite.
        public let agreement: Double
        /// Whether the distance is larger than uncertainty explains.
        public let disagrees: Bool
    }
}
