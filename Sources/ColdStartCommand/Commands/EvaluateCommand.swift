public import ArgumentParser
public import Recommendation

struct EvaluateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate",
        abstract:
            "Hold items out of the workspace's own ratings, train on the rest, and see how they are ranked.",
        discussion: "Example: coldstart evaluate --task cold --folds 5")

    @OptionGroup var global: GlobalOptions
    @OptionGroup var output: OutputOptions

    @Option(help: "How many parts the rated items are divided into; each is held out once.")
    var folds = 5

    @Option(
        help:
            "cold: only held-out items compete; mixed: they compete with all others; warm: held-out ratings of known items; warm-up: held-out items collect their first ratings; new-users: held-out users give theirs."
    )
    var task: Evaluation.Task = .cold

    @Option(help: "Seed of the division.")
    var seed: UInt64 = 1

    func validate() throws {
        guard (2...50).contains(folds) else { throw ValidationError("--folds is a number from 2 to 50") }
    }

    func run() throws {
        let workspace = try global.readableWorkspace()
        let evaluation = Evaluation(workspace: workspace, pool: global.pool(), monitor: global.monitor())
        let result = try evaluation.run(task, folds: folds, seed: seed)
        try output.print(result) { Self.text(result) }
    }

    private static func text(_ result: Evaluation.Result) -> String {
        let isMixed = result.task == .mixed
        let isWarmUp = result.systems.contains { $0.ratings != nil }
        var table = TextTable(
            (isWarmUp ? [("ratings", true)] : [])
                + [("system", false), ("NDCG@20", true), ("±", true), ("recall@20", true)]
                + (isMixed ? [("new shown", true), ("Gini", true)] : []) + [("", false)])
        let best = result.systems.map(\.score.ndcg20).max() ?? 1
        for system in result.systems {
            let score = system.score
            let exposure = system.exposure.map { [$0.shown.percent, $0.gini.formatted(3)] }
            table.add(
                (system.ratings.map { ["\($0)"] } ?? [])
                    + [
                        system.name, score.ndcg20.formatted(4), score.ndcg20StandardError.formatted(4),
                        score.recall20.formatted(4),
                    ] + (exposure ?? []) + [bar(score.ndcg20 / max(best, 1e-9))])
        }
        return "Task \(result.task.rawValue), \(result.folds) folds, \(result.users.grouped) lists judged.\n"
            + table.rendered()
    }
}

extension Evaluation.Task: ExpressibleByArgument {}
