public import ArgumentParser
public import Catalogue
import Diagnostics
import Foundation
import ItemContent
import Recommendation

struct ImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Import items, users and ratings: all of it, or nothing.",
        discussion: """
            A folder may hold items.csv, users.csv and ratings.csv, a MovieLens data set as it is downloaded, or RecBole's \
            atomic files (.item, .user, .inter); files may be gzipped. Posters are found by the column 'poster', or in a \
            folder posters/ by item id. Importing again changes nothing.
            Example: coldstart import SampleData
            """)

    @OptionGroup var global: GlobalOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: ArgumentHelp("Folders and files.", valueName: "path"), completion: .file())
    var paths: [String]

    @Option(help: "Layout of the files: auto, coldstart, movielens or recbole.")
    var format: ImportFormat = .auto

    @Flag(help: "Import items without their poster where it is missing or broken, and warn.")
    var skipBadPosters = false

    func run() throws {
        let isNew = !Workspace.exists(at: global.workspaceDirectory)
        do {
            try importAll()
        } catch {
            // A first import that fails leaves no empty workspace behind.
            if isNew { Workspace.removeIfEmpty(at: global.workspaceDirectory) }
            throw error
        }
    }

    private func importAll() throws {
        let workspace = try Workspace.create(at: global.workspaceDirectory)
        let lock = try workspace.lock()
        defer { withExtendedLifetime(lock) {} }
        let monitor = global.monitor()
        let importer = CatalogueImporter(
            store: workspace.catalogue, posters: workspace.posters,
            validatePoster: { _ = try ContentReader.networkSized($0, name: $1) }, monitor: monitor)
        let report = try keeping("nothing was imported", "import it with") {
            try importer.run(paths: paths, format: format, skippingBadPosters: skipBadPosters)
        }
        let placed = try place(workspace, monitor)
        for warning in report.warnings { global.note(warning) }
        let counts = try workspace.catalogue.counts()
        try output.print(ImportAnswer(report, counts, placed: placed)) {
            Self.text(report, counts, placed: placed)
        }
    }

    /// Places new items. What was imported stays where the active version cannot be used: the next one places it.
    private func place(_ workspace: Workspace, _ monitor: WorkMonitor) throws -> Int {
        do {
            return try keeping("all was imported, but new items have no place yet", "place them with") {
                try ItemPlacement(workspace: workspace, pool: global.pool()).placeWaiting(monitor: monitor)
            }
        } catch let damage as Diagnostic where damage.kind == .badData && damage.code.hasPrefix("model.") {
            global.note("imported, but new items have no place yet: \(damage)")
            return 0
        }
    }

    private static func text(_ report: ImportReport, _ counts: CatalogueCounts, placed: Int) -> String {
        var table = TextTable([
            ("", false), ("added", true), ("updated", true), ("unchanged", true), ("in the catalogue", true),
        ])
        for (name, change, total) in [
            ("items", report.items, counts.items), ("users", report.users, counts.users),
            ("ratings", report.ratings, counts.ratings),
        ] {
            table.add(
                name, change.added.grouped, change.updated.grouped, change.unchanged.grouped, total.grouped)
        }
        table.add("posters", report.posters.grouped, "", "", counts.posters.grouped)
        var text = table.rendered() + "Imported in \(report.seconds.formatted(1)) s.\n"
        if placed > 0 { text += "\(placed.grouped) new items were placed by their content.\n" }
        return text
    }
}

extension ImportFormat: ExpressibleByArgument {}

/// The answer as JSON.
private struct ImportAnswer: Encodable {
    struct Changes: Encodable {
        let added: Int
        let updated: Int
        let unchanged: Int
        let total: Int

        init(_ change: ChangeCounts, total: Int) {
            (added, updated, unchanged) = (change.added, change.updated, change.unchanged)
            self.total = total
        }
    }

    let items: Changes
    let users: Changes
    let ratings: Changes
    let postersAdded: Int
    let postersSkipped: Int
    let ratingsOfUnknownItems: Int
    let itemsPlaced: Int
    let warnings: [String]
    let seconds: Double

    init(_ report: ImportReport, _ counts: CatalogueCounts, placed: Int) {
        items = Changes(report.items, total: counts.items)
        users = Changes(report.users, total: counts.users)
        ratings = Changes(report.ratings, total: counts.ratings)
        postersAdded = report.posters
        postersSkipped = report.skippedPosters
        ratingsOfUnknownItems = report.ratingsOfUnknownItems
        itemsPlaced = placed
        warnings = report.warnings
        seconds = report.seconds
    }
}
