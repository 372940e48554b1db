/// Who is expected to want an item.
public struct AudienceProfile: Sendable, Encodable {
    /// Users who have not rated it, of those that were looked at.
    public let users: Int
    /// How many of all users are expected to take it if each takes one of what he has not rated; nil with models without
    /// probabilities.
    public let expectedTakers: Double?
    /// The share of users who have it among the first `listLength` of what they have not rated.
    public let reach: Double
    /// See `reach`.
    public let listLength: Int
    /// How many users are described: those with the highest scores.
    public let described: Int
    /// What is commoner among them than among all users, beyond chance: the surest first.
    public let traits: [Trait]
    /// The likeliest of them.
    public let likeliest: [Recommender.AudienceMember]

    /// Something that users have, or like.
    public struct Trait: Sendable, Encodable {
        /// What it is about.
        public enum Kind: String, Sendable, Encodable {
            /// A user's attribute: shares are those of users.
            case attribute
            /// A genre: shares are those of likes.
            case genre
            /// An item: shares are those of users who like it.
            case item
        }

        /// What it is about.
        public let kind: Kind
        /// The attribute, the genre, or the item's id.
        public let name: String
        /// The attribute's value, or the item's title; nil for a genre.
        public let value: String?
        /// Among those described.
        public let share: Double
        /// Among all users that were looked at.
        public let shareOfAll: Double
        /// By how many standard errors the first is above the second.
        public let deviations: Double
    }
}
