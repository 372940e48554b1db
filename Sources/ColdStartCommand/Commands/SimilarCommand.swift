public import ArgumentParser
public import Recommendation

struct SimilarCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "similar", abstract: "The items that an item is like.",
        discussion: "Example: coldstart similar --item 1 -n 5")

    @OptionGroup var global: GlobalOptions
    @OptionGroup var output: OutputOptions

    @Option(help: "The item's id.")
    var item: String

    @Option(name: .customShort("n"), help: "Length of the list.")
    var count = 10

    @Option(help: "How nearness is measured: cosine, euclidean or dot.")
    var metric: Recommender.Metric = .cosine

    enum Only: String, ExpressibleByArgument, CaseIterable { case new }

    @Option(help: "'new': only items without a learned place.")
    var only: Only?

    private struct Answer: Encodable {
        let itemId: String
        let neighbours: [Recommender.Neighbour]
    }

    func run() throws {
        let list = try global.recommender().neighbours(
            ofItem: item, count: count, metric: metric, onlyNew: only == .new)
        try output.print(Answer(itemId: item, neighbours: list)) { Self.text(list) }
    }

    static func text(_ list: [Recommender.Neighbour]) -> String {
        var table = TextTable([("item", false), ("title", false), ("similarity", true), ("", false)])
        for entry in list {
            table.add(
                entry.itemId, titled(entry.title, entry.year), entry.similarity.formatted(3),
                entry.provenance == .learned ? "" : "★ new")
        }
        return table.rendered()
    }
}

extension Recommender.Metric: ExpressibleByArgument {}
