/// One item with either of two posters: what changes, and whether that is more than noise.
public struct PosterComparison: Sendable, Encodable {
    /// The item's title.
    public let title: String
    /// The version that answers.
    public let modelVersion: String
    /// With the first poster.
    public let a: Side
    /// With the second.
    public let b: Side
    /// Root of the mean squared difference of the two scores, over users.
    public let distance: Double
    /// How far off `distance` may be: the standard deviation that the difference of the two places has left.
    public let deviation: Double
    /// Whether the difference as a whole is outside of its 95 % region around none at all.
    public let isBeyondNoise: Bool
    /// How much higher the average user's score is with the first, with its 95 % interval.
    public let appeal: Interval
    /// Who comes and goes.
    public let audience: Exchange
    /// What is commoner among those whom the first draws most than among all; nothing where all is noise.
    public let traitsOfA: [AudienceProfile.Trait]
    /// The same for the second.
    public let traitsOfB: [AudienceProfile.Trait]

    /// The item with one of the posters.
    public struct Side: Sendable, Encodable {
        /// The poster, as it was named.
        public let poster: String
        /// What the item is like with it.
        public let neighbours: [Recommender.Neighbour]
        /// The share of users who would have it among the first 20 of what they have not rated.
        public let reach: Double
        /// Expected squared error of the item's score, over users.
        public let variance: Float
    }

    /// A difference with what it may be.
    public struct Interval: Sendable, Encodable {
        /// The best guess.
        public let difference: Double
        /// The lower end.
        public let low: Double
        /// The upper end.
        public let high: Double
    }

    /// The likeliest tenth of the users, with either poster.
    public struct Exchange: Sendable, Encodable {
        /// Users that were looked at.
        public let users: Int
        /// Users of either audience.
        public let size: Int
        /// Users in both.
        public let shared: Int
        /// Users in the first's only: gained by it.
        public let onlyA: Int
        /// Users in the second's only: lost by the first.
        public let onlyB: Int
        /// Users whose score is higher with the first, at 95 %.
        public let surelyA: Int
        /// Users whose score is higher with the second, at 95 %.
        public let surelyB: Int
    }
}
