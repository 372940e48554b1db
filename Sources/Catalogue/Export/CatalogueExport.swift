public import Diagnostics
import Foundation

/// Writes a catalogue as the files that `CatalogueImporter` reads: `items.csv`, `users.csv`, `ratings.csv` and `posters/`.
public struct CatalogueExport {
    private let store: any CatalogueStore
    private let posters: PosterStore
    private let monitor: WorkMonitor

    /// Exports what a store and its posters hold.
    public init(store: any CatalogueStore, posters: PosterStore, monitor: WorkMonitor) {
        self.store = store
        self.posters = posters
        self.monitor = monitor
    }

    /// Writes everything into `folder`, which appears whole or not at all. A file that would be empty is left out.
    ///
    /// - Returns: how many items, users, ratings and posters were written.
    /// - Throws: `export.exists` where there is something of that name, `poster.missing`, `file.write`, or `interrupted`.
    @discardableResult
    public func write(to folder: String) throws -> (items: Int, users: Int, ratings: Int, posters: Int) {
        guard !FileManager.default.fileExists(atPath: folder) else {
            throw Diagnostic(
                .usage, code: "export.exists", "there is something of this name already",
                at: .init(file: folder), fix: "name a folder that does not exist yet")
        }
        let partial = folder + ".partial"
        try? FileManager.default.removeItem(atPath: partial)
        defer { try? FileManager.default.removeItem(atPath: partial) }
        do {
            try FileManager.default.createDirectory(atPath: partial, withIntermediateDirectories: true)
            let items = try store.items(), users = try store.users()
            let posterCount = try writePosters(items, to: partial)
            try writeItems(items, to: partial)
            try writeUsers(users, to: partial)
            let ratings = try writeRatings(items, users, to: partial)
            try FileManager.default.moveItem(atPath: partial, toPath: folder)
            return (items.count, users.count, ratings, posterCount)
        } catch let error as Diagnostic {
            throw error
        } catch {
            throw Diagnostic(
                .unavailable, code: "file.write",
                "the folder cannot be written (\(error.localizedDescription))", at: .init(file: folder),
                fix: "check free space and permissions of the folder around it")
        }
    }

    private func writeItems(_ items: [StoredItem], to folder: String) throws {
        guard !items.isEmpty else { return }
        let attributes = Set(items.flatMap(\.item.attributes.keys)).sorted()
        let file = try CSVFile(
            folder + "/items.csv",
            ["item_id", "title", "year", "genres", "description", "poster"] + attributes)
        for item in items.map(\.item) {
            try file.append(
                [
                    item.id, item.title, item.year.map(String.init) ?? "", item.genres.joined(separator: "|"),
                    item.description, item.poster.map { "posters/" + $0.relativePath } ?? "",
                ] + attributes.map { (item.attributes[$0] ?? []).joined(separator: "|") })
        }
        try file.finish()
    }

    private func writeUsers(_ users: [StoredUser], to folder: String) throws {
        guard !users.isEmpty else { return }
        let attributes = Set(users.flatMap(\.user.attributes.keys)).sorted()
        let file = try CSVFile(folder + "/users.csv", ["user_id"] + attributes)
        for user in users.map(\.user) {
            try file.append([user.id] + attributes.map { user.attributes[$0] ?? "" })
        }
        try file.finish()
    }

    private func writeRatings(
        _ items: [StoredItem], _ users: [StoredUser], to folder: String
    ) throws -> Int {
        let itemID = Dictionary(uniqueKeysWithValues: items.map { ($0.key, $0.item.id) })
        let userID = Dictionary(uniqueKeysWithValues: users.map { ($0.key, $0.user.id) })
        let path = folder + "/ratings.csv"
        let file = try CSVFile(path, ["user_id", "item_id", "rating", "timestamp"])
        var count = 0
        try store.forEachRating { user, item, value, timestamp in
            count += 1
            if count % 100_000 == 1 { try monitor.report("Writing ratings", count - 1, of: nil, "ratings") }
            try file.append([
                userID[user] ?? "", itemID[item] ?? "", "\(value)", timestamp == 0 ? "" : "\(timestamp)",
            ])
        }
        try file.finish()
        if count == 0 { try FileManager.default.removeItem(atPath: path) }
        return count
    }

    /// Posters as they came, under the names that they have in the workspace.
    private func writePosters(_ items: [StoredItem], to folder: String) throws -> Int {
        let copies = PosterStore(directory: folder + "/posters")
        var count = 0
        for (number, item) in items.enumerated() {
            if number % 100 == 0 { try monitor.report("Copying posters", number, of: items.count, "items") }
            guard let poster = item.item.poster else { continue }
            if try copies.put(posters.bytes(poster)).isNew { count += 1 }
        }
        return count
    }
}

/// A CSV file that is written in large pieces.
private final class CSVFile {
    private let handle: FileHandle
    private var pending: [UInt8] = []

    init(_ path: String, _ columns: [String]) throws {
        try Data().write(to: URL(fileURLWithPath: path))
        handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        try append(columns)
    }

    func append(_ fields: [String]) throws {
        pending += fields.map(CSVWriter.quoted).joined(separator: ",").utf8
        pending.append(0x0A)
        if pending.count >= 1 << 20 { try flush() }
    }

    func finish() throws {
        try flush()
        try handle.close()
    }

    private func flush() throws {
        try handle.write(contentsOf: pending)
        pending.removeAll(keepingCapacity: true)
    }
}
