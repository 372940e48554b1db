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
            Example: coldstart retrain
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
        let outcome = try keeping("the active version is as it was", "retrain with") {
            try pipeline.retrain(force: force)
        }
        try output.print(outcome.card) { TrainingSummary(outcome).text }
        guard outcome.isActive else { throw Self.worse(outcome) }
    }

    private static func worse(_ outcome: TrainingPipeline.Outcome) -> Diagnostic {
        let version = outcome.card.version
        let reason = outcome.verdict.map {
            " (NDCG@20 \($0.candidate.formatted(3)) after \($0.active.formatted(3)), and two standard errors are \((2 * $0.standardError).formatted(3)))"
        }
        return Diagnostic(
            .other, code: "retrain.worse",
            "\(version) ranks held-out items worse than the active version\(reason ?? ""): it is kept, but was not activated",
            fix:
                "look at the new data, or have it all the same: 'coldstart models activate \(version)', or 'coldstart retrain --force' next time"
        )
    }
}
