/// What training found out about users' attributes.
public struct ProfileReport: Sendable, Codable {
    /// One attribute.
    public struct Column: Sendable, Codable {
        /// Its name: `age`, `gender`, …
        public let name: String
        /// Users, of those judged by, who have it.
        public let present: Int
        /// Leave-one-out R² from this attribute alone.
        public let alone: Double
        /// How much the leave-one-out R² falls when this attribute is taken away.
        public let lostWithout: Double
    }

    /// Users judged by.
    public let users: Int
    /// Leave-one-out R² of users' scores with everything.
    public let explained: Double
    /// By what each is worth alone, falling.
    public let columns: [Column]
}
