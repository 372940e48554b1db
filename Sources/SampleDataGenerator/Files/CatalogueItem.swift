import FloatKernels
import ItemContent

/// A film as a catalogue shows it, with its poster; some fields may be missing, as in real catalogues.
struct CatalogueItem {
    static let columns = ["item_id", "title", "year", "genres", "description", "poster", "director", "cast"]

    var id: String
    var title: String
    var year: String
    var genres: [Genre]
    var description: String
    var poster: RGBImage?
    /// What the poster shows; not part of the catalogue.
    var motif: Theme
    var director: String
    var cast: [String]

    /// Where the poster is, from the folder of the table.
    var posterPath: String { "posters/\(id).png" }

    /// The row of the table, in the order of `columns`.
    var row: [String] {
        [
            id, title, year, genres.map(\.rawValue).joined(separator: "|"), description,
            poster == nil ? "" : posterPath, director, cast.joined(separator: "|"),
        ]
    }

    /// Leaves out a field now and then.
    mutating func forget(using random: inout RandomGenerator) {
        if random.chance(0.04) { poster = nil }
        if random.chance(0.03) { description = "" }
        if random.chance(0.02) { year = "" }
        if random.chance(0.02) { director = "" }
    }
}
