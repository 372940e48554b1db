import ArgumentParser
import Catalogue
import Diagnostics
import Recommendation

struct ExportModel: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "model", abstract: "A model version as one file.",
        discussion: """
            Examples:
              coldstart export model model.safetensors
              coldstart export model --format onnx --inputs inputs.safetensors projection.onnx

            safetensors: all tensors and their checksums, as the workspace has them: items.vectors, users.vectors, the projection and the \
            rest, in the canonical gauge; ids as items.ids.bytes and items.ids.offsets.
            onnx: where content puts an item, from its content as coldstart encodes it to vector, bias and variance. Posters and \
            texts are not read in there; --inputs writes them encoded, for the items of the catalogue that ratings have not placed.
            """)

    @OptionGroup var global: GlobalOptions
    @OptionGroup var output: OutputOptions

    enum Format: String, ExpressibleByArgument, CaseIterable { case safetensors, onnx }

    @Option(help: "safetensors or onnx (default: what the file's name ends in, else safetensors).")
    var format: Format?

    @Option(
        help: ArgumentHelp(
            "With onnx: a safetensors file for the content of new items, encoded.", valueName: "file"),
        completion: .file())
    var inputs: String?

    @Option(help: "The version (default: the active one).")
    var version: String?

    @Argument(help: "The file to write.", completion: .file())
    var file: String

    private struct Answer: Encodable {
        let version: String
        let file: String
        let inputs: String?
    }

    private var chosen: Format { format ?? (file.hasSuffix(".onnx") ? .onnx : .safetensors) }

    mutating func validate() throws {
        if inputs != nil && chosen != .onnx { throw ValidationError("--inputs is for --format onnx") }
    }

    func run() throws {
        let workspace = try global.readableWorkspace()
        let store = ModelStore(directory: workspace.modelsDirectory)
        let name = try version ?? store.requireCurrent()
        let monitor = global.monitor()
        try keeping("\(file) was not written", "export it with") {
            try monitor.report("Verifying \(name)", 0)
            let model = try TrainedModel.open(store, version: name)
            try model.verify()
            try monitor.report("Writing \(file)", 0)
            switch chosen {
            case .safetensors: try store.copyModel(name, to: file)
            case .onnx: try writeONNX(model, workspace, monitor)
            }
        }
        try output.print(Answer(version: name, file: file, inputs: inputs)) {
            "Wrote \(name) to \(file)\(inputs.map { ", and what it reads of new items to \($0)" } ?? "").\n"
        }
    }

    private func writeONNX(_ model: TrainedModel, _ workspace: Workspace, _ monitor: WorkMonitor) throws {
        let pool = global.pool()
        if let inputs {
            let snapshot = try Snapshot(workspace.catalogue, model)
            try model.writeInputs(
                of: snapshot.items.filter(\.isNew).map(\.item),
                from: ContentReader(posters: workspace.posters, pool: pool), to: inputs, pool: pool,
                monitor: monitor)
        }
        try model.writeONNX(to: file, pool: pool)
    }
}
