import Catalogue
import Diagnostics
import FloatKernels
import Foundation

/// A catalogue of four genres whose users like one each; year and length say nothing. In a folder that goes away with it.
final class PlantedWorkspace {
    static let genres = ["Comedy", "Drama", "Horror", "Western"]

    let workspace: Workspace
    private let folder = FileManager.default.temporaryDirectory
        .appendingPathComponent("coldstart-evaluation-\(UUID().uuidString)")

    /// - Parameter hasTimes: whether ratings have times; then every user comes to his own genre last.
    init(items: Int = 120, users: Int = 60, seed: UInt64 = 1, hasTimes: Bool = false) throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
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
        try Data(itemLines.utf8).write(to: folder.appendingPathComponent("items.csv"))
        try Data(ratings.utf8).write(to: folder.appendingPathComponent("ratings.csv"))
        workspace = try Workspace.create(at: folder.appendingPathComponent("w").path)
        _ = try CatalogueImporter(
            store: workspace.catalogue, posters: workspace.posters, validatePoster: { _, _ in },
            monitor: .silent
        ).run(paths: [folder.path], format: .coldstart, skippingBadPosters: false)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }
}
