/// Categorical metadata of items or users as text: director, genres, country; age, gender.
public struct AttributeTable: Sendable, Equatable {
    /// Of every item or user the values by the name of the attribute; a name whose value is unknown is absent.
    public typealias Row = [String: [String]]

    /// One row an item or user.
    public var rows: [Row]

    /// A table from its rows.
    public init(rows: [Row]) { self.rows = rows }

    /// A table of `count` rows of which nothing is known.
    public init(unknown count: Int) { rows = [Row](repeating: [:], count: count) }

    /// Number of rows.
    public var count: Int { rows.count }

    /// The names that occur, in the order of their bytes.
    public var names: [String] { Set(rows.lazy.flatMap(\.keys)).sorted() }
}
