/// An item of the catalogue as its owner describes it: a film, a book, a game.
public struct Item: Sendable, Equatable {
    /// The owner's id; unique, never empty.
    public var id: String
    /// The title shown to people.
    public var title: String
    /// The year of publication, nil where unknown, else one of `years`; negative before the common era.
    public var year: Int?
    /// Genres in the owner's order.
    public var genres: [String]
    /// The description in the owner's words; empty where there is none.
    public var description: String
    /// The poster in the workspace's poster store.
    public var poster: PosterReference?
    /// Further categorical metadata, such as `director` or `cast`: values in the owner's order by column name.
    ///
    /// A name without values is the same as no name: the store keeps values only.
    public var attributes: [String: [String]]

    /// What a year may be: others are taken for mistakes, wherever they come from.
    public static let years = -3000...2100

    /// Makes an item; all but id and title may be unknown.
    public init(
        id: String, title: String, year: Int? = nil, genres: [String] = [], description: String = "",
        poster: PosterReference? = nil, attributes: [String: [String]] = [:]
    ) {
        self.id = id
        self.title = title
        self.year = year
        self.genres = genres
        self.description = description
        self.poster = poster
        self.attributes = attributes
    }
}
