public import ArgumentParser
import Catalogue
import Diagnostics
public import Recommendation

struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write vectors, the model or the catalogue for other programs.",
        subcommands: [ExportVectors.self, ExportModel.self, ExportCatalogue.self])
}

struct ExportVectors: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "vectors",
        abstract:
            "The vectors of items or users, in the coordinates in which they were imported, if they were.",
        discussion: """
            Example: coldstart export vectors --only new --format npy new-items.npy

            npy: ids and biases lie beside the file, as new-items.ids.txt and new-items.biases.npy. safetensors: tensors \
            'items' and 'item_biases', ids in the metadata as 'item_ids', one a line. csv: item_id,provenance,bias,v1,v2 and so \
            on. There are no biases where vectors without biases were imported: a score is the product of user and item alone.
            """)

    @OptionGroup var global: GlobalOptions
    @OptionGroup var output: OutputOptions

    @Option(help: "npy, safetensors or csv (default: what the file's name ends in).")
    var format: VectorFormat?

    enum Only: String, ExpressibleByArgument, CaseIterable { case new }

    @Option(help: "'new': only items that ratings have not placed.")
    var only: Only?

    @Flag(help: "The users instead of the items, as they are served now.")
    var users = false

    @Argument(help: "The file to write.", completion: .file())
    var file: String

    mutating func validate() throws {
        if users && only != nil { throw ValidationError("--only new is about items: leave out --users") }
    }

    func run() throws {
        let format = try format ?? VectorFormat(ofFile: file)
        let export = VectorExport(try global.recommender())
        let monitor = global.monitor()
        let report = try keeping("\(file) was not written", "export it with") {
            try monitor.report("Writing vectors", 0)
            return users
                ? try export.writeUsers(format: format, to: file)
                : try export.writeItems(onlyNew: only == .new, format: format, to: file)
        }
        try output.print(report) {
            "Wrote \(report.vectors.grouped) vectors of \(report.dimensions) numbers to "
                + report.files.joined(separator: ", ") + ".\n"
        }
    }
}

extension VectorFormat: ExpressibleByArgument {}
