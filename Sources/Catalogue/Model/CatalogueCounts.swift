/// How much of what a catalogue holds.
public struct CatalogueCounts: Sendable, Equatable {
    /// A column of further metadata and the number of items that have a value in it.
    public struct Attribute: Sendable, Equatable {
        /// The column's name.
        public var name: String
        /// Items with at least one value.
        public var items: Int

        /// Makes a count.
        public init(name: String, items: Int) {
            self.name = name
            self.items = items
        }
    }

    /// All items.
    public var items = 0
    /// All users.
    public var users = 0
    /// All ratings.
    public var ratings = 0
    /// Items that have a poster.
    public var posters = 0
    /// Items that have a description.
    public var descriptions = 0
    /// Items that have a year.
    public var years = 0
    /// Items that have a genre.
    public var genres = 0
    /// Items that at least one user rated.
    public var ratedItems = 0
    /// Further columns, in the order in which they were first seen.
    public var attributes: [Attribute] = []

    /// The counts of an empty catalogue.
    public init() {}
}
