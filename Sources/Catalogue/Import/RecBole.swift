/// Atomic files of RecBole: what suffixes and columns mean.
///
/// W. X. Zhao et al., "RecBole: Towards a Unified, Comprehensive and Efficient Framework for Recommendation Algorithms",
/// CIKM 2021. Names of columns are up to each data set; these are those of the data sets that its authors converted.
enum RecBole {
    /// Columns of titles; of several that a file has, the first of these is taken.
    static let titles = ["title", "movie_title", "movie_name", "item_name", "name"]
    /// Columns of years.
    static let years = ["year", "release_year"]
    /// Columns of genres.
    static let genres = ["genres", "genre", "class"]

    /// Names that say what a file is where they head a column, and so are those of no category.
    private static let reserved: Set = ["user_id", "item_id", "rating", "movieId"]

    /// What is in a file of that name, its `.gz` taken off; nil where it is no atomic file.
    static func content(ofFileNamed name: String) -> ImportFile.Content? {
        guard let dot = name.lastIndex(of: ".") else { return nil }
        return switch name[dot...] {
        case ".item": .items
        case ".user": .users
        case ".inter": .ratings
        case ".kg", ".link", ".net": .nothing
        default: nil
        }
    }

    /// Of some columns those that a catalogue can have: of these types, and not named as what has a meaning of its own.
    ///
    /// - Returns: The columns, and the names of the others.
    static func categories(_ columns: [Int], of reader: CSVReader, types: [ColumnType]) -> (
        kept: [Int], leftOut: [String]
    ) {
        let kept = columns.filter {
            types.contains(reader.types[$0]) && !reserved.contains(reader.columns[$0])
        }
        return (kept, columns.filter { !kept.contains($0) }.map { reader.columns[$0] })
    }

    /// The warning about columns that were left out.
    static func warning(_ leftOut: [String], path: String) -> String {
        "\(path): left out, as they are numbers or are named as ids and ratings: columns "
            + leftOut.joined(separator: ", ")
    }
}
