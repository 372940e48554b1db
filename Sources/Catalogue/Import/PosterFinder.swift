import Diagnostics
import Foundation

/// Finds the posters of an items file: by the path in its record, else in a folder `posters` beside it, by id.
struct PosterFinder {
    private let folder: String
    private let pathsByID: [String: String]

    init(itemsFile: String) {
        let folder = (itemsFile as NSString).deletingLastPathComponent
        self.folder = folder.isEmpty ? "." : folder
        let names = (try? FileManager.default.contentsOfDirectory(atPath: self.folder + "/posters")) ?? []
        var paths: [String: String] = [:]
        // Sorted: of 7.jpg and 7.png it is always the same.
        for name in names.sorted()
        where ["png", "jpg", "jpeg"].contains((name as NSString).pathExtension.lowercased()) {
            paths[(name as NSString).deletingPathExtension] = self.folder + "/posters/" + name
        }
        pathsByID = paths
    }

    /// The path of the poster of an item, or nil where it has none.
    ///
    /// - Parameter written: The path in the record, relative to the folder of the items file; empty for none.
    func path(id: String, written: String) -> String? {
        if written.isEmpty { return pathsByID[id] }
        return written.hasPrefix("/") ? written : folder + "/" + written
    }
}
