/// What the content model reads of an item: everything that is known before the first rating.
public struct ContentRecord: Sendable {
    /// The title, in any language.
    public var title: String
    /// The year of release or publication.
    public var year: Int?
    /// The genres, by the catalogue's own names.
    public var genres: [String]
    /// The description, plain text in any language; empty where there is none.
    public var description: String
    /// The further categorical columns: a column's name, such as `director`, and the item's values in it.
    public var categories: [String: [String]]
    /// The poster, upright and at any size; nil where there is none.
    public var poster: RGBImage?

    /// A record; whatever is not known may be left out.
    public init(
        title: String, year: Int? = nil, genres: [String] = [], description: String = "",
        categories: [String: [String]] = [:], poster: RGBImage? = nil
    ) {
        self.title = title
        self.year = year
        self.genres = genres
        self.description = description
        self.categories = categories
        self.poster = poster
    }
}
