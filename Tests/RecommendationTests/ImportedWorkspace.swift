import Catalogue
import Diagnostics
import Foundation

/// A workspace made by importing files as their owner would write them. In a folder that goes away with it.
final class ImportedWorkspace {
    let workspace: Workspace
    private let folder: URL

    /// - Parameters:
    ///   - items: the contents of `items.csv`.
    ///   - ratings: the contents of `ratings.csv`.
    ///   - posters: files that the items name, by their names.
    init(items: String, ratings: String, posters: [String: [UInt8]] = [:]) throws {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("coldstart-imported-\(UUID().uuidString)")
        self.folder = folder
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let texts = ["items.csv": items, "ratings.csv": ratings].mapValues { Array($0.utf8) }
        for (name, bytes) in texts.merging(posters, uniquingKeysWith: { text, _ in text }) {
            try Data(bytes).write(to: folder.appendingPathComponent(name))
        }
        workspace = try Workspace.create(at: folder.appendingPathComponent("w").path)
        _ = try CatalogueImporter(
            store: workspace.catalogue, posters: workspace.posters, validatePoster: { _, _ in },
            monitor: .silent
        ).run(paths: [folder.path], format: .coldstart, skippingBadPosters: false)
    }

    /// - Parameters:
    ///   - items: lines below the header `item_id,title,year,genres,description,poster`.
    ///   - ratings: lines below the header `user_id,item_id,rating`.
    convenience init(items: [String], ratings: [String], posters: [String: [UInt8]] = [:]) throws {
        try self.init(
            items: (["item_id,title,year,genres,description,poster"] + items).joined(separator: "\n") + "\n",
            ratings: (["user_id,item_id,rating"] + ratings).joined(separator: "\n") + "\n", posters: posters)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }
}
