import ArgumentParser
import Recommendation

struct CardCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "card",
        abstract:
            "A new item on one page: where it landed, who wants it, how sure that is, and what each side said.",
        discussion: """
            Examples:
              coldstart card --item the-quiet-harbour-2026
              coldstart card --item the-quiet-harbour-2026 --output card.html
            """)

    @OptionGroup var global: GlobalOptions
    @OptionGroup var output: OutputOptions

    @Option(help: "The item's id.")
    var item: String

    @Option(name: .customShort("n"), help: "How many neighbours and users to show.")
    var count = 6

    @Option(
        name: [.customLong("output"), .customShort("o")],
        help: ArgumentHelp("Write the card as one HTML page to a file.", valueName: "file.html"),
        completion: .file())
    var file: String?

    func validate() throws {
        guard count >= 1 else { throw ValidationError("-n is a number from 1") }
    }

    func run() throws {
        let explainer = try global.explainer()
        try global.begin("Making the card")
        let card = try explainer.card(item: item, count: count)
        if let file {
            let page = CardPage(card, poster: try explainer.poster(ofItem: item))
            let sink = try AtomicOutputFile(path: file)
            try sink.write(Array(page.html.utf8))
            try sink.finish()
            global.note("wrote the card to \(file)")
        }
        try output.print(card) { CardText(card).text }
    }
}
