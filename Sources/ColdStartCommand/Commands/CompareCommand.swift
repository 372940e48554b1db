import ArgumentParser
import Catalogue
import Recommendation

struct CompareCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract:
            "Two posters for one item, before it is there: whom each draws, and whether that is more than noise.",
        discussion: """
            Nothing is stored.
            Example:
              coldstart compare --poster a.jpg --poster b.jpg --title "The Quiet Harbour" --genre Drama --year 2026 \\
                  --description "A lighthouse keeper …"
            """)

    @OptionGroup var global: GlobalOptions
    @OptionGroup var output: OutputOptions

    @Option(help: ArgumentHelp("Poster, PNG or JPEG: give it twice.", valueName: "file"), completion: .file())
    var poster: [String] = []
    @Option(help: "Title.") var title: String
    @Option(help: "Description.") var description: String?
    @Option(help: "Genre (may be repeated).") var genre: [String] = []
    @Option(help: "Year.") var year: Int?
    @Option(help: "Director (may be repeated).") var director: [String] = []
    @Option(
        name: .customLong("attribute"),
        help: ArgumentHelp(
            "Any other column, such as cast=Ana Reis (may be repeated).", valueName: "name=value"))
    var attributes: [String] = []
    @Option(name: .customShort("n"), help: "How many neighbours to show.") var count = 5

    func validate() throws {
        guard poster.count == 2 else { throw ValidationError("give --poster twice") }
        guard count >= 1 else { throw ValidationError("-n is a number from 1") }
        guard !title.allSatisfy(\.isWhitespace) else { throw ValidationError("the title is empty") }
        guard attributes.allSatisfy({ $0.contains("=") }) else {
            throw ValidationError("--attribute takes name=value, such as cast=\"Ana Reis\"")
        }
    }

    func run() throws {
        var columns: [String: [String]] = [:]
        for pair in attributes {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if !parts[1].isEmpty { columns[String(parts[0]), default: []].append(String(parts[1])) }
        }
        if !director.isEmpty { columns["director", default: []] += director }
        let item = Item(
            id: "compared", title: title, year: year, genres: genre, description: description ?? "",
            attributes: columns)
        let posters = try poster.map { (bytes: try PosterFile.read($0), name: $0) }
        let explainer = try global.explainer()
        try global.begin("Comparing the posters")
        let comparison = try explainer.compare(posters[0], posters[1], for: item, count: count)
        try output.print(comparison) { comparison.text }
    }
}

extension PosterComparison {
    /// The comparison for people.
    var text: String {
        let verdict =
            isBeyondNoise
            ? "The two posters place it differently, beyond noise"
            : "No difference beyond noise: read nothing into the figures below"
        var text = """
            \(verdict).
            Scores differ by \(distance.formatted(4)) ± \(deviation.formatted(4)) (root mean square over users).
            The average user's score is \(appeal.difference.formatted(4)) higher with A, 95 % [\(appeal.low.formatted(4)), \(appeal.high.formatted(4))].
            Of the likeliest \(audience.size.grouped) of \(audience.users.grouped) users, \(audience.shared.grouped) are the same; \
            \(audience.onlyA.grouped) only with A, \(audience.onlyB.grouped) only with B.
            Surely (95 %) higher with A for \(audience.surelyA.grouped) users, with B for \(audience.surelyB.grouped).

            """
        for (name, side) in [("A", a), ("B", b)] {
            text +=
                "\(name), \(side.poster): among the first 20 of \(side.reach.percent) of users. What it is like:\n"
            text += SimilarCommand.text(side.neighbours)
        }
        guard isBeyondNoise else { return text }
        return text + "Drawn most by A:\n" + CardText.table(traitsOfA) + "Drawn most by B:\n"
            + CardText.table(traitsOfB)
    }
}
