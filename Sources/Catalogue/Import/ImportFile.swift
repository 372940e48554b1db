/// A file to import, and what is in it.
struct ImportFile {
    /// What is in a file. Items come first, then users, then ratings, which name both.
    enum Content: Int {
        case items, users, ratings, nothing
    }

    /// How it is laid out.
    enum Layout: String {
        case coldstart = "coldstart"
        case movieLensCSV = "MovieLens CSV"
        case movieLens1M = "MovieLens 1M"
        case movieLens100K = "MovieLens 100K"
        case recBole = "RecBole"
    }

    let path: String
    let content: Content
    let layout: Layout

    /// Separator, encoding and columns of the file.
    var dialect: CSVDialect {
        switch (layout, content) {
        case (.movieLens100K, .items):
            .movieLens(
                separator: "|",
                columns: ["item_id", "title", "release date", "video release date", "URL"]
                    + MovieLens.genres100K)
        case (.movieLens100K, .users):
            .movieLens(separator: "|", columns: ["user_id", "age", "gender", "occupation", "zip"])
        case (.movieLens100K, _):
            .movieLens(separator: "\t", columns: ["user_id", "item_id", "rating", "timestamp"])
        case (.movieLens1M, .items):
            .movieLens(separator: "::", columns: ["item_id", "title", "genres"])
        case (.movieLens1M, .users):
            .movieLens(separator: "::", columns: ["user_id", "gender", "age", "occupation", "zip"])
        case (.movieLens1M, _):
            .movieLens(separator: "::", columns: ["user_id", "item_id", "rating", "timestamp"])
        case (.recBole, _):
            .recBole
        case (.coldstart, _), (.movieLensCSV, _):
            .csv
        }
    }
}
