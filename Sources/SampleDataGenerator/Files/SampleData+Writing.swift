import Diagnostics
import ItemContent

extension SampleData {
    /// Writes the catalogue, its posters, its ratings and the new arrivals.
    ///
    /// - Throws: `Diagnostic` when a file cannot be written.
    func write(to folder: inout Folder, seed: UInt64) throws {
        try folder.write(Array(CSV.text(CatalogueItem.columns, items.map(\.row)).utf8), to: "items.csv")
        try folder.write(Array(usersTable.utf8), to: "users.csv")
        try folder.write(Array(ratingsTable.utf8), to: "ratings.csv")
        try folder.write(
            Array(CSV.text(CatalogueItem.columns, arrivals.map(\.row)).utf8), to: "new-arrivals/arrivals.csv")
        try folder.write(Array(readme(seed: seed).utf8), to: "README.md")
        try writePosters(of: items, to: &folder, under: "")
        try writePosters(of: arrivals, to: &folder, under: "new-arrivals/")
    }

    /// Writes what is true of films and viewers, for measuring how much of it a model finds.
    ///
    /// - Throws: `Diagnostic` when a file cannot be written.
    func writeTruth(to folder: inout Folder) throws {
        let traits =
            Theme.allCases.map { "\($0)" } + Tone.allCases.map { "\($0)" }
            + (1...Film.hiddenCount).map { "hidden\($0)" }
        func filmRows(_ list: [(CatalogueItem, Film)]) -> [[String]] {
            list.map { item, film in
                [item.id, "\(item.motif)", "\(film.quality)"] + film.latent.map { "\($0)" }
            }
        }
        let rows = filmRows(Array(zip(items, films))) + filmRows(Array(zip(arrivals, arrivingFilms)))
        try folder.write(
            Array(CSV.text(["item_id", "motif", "quality"] + traits, rows).utf8), to: "films.csv")
        let tastes = viewers.enumerated().map { index, viewer in
            [userID(index), "\(viewer.generosity)"] + viewer.tastes.map { "\($0)" }
        }
        try folder.write(Array(CSV.text(["user_id", "generosity"] + traits, tastes).utf8), to: "viewers.csv")
    }

    private func userID(_ index: Int) -> String { Self.id("u", index, digits: 3) }

    private var usersTable: String {
        CSV.text(
            ["user_id", "age", "gender", "country"],
            viewers.enumerated().map {
                [userID($0.offset), String($0.element.age), $0.element.gender, $0.element.country]
            })
    }

    private var ratingsTable: String {
        CSV.text(
            ["user_id", "item_id", "rating", "timestamp"],
            ratings.map { [userID($0.viewer), items[$0.film].id, String($0.stars), String($0.timestamp)] })
    }

    private func writePosters(of list: [CatalogueItem], to folder: inout Folder, under prefix: String) throws
    {
        for item in list {
            if let poster = item.poster {
                try folder.write(PNGEncoder.encode(poster), to: prefix + item.posterPath)
            } else {
                folder.remove(prefix + item.posterPath)
            }
        }
    }
}
