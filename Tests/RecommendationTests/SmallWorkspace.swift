import Catalogue
import Diagnostics
import Foundation

/// A catalogue of a few lines, imported from files as its owner would write them. In a folder that goes away with it.
final class SmallWorkspace {
    let workspace: Workspace
    private let folder: URL

    /// - Parameters:
    ///   - items: `items.csv` below its header `item_id,title,year,genres,description,poster`.
    ///   - ratings: `ratings.csv` below its header `user_id,item_id,rating`.
    ///   - posters: files that the items name.
    init(items: [String], ratings: [String], posters: [String: [UInt8]] = [:]) throws {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("coldstart-small-\(UUID().uuidString)")
        self.folder = folder
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        func write(_ name: String, _ lines: [String]) throws {
            try Data((lines.joined(separator: "\n") + "\n").utf8).write(
                to: folder.appendingPathComponent(name))
        }
        try write("items.csv", ["item_id,title,year,genres,description,poster"] + items)
        try write("ratings.csv", ["user_id,item_id,rating"] + ratings)
        for (name, bytes) in posters { try Data(bytes).write(to: folder.appendingPathComponent(name)) }
        workspace = try Workspace.create(at: folder.appendingPathComponent("w").path)
        _ = try CatalogueImporter(
            store: workspace.catalogue, posters: workspace.posters, validatePoster: { _, _ in },
            monitor: .silent
        ).run(paths: [folder.path], format: .coldstart, skippingBadPosters: false)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }
}
