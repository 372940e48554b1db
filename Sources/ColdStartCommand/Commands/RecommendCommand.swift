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
            """)

    @OptionGroup var global: GlobalOptions
    @OptionGroup var output: OutputOptions

    @Option(help: "One user's id.")
    var user: String?

    @Option(help: ArgumentHelp("File with a user id a line ('-' for standard input).", valueName: "file"))
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
        help: ArgumentHelp("File with an item id a line: only these (may be repeated).", valueName: "file"))
    var candidates: [String] = []

    @Option(
        name: [.customLong("output"), .customShort("o")],
        help: ArgumentHelp("Write CSV (user_id,item_id,score) to a file.", valueName: "file.csv"))
    var file: String?

    func validate() throws {
        guard [user != nil, users != nil, allUsers].count(where: \.self) == 1 else {
            throw ValidationError("give one of --user U, --users FILE and --all-users")
        }
        guard count >= 1 else { throw ValidationError("-n is a number from 1") }
    }

    private struct Answer: Encodable {
        let userId: String
        let modelVersion: String
        let recommendations: [Recommender.Recommendation]
    }

    func run() throws {
        let recommender = try global.recommender()
        let filter = try filter()
        if let user, file == nil {
            let list = try recommender.recommend(toUser: user, count: count, filter: filter)
            let answer = Answer(
                userId: user, modelVersion: recommender.snapshot.version, recommendations: list)
            try output.print(answer) { Self.text(list, user: user) }
        } else {
            try batch(recommender, filter)
        }
    }

    private func batch(_ recommender: Recommender, _ filter: ItemFilter) throws {
        let wanted = try user.map { [$0] } ?? users.map(IDList.read)
        let lists = BatchRecommender(recommender, count: count, filter: filter)
        guard let file else {
            _ = try lists.run(users: wanted, monitor: global.monitor()) {
                FileHandle.standardOutput.write(Data($0))
            }
            return
        }
        let sink = try AtomicOutputFile(path: file)
        let written = try lists.run(users: wanted, monitor: global.monitor(), write: sink.write)
        try sink.finish()
        global.note("wrote \(written.grouped) lists to \(file)")
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
        let parts = argument.components(separatedBy: "..")
        let first = parts.first.flatMap { $0.isEmpty ? Int.min : Int($0) }
        let last = parts.last.flatMap { $0.isEmpty ? Int.max : Int($0) }
        guard parts.count <= 2, argument != "..", !argument.isEmpty, let first, let last, first <= last else {
            return nil
        }
        years = first...last
    }
}
