public import ArgumentParser
import Catalogue
public import CollaborativeFiltering
import ContentProjection
import Diagnostics
import Recommendation

struct TrainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "train",
        abstract:
            "Learn the catalogue: collaborative space, content towers, projection; activate the result.",
        discussion: "Example: coldstart train --seed 7")

    @OptionGroup var global: GlobalOptions
    @OptionGroup var output: OutputOptions

    @Option(
        help:
            "Collaborative model: \(CollaborativeModels.names.joined(separator: ", ")); or \(ModelChoice.name), which tries them all on held-out likes.",
        completion: .list(CollaborativeModels.names + [ModelChoice.name]))
    var model: String?

    @Option(
        help: ArgumentHelp(
            "With --model mlp: what it is fitted to, likes (logistic) or ratings (squared).",
            valueName: "logistic|squared"))
    var loss: NetworkLoss?

    @Option(help: "Length of the item and user vectors (default: the model's).")
    var dimensions: Int?

    @Option(help: "Rounds of the collaborative model (default: the model's).")
    var epochs: Int?

    @Option(
        help: "What a liked item is held against, where the model learns by triplets (default: the model's).")
    var negatives: NegativeSampling?

    @Option(help: "Seed of all randomness: same seed and threads, same model, byte for byte.")
    var seed: UInt64 = 1

    @Flag(help: "Also train a CNN on posters and texts with labels, and let it earn a weight.")
    var cnn = false

    func run() throws {
        let workspace = try global.writableWorkspace()
        let lock = try workspace.lock()
        defer { withExtendedLifetime(lock) {} }
        let pipeline = TrainingPipeline(workspace: workspace, pool: global.pool(), monitor: global.monitor())
        let options = TrainingPipeline.Options(
            model: model, loss: loss, dimensions: dimensions, epochs: epochs, negatives: negatives,
            seed: seed,
            projection: .init(trainsNetwork: cnn))
        let outcome = try keeping(pipeline.remains(of: options), "train with") {
            try pipeline.train(options)
        }
        try output.print(outcome.card) { TrainingSummary(outcome).text }
    }
}

extension NetworkLoss: ExpressibleByArgument {}
extension NegativeSampling: ExpressibleByArgument {}
