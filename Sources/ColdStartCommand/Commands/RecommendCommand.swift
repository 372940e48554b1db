import ArgumentParser
import Diagnostics
import Foundation
import Recommendation

struct RecommendCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "recommend",
        abstract: "The best items for a user, new ones among them.",
        discussion: """
            Examples:
              coldstart recommend --user 42 -n 10 --only new
              coldstart recommend --all-users -n 20 --output lists.csv
              coldstart recommend --all-users -n 20 --explore 0.5 --impressions 20 --output lists.csv
            """)

    @OptionGroup var global: GlobalOptions
    @OptionGroup var output: OutputOptions

    @Option(help: "One user's id.")
    var user: String?

    @Option(
        help: ArgumentHelp("File with a user id a line ('-' for standard input).", valueName: "file"),
        completion: .file())
    var users: String?

    @Flag(help: "Every user of the catalogue.")
    var allUsers = false

    @Option(name: .customShort("n"), help: "Length of a list.")
    var count = 10

    enum Only: String, ExpressibleByArgument, CaseIterable { case new, seenToo = "seen-too" }

    @Option(help: "'new': only items without a learned place; 'seen-too': also what the user has rated.")
    var only: [Only] = []

    @Option(help: "Only this genre (may be repeated).")
    var genre: [String] = []

    @Option(help: ArgumentHelp("Only these years: 1990..1999, 1990.. or ..1999.", valueName: "a..b"))
    var year: YearRange?

    @Option(help: ArgumentHelp("Not this item (may be repeated).", valueName: "id"))
    var exclude: [String] = []

    @Option(
        help: ArgumentHelp("File with an item id a line: only these (may be repeated).", valueName: "file"),
        completion: .file())
    var candidates: [String] = []

    @Option(help: ArgumentHelp("Favour new items by W standard deviations of their scores.", valueName: "w"))
    var explore: Float = 0

    @Option(help: ArgumentHelp("From 0 to 1: how much a list avoids items of a kind.", valueName: "w"))
    var diversity: Float = 0

    @Option(
        help: ArgumentHelp(
            "From 0 to 1: how much of an item's popularity is taken out of its score.", valueName: "w"))
    var popularityCorrection: Float = 0

    @Option(
        help: ArgumentHelp(
            "With --all-users or --users: every new item stands on at least N of the lists, each of which gives up at most one place in five.",
            valueName: "n"))
    var impressions = 0

    @Option(
        name: [.customLong("output"), .customShort("o")],
        help: ArgumentHelp("Write CSV (user_id,item_id,score) to a file.", valueName: "file.csv"),
        completion: .file())
    var file: String?

    func validate() throws {
        guard [user != nil, users != nil, allUsers].count(where: \.self) == 1 else {
            throw ValidationError("give one of --user U, --users FILE and --all-users")
        }
        guard count >= 1 else { throw ValidationError("-n is a number from 1") }
        guard impressions == 0 || user == nil else {
            throw ValidationError(
                "--impressions divides new items among many lists: give --users FILE or --all-users")
        }
    }

    private struct Answer: Encodable {
        let userId: String
        let modelVersion: String
        /// What the probabilities are over.
        let candidates: Candidates
        let recommendations: [Recommender.Recommendation]
    }

    private struct Candidates: Encodable {
        let count: Int
        let which: String
    }

    func run() throws {
        let policy = try ListPolicy(
            exploration: explore, diversity: diversity, popularityCorrection: popularityCorrection,
            impressions: impressions)
        let recommender = try global.recommender()
        let filter = try filter()
        if let user, file == nil {
            let found = try recommender.recommend(toUser: user, count: count, filter: filter, policy: policy)
            let seen = filter.includesSeen ? "rated by the user or not" : "not rated by the user"
            let answer = Answer(
                userId: user, modelVersion: recommender.snapshot.version,
                candidates: Candidates(
                    count: found.candidates, which: "items that pass the filters, \(seen)"),
                recommendations: found.list)
            try output.print(answer) { Self.text(found.list, user: user) }
        } else {
            try batch(BatchRecommender(recommender, count: count, filter: filter, policy: policy))
        }
    }

    private func batch(_ lists: BatchRecommender) throws {
        let wanted = try user.map { [$0] } ?? users.map(IDList.read)
        guard let file else {
            let report = try keeping("the lists above are whole, the rest is missing", "make all with") {
                try lists.run(users: wanted, monitor: global.monitor()) { StandardOutput.stream($0) }
            }
            return note(report)
        }
        let sink = try AtomicOutputFile(path: file)
        let report = try keeping("no list was written to \(file)", "make them with") {
            try lists.run(users: wanted, monitor: global.monitor(), write: sink.write)
        }
        try sink.finish()
        global.note("wrote \(report.lists.grouped) lists to \(file)")
        note(report)
    }

    /// What became of the new items.
    private func note(_ report: BatchRecommender.Report) {
        guard report.newItems > 0 else { return }
        let exposure = report.exposure
        global.note(
            "of \(report.newItems.grouped) new items \(exposure.shown.percent) stand on somebody's list (Gini \(exposure.gini.formatted(3)))"
        )
        guard report.shortItems > 0 else { return }
        global.note(
            "\(report.shortItems.grouped) new items stand on fewer than \(impressions) lists, none on fewer than \(report.fewest): there was no more room; give a larger -n or a smaller --impressions"
        )
    }

    private func filter() throws -> ItemFilter {
        var filter = ItemFilter()
        filter.onlyNew = only.contains(.new)
        filter.includesSeen = only.contains(.seenToo)
        filter.genres = genre
        filter.years = year?.years
        filter.excluded = exclude
        if !candidates.isEmpty { filter.candidates = try candidates.flatMap(IDList.read) }
        return filter
    }

    static func text(_ list: [Recommender.Recommendation], user: String) -> String {
        guard !list.isEmpty else { return "Nothing left to recommend to \(user) with these filters.\n" }
        var table = TextTable([("", true), ("item", false), ("title", false), ("score", true), ("", false)])
        for entry in list {
            table.add(
                "\(entry.rank)", entry.itemId, titled(entry.title, entry.year), entry.score.formatted(3),
                entry.provenance == .learned ? "" : "★ new")
        }
        return table.rendered()
    }
}

/// `1990..1999`, `1990..`, `..1999` or `1994`.
struct YearRange: ExpressibleByArgument {
    let years: ClosedRange<Int>

    init?(argument: String) {
        guard let years = ItemFilter.years(argument) else { return nil }
        self.years = years
    }
}
