import ArgumentParser
import Catalogue
import Diagnostics
import Foundation
import Recommendation

struct RateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rate",
        abstract: "Record what a user thinks of an item; the user's recommendations follow at once.",
        discussion: """
            Examples:
              coldstart rate --user 42 --item 1 --rating 5
              coldstart rate --from ratings.csv.gz
            """)

    @OptionGroup var global: GlobalOptions
    @OptionGroup var output: OutputOptions

    @Option(help: "User's id; a new one makes a new user.") var user: String?
    @Option(help: "Item's id.") var item: String?
    @Option(parsing: .unconditional, help: "Rating, on the catalogue's scale, which may be negative.")
    var rating: Float?
    @Option(
        help: ArgumentHelp(
            "Many at once: user_id,item_id,rating[,timestamp], plain or gzipped.", valueName: "file"),
        completion: .file())
    var from: String?

    func validate() throws {
        let single = [user != nil, item != nil, rating != nil]
        guard from != nil ? !single.contains(true) : !single.contains(false) else {
            throw ValidationError("give --user, --item and --rating, or --from FILE")
        }
        if let rating, rating.isNaN { throw ValidationError("--rating is a number") }
    }

    private struct Answer: Encodable {
        let added: Int
        let updated: Int
        let unchanged: Int
    }

    func run() throws {
        let workspace = try global.writableWorkspace()
        let lock = try workspace.lock()
        defer { withExtendedLifetime(lock) {} }
        var changes = ChangeCounts()
        if let from {
            changes = try rateAll(from, workspace)
        } else if let user, let item, let rating {
            changes.count(try rate(user, item, rating, workspace))
        }
        let answer = Answer(added: changes.added, updated: changes.updated, unchanged: changes.unchanged)
        try output.print(answer) {
            "Ratings: \(changes.added.grouped) added, \(changes.updated.grouped) changed, \(changes.unchanged.grouped) as they were.\n"
        }
    }

    private func rate(_ user: String, _ item: String, _ rating: Float, _ workspace: Workspace) throws
        -> Change
    {
        try workspace.catalogue.write { transaction in
            if try transaction.user(id: user) == nil { try transaction.upsert(User(id: user)) }
            return try transaction.rate(
                Rating(user: user, item: item, value: rating, timestamp: Clock.now()))
        }
    }

    private func rateAll(_ path: String, _ workspace: Workspace) throws -> ChangeCounts {
        let importer = CatalogueImporter(
            store: workspace.catalogue, posters: workspace.posters, validatePoster: { _, _ in },
            monitor: global.monitor())
        let report = try keeping("no rating was recorded", "record them with") {
            try importer.run(ratings: path)
        }
        for warning in report.warnings { global.note(warning) }
        return report.ratings
    }
}
