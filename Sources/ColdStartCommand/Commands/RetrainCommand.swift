import ArgumentParser
import Catalogue
import Diagnostics
import Recommendation

struct RetrainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retrain",
        abstract: "Fit the projection anew on what has been rated since, check it, and swap it in.",
        discussion: """
            The towers and the users stay; items with enough ratings of their own take their place from them. The new \
            version becomes active unless it ranks held-out items worse than the active one beyond noise.
            """)

    @OptionGroup var global: GlobalOptions
    @OptionGroup var output: OutputOptions

    @Flag(help: "Activate the new version even if it is worse.")
    var force = false

    func run() throws {
        let workspace = try global.writableWorkspace()
        let lock = try workspace.lock()
        defer { withExtendedLifetime(lock) {} }
        let pipeline = TrainingPipeline(workspace: workspace, pool: global.pool(), monitor: global.monitor())
        let outcome = try pipeline.retrain(force: force)
        try output.print(outcome.card) { TrainingSummary(outcome).text }
        guard outcome.isActive else {
            throw Diagnostic(
                .other, code: "retrain.worse",
                "\(outcome.card.version) ranks held-out items worse than the active version and was not activated",
                fix:
                    "look at the new data, or activate it with 'coldstart models activate \(outcome.card.version)'"
            )
        }
    }
}
