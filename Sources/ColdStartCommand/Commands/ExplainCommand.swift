import ArgumentParser
import Recommendation

struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract:
            "Why a user is recommended an item: which history, words, poster regions and metadata did it.",
        discussion: """
            Of a new item the score is taken apart exactly: what an item of unknown content would get, and what its
            poster, its text, each kind of metadata and its first ratings add.
            Examples:
              coldstart explain --user 42 --item the-quiet-harbour-2026
              coldstart explain --user 42 --item the-quiet-harbour-2026 --output poster.png
            """)

    @OptionGroup var global: GlobalOptions
    @OptionGroup var output: OutputOptions

    @Option(help: "The user's id.")
    var user: String

    @Option(help: "The item's id.")
    var item: String

    @Option(name: .customShort("n"), help: "How many titles of the history, and how many words, to show.")
    var count = 5

    @Option(
        name: [.customLong("output"), .customShort("o")],
        help: ArgumentHelp(
            "Write the poster with what its regions say to a PNG file: orange speaks for it, blue against it.",
            valueName: "file.png"), completion: .file())
    var file: String?

    func validate() throws {
        guard count >= 1 else { throw ValidationError("-n is a number from 1") }
    }

    func run() throws {
        let explainer = try global.explainer()
        try global.begin("Explaining")
        let explanation = try explainer.explain(user: user, item: item, count: count)
        if let file {
            let sink = try AtomicOutputFile(path: file)
            try sink.write(explainer.heatMap(explanation))
            try sink.finish()
            global.note("wrote the poster to \(file)")
        }
        try output.print(explanation) { explanation.text }
    }
}

extension Explanation {
    /// The explanation for people.
    var text: String {
        var text = "Why \(userId) is recommended \(itemId), \(titled(title, year))"
        text += provenance == .learned ? ":\n" : " (★ new):\n"
        text +=
            baseline.map(sum)
            ?? "  score \(signed(score)): its place comes from ratings, not from its content\n"
        if !isComplete {
            text +=
                "  \(signed(unexplained ?? 0)) is not explained: the item was placed from other content than it has now\n"
        }
        text += section("What \(userId) rated (what the score loses without it):", historyTable)
        text += section("Words (what the score loses without each):", wordTable)
        return text + section("Regions of the poster (what the score loses without each):", regionTable)
    }

    private func section(_ heading: String, _ table: TextTable?) -> String {
        table.map { "\(heading)\n\($0.rendered())" } ?? ""
    }

    private func sum(_ baseline: Double) -> String {
        var table = TextTable([("", false), ("score", true), ("share", true), ("", false)])
        table.add("an item of unknown content", signed(baseline), "", "")
        for part in contributions {
            table.add(
                part.kind == "ratings" ? "first ratings" : part.kind, signed(part.contribution),
                part.share.percent, bar(part.share))
        }
        table.add("together", signed(score), "", "")
        return table.rendered()
    }

    private var historyTable: TextTable? {
        guard !history.isEmpty else { return nil }
        var table = TextTable([
            ("item", false), ("title", false), ("rating", true), ("similarity", true), ("score", true),
        ])
        for entry in history {
            table.add(
                entry.itemId, titled(entry.title, entry.year), shortest(entry.rating),
                entry.similarity.formatted(3), entry.contribution.map(signed) ?? "")
        }
        return table
    }

    private var wordTable: TextTable? {
        guard !words.isEmpty else { return nil }
        var table = TextTable([("word", false), ("in", false), ("score", true)])
        for word in words { table.add(word.word, word.text, signed(word.contribution)) }
        return table
    }

    private var regionTable: TextTable? {
        guard let regions = poster?.regions, !regions.isEmpty else { return nil }
        var table = TextTable([("where", false), ("across", true), ("down", true), ("score", true)])
        for region in regions {
            table.add(
                region.name, extent(region.left, region.width), extent(region.top, region.height),
                signed(region.contribution))
        }
        return table
    }

    private func extent(_ start: Double, _ length: Double) -> String {
        "\((start * 100).formatted(0))–\(((start + length) * 100).formatted(0)) %"
    }

    private func signed(_ value: Double) -> String { (value < 0 ? "" : "+") + value.formatted(3) }

    /// `4` or `3.5`.
    private func shortest(_ rating: Float) -> String {
        rating == rating.rounded() ? rating.formatted(0) : "\(rating)"
    }
}
