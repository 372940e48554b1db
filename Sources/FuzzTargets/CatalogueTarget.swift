import Catalogue
import Diagnostics
import Foundation
import ItemContent
import Synchronization

/// Imports of whole folders: the first byte says which layout, from `0` on, and 0x1C ends the items and then the users.
///
/// Importing again must change nothing, and what an export writes must be the same catalogue.
enum CatalogueTarget {
    private static let layouts: [[String]] = [
        ["items.csv", "users.csv", "ratings.csv"],
        ["movies.csv", "unused.csv", "ratings.csv"],
        ["movies.dat", "users.dat", "ratings.dat"],
        ["u.item", "u.user", "u.data"],
        ["x.item", "x.user", "x.inter"],
    ]

    static func run(_ bytes: [UInt8]) throws {
        guard let first = bytes.first else { return }
        let names = layouts[Int(first &- 0x30) % layouts.count]
        let parts = bytes.dropFirst().split(separator: 0x1C, maxSplits: 2, omittingEmptySubsequences: false)
        let scratch = ScratchFolder.shared
        let folder = try scratch.emptied("import")
        for (name, part) in zip(names, parts) where !part.isEmpty {
            try scratch.write(Array(part), to: "import/" + name)
        }
        let store = try emptyStore.withLock { store in
            let empty = try store ?? SQLiteCatalogueStore(inMemoryWithClock: { 0 })
            store = empty
            _ = try imported(folder, "workspace", into: empty)
            store = nil
            return empty
        }
        let again = try imported(folder, "workspace", into: store)
        precondition(
            again.items.added + again.users.added + again.ratings.added + again.items.updated == 0,
            "importing again changed something: \(again)")
        try checkExport(store, contents(store))
    }

    /// A store that nothing was imported into: an import that fails leaves nothing, and most inputs do.
    private static let emptyStore = Mutex<SQLiteCatalogueStore?>(nil)

    private typealias Contents = (items: [String: Item], users: [String: User], ratings: [String])

    /// Imports a folder, with posters in a workspace's folder.
    private static func imported(
        _ folder: String, _ workspace: String, into store: SQLiteCatalogueStore
    ) throws -> ImportReport {
        let posters = PosterStore(directory: try ScratchFolder.shared.emptied(workspace))
        let importer = CatalogueImporter(
            store: store, posters: posters,
            validatePoster: { _ = try PosterDecoder.decode($0, name: $1) }, monitor: .silent)
        return try importer.run(paths: [folder], format: .auto, skippingBadPosters: true)
    }

    /// Everything that a store holds, by id: ids must differ for Swift as they do for the store.
    private static func contents(_ store: SQLiteCatalogueStore) throws -> Contents {
        let items = try store.items(), users = try store.users()
        let itemByKey = Dictionary(
            items.map { ($0.key, $0.item.id) }, uniquingKeysWith: { first, _ in first })
        let userByKey = Dictionary(
            users.map { ($0.key, $0.user.id) }, uniquingKeysWith: { first, _ in first })
        precondition(Set(itemByKey.values).count == items.count, "two items have the same id")
        precondition(Set(userByKey.values).count == users.count, "two users have the same id")
        var ratings: [String] = []
        try store.forEachRating { user, item, value, timestamp in
            precondition(value.isFinite, "a rating is not finite")
            ratings.append("\(userByKey[user] ?? "?") \(itemByKey[item] ?? "?") \(value) \(timestamp)")
        }
        return (
            Dictionary(items.map { ($0.item.id, $0.item) }, uniquingKeysWith: { first, _ in first }),
            Dictionary(users.map { ($0.user.id, $0.user) }, uniquingKeysWith: { first, _ in first }),
            ratings.sorted()
        )
    }

    private static func checkExport(_ store: SQLiteCatalogueStore, _ contents: Contents) throws {
        // Links and tags of MovieLens alone are nothing, which is no folder to import.
        if contents.items.isEmpty && contents.users.isEmpty { return }
        let posters = PosterStore(directory: try ScratchFolder.shared.path("workspace"))
        let folder = try ScratchFolder.shared.removed("export")
        try CatalogueExport(store: store, posters: posters, monitor: .silent).write(to: folder)
        let back: Contents
        do {
            let copy = try SQLiteCatalogueStore(inMemoryWithClock: { 0 })
            _ = try imported(folder, "workspace-2", into: copy)
            back = try Self.contents(copy)
        } catch {
            preconditionFailure("an export cannot be imported: \(error)")
        }
        precondition(back.items == contents.items, "items come back from an export otherwise")
        precondition(back.users == contents.users, "users come back from an export otherwise")
        precondition(back.ratings == contents.ratings, "ratings come back from an export otherwise")
    }
}
