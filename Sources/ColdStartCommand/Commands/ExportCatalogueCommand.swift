import ArgumentParser
import Catalogue
import Recommendation

struct ExportCatalogue: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "catalogue",
        abstract: "Items, users, ratings and posters as a folder that 'coldstart import' reads.",
        discussion: "Example: coldstart export catalogue my-catalogue")

    @OptionGroup var global: GlobalOptions
    @OptionGroup var output: OutputOptions

    enum Format: String, ExpressibleByArgument, CaseIterable { case csv }

    @Option(help: "csv.")
    var format: Format = .csv

    @Argument(help: "The folder to write; it must not exist yet.", completion: .directory)
    var folder: String

    private struct Answer: Encodable {
        let items: Int
        let users: Int
        let ratings: Int
        let posters: Int
    }

    func run() throws {
        let workspace = try global.readableWorkspace()
        let counts = try keeping("\(folder) was not written", "export it with") {
            try CatalogueExport(
                store: workspace.catalogue, posters: workspace.posters, monitor: global.monitor()
            ).write(to: folder)
        }
        let answer = Answer(
            items: counts.items, users: counts.users, ratings: counts.ratings, posters: counts.posters)
        try output.print(answer) {
            "Wrote \(answer.items.grouped) items, \(answer.users.grouped) users, \(answer.ratings.grouped) ratings and "
                + "\(answer.posters.grouped) posters to \(folder).\n"
        }
    }
}
