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
}
