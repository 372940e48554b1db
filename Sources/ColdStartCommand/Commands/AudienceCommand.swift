import ArgumentParser
import Recommendation

struct AudienceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audience", abstract: "The users who are likeliest to want an item.",
        discussion: "Example: coldstart audience --item 1 -n 20 --json")

    @OptionGroup var global: GlobalOptions
    @OptionGroup var output: OutputOptions

    @Option(help: "The item's id.")
    var item: String

    @Option(name: .customShort("n"), help: "Length of the list.")
    var count = 10

    private struct Answer: Encodable {
        let itemId: String
        let audience: [Recommender.AudienceMember]
    }

    func run() throws {
        let recommender = try global.recommender()
        try global.begin("Finding who wants it")
        let list = try recommender.audience(ofItem: item, count: count)
        try output.print(Answer(itemId: item, audience: list)) { Self.text(list) }
    }

    static func text(_ list: [Recommender.AudienceMember]) -> String {
        var table = TextTable([("user", false), ("score", true)])
        for entry in list { table.add(entry.userId, entry.score.formatted(3)) }
        return table.rendered()
    }
}
