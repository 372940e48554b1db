/// What the MovieLens files leave to their README.
///
/// F. M. Harper and J. A. Konstan, "The MovieLens Datasets: History and Context", ACM TiiS 5(4), 2015.
enum MovieLens {
    /// The genre flags of u.item, in the order of their columns.
    static let genres100K = [
        "unknown", "Action", "Adventure", "Animation", "Children's", "Comedy", "Crime", "Documentary",
        "Drama",
        "Fantasy", "Film-Noir", "Horror", "Musical", "Mystery", "Romance", "Sci-Fi", "Thriller", "War",
        "Western",
    ]

    /// The occupations that users.dat names by their index.
    static let occupations1M = [
        "other", "academic/educator", "artist", "clerical/admin", "college/grad student", "customer service",
        "doctor/health care", "executive/managerial", "farmer", "homemaker", "K-12 student", "lawyer",
        "programmer", "retired", "sales/marketing", "scientist", "self-employed", "technician/engineer",
        "tradesman/craftsman", "unemployed", "writer",
    ]

    /// Takes the year off a title: "Toy Story (1995)" is Toy Story of 1995, "Lost (2004–2010)" is Lost of 2004.
    static func splitYear(_ title: String) -> (title: String, year: Int?) {
        let title = title.trimmingSpaces()
        guard title.last == ")", let open = title.lastIndex(of: "("), open > title.startIndex else {
            return (title, nil)
        }
        let inside = title[title.index(after: open)...].dropLast()
        let rest = inside.dropFirst(4)
        guard let year = Int(inside.prefix(4)), year >= 1000, Item.years.contains(year),
            rest.isEmpty || rest.first == "-" || rest.first == "\u{2013}"
        else { return (title, nil) }
        return (String(title[..<open]).trimmingSpaces(), year)
    }
}
