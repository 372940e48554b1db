/// What training found out about the catalogue's content.
public struct ProjectionReport: Sendable, Codable {
    /// One kind of content.
    public struct Modality: Sendable, Codable {
        /// `poster`, `description`, `genres`, `director`, …; `length` is how much text and how many genres there are.
        public let name: String
        /// Items, of those learned from, that have it.
        public let present: Int
        /// Leave-one-out R² from this content alone.
        public let alone: Double
        /// How much the leave-one-out R² falls when this content is taken away.
        public let lostWithout: Double
    }

    /// Items learned from.
    public let items: Int
    /// Leave-one-out R² of the placements with everything.
    public let explained: Double
    /// By what each is worth, falling.
    public let modalities: [Modality]
    /// Whether an item's variance is what it says: items in groups by the variance predicted for them, the surest first.
    /// Nil in cards of earlier versions.
    public let reliability: [Reliability]?

    /// One group of items.
    public struct Reliability: Sendable, Codable {
        /// How many they are.
        public let items: Int
        /// The mean squared error of their scores, over users, that was predicted for them.
        public let predicted: Double
        /// The one that leaving them out gave.
        public let actual: Double
    }
}
