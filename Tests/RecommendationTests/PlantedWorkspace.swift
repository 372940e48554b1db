import Catalogue
import FloatKernels

/// A catalogue of four genres whose users like one each; year and length say nothing.
final class PlantedWorkspace {
    static let genres = ["Comedy", "Drama", "Horror", "Western"]

    var workspace: Workspace { imported.workspace }
    private let imported: ImportedWorkspace

    /// - Parameter hasTimes: whether ratings have times; then every user comes to his own genre last.
    init(items: Int = 120, users: Int = 60, seed: UInt64 = 1, hasTimes: Bool = false) throws {
        var generator = RandomGenerator(seed: seed)
        var itemLines = "item_id,title,year,genres\n"
        var ratings = "user_id,item_id,rating" + (hasTimes ? ",timestamp\n" : "\n")
        let genreOf = (0..<items).map { _ in generator.index(below: Self.genres.count) }
        for (item, genre) in genreOf.enumerated() {
            itemLines += "i\(item),Item \(item),\(1950 + generator.index(below: 60)),\(Self.genres[genre])\n"
        }
        for user in 0..<users {
            for (item, genre) in genreOf.enumerated() {
                let isOwn = genre == user % Self.genres.count
                // Most ratings are likes, so that the median tells likes from the rest.
                guard generator.uniform() < (isOwn ? 0.5 : 0.1) else { continue }
                let likes = generator.uniform() < (isOwn ? 0.9 : 0.1)
                ratings += "u\(user),i\(item),\(likes ? 5 : 2)"
                ratings += hasTimes ? ",\(1 + item + (isOwn ? items : 0))\n" : "\n"
            }
        }
        imported = try ImportedWorkspace(items: itemLines, ratings: ratings)
    }
}
