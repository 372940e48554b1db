import ArgumentParser
import Catalogue
import Diagnostics
import Recommendation

struct ExportModel: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "model", abstract: "A model version as one file.",
        discussion: """
            Example: coldstart export model model.safetensors

            All tensors and their checksums, as the workspace has them: items.vectors, users.vectors, the projection and the \
            rest, in the canonical gauge; ids as items.ids.bytes and items.ids.offsets.
            """)

    @OptionGroup var global: GlobalOptions
    @OptionGroup var output: OutputOptions

    enum Format: String, ExpressibleByArgument, CaseIterable { case safetensors }

    @Option(help: "safetensors.")
    var format: Format = .safetensors

    @Option(help: "The version (default: the active one).")
    var version: String?

    @Argument(help: "The file to write.")
    var file: String

    private struct Answer: Encodable {
        let version: String
        let file: String
    }

    func run() throws {
        let store = ModelStore(directory: try global.readableWorkspace().modelsDirectory)
        let name = try version ?? store.requireCurrent()
        let monitor = global.monitor()
        try keeping("\(file) was not written", "export it with") {
            try monitor.report("Verifying \(name)", 0)
            try TrainedModel.open(store, version: name).verify()
            try monitor.report("Writing \(file)", 0)
            try store.copyModel(name, to: file)
        }
        try output.print(Answer(version: name, file: file)) { "Wrote \(name) to \(file).\n" }
    }
}
