import ArgumentParser
import CollaborativeFiltering
import Recommendation

struct EvaluateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate",
        abstract:
            "Hold items out of the workspace's own ratings, train on the rest, and see how they are ranked.",
        discussion: """
            Tasks:
              cold      only held-out items compete
              mixed     held-out items compete with all others
              warm      held-out ratings of known items
              warm-up   held-out items, among themselves, collect their first ratings
              new-users held-out users, among all items, give their first ratings
              next-item the item that every user rated last, among all others
              content   as cold, by parts of the content: what each is worth in lists
              ratings   held-out ratings are predicted, by models that can: mf, mlp (by itself)
              lists, exploration   what the options of recommend gain and cost (each by itself)

            Examples:
              coldstart evaluate --task cold
              coldstart evaluate --output report.html
            """)

    @OptionGroup var global: GlobalOptions
    @OptionGroup var output: OutputOptions

    @Option(
        help: ArgumentHelp(
            "What is asked (may be repeated). Without it: cold, mixed, warm and warm-up.", valueName: "task"))
    var task: [Question] = []

    @Option(
        help: ArgumentHelp(
            "Collaborative model (may be repeated): the first is judged with content, all of them on known items.",
            discussion: "Of: \(CollaborativeModels.names.joined(separator: ", ")). Without it "
                + CollaborativeModels.fast.joined(separator: ", ") + "; for ratings "
                + CollaborativeModels.predictorNames.joined(separator: ", ") + ".", valueName: "name"))
    var model: [String] = []

    @Option(help: "How many parts the rated items are divided into; each is held out once.")
    var folds = 5

    @Option(help: "Seed of the division.")
    var seed: UInt64 = 1

    @Flag(help: "With --task content: also train a CNN, and say what it adds.")
    var cnn = false

    @Option(
        name: [.customLong("output"), .customShort("o")],
        help: ArgumentHelp("Also write a page with charts.", valueName: "file.html"), completion: .file())
    var file: String?

    func validate() throws {
        if let file, !file.lowercased().hasSuffix(".html") {
            throw ValidationError("--output writes an HTML page: name it .html")
        }
        guard (2...50).contains(folds) else { throw ValidationError("--folds is a number from 2 to 50") }
        guard tasks.count == task.count || (task.count == 1 && file == nil) else {
            throw ValidationError(
                "--task ratings, --task lists and --task exploration go alone, and without --output")
        }
        guard !cnn || tasks.contains(.content) else { throw ValidationError("--cnn needs --task content") }
    }

    /// What can be asked: how systems rank, how exactly they predict, or what the options of `recommend` do.
    enum Question: ExpressibleByArgument, Equatable {
        case scores(Evaluation.Task)
        case ratings, lists, exploration

        static let allValueStrings =
            Evaluation.Task.allCases.map(\.rawValue) + ["ratings", "lists", "exploration"]

        init?(argument: String) {
            switch argument {
            case "ratings": self = .ratings
            case "lists": self = .lists
            case "exploration": self = .exploration
            default:
                guard let task = Evaluation.Task(rawValue: argument) else { return nil }
                self = .scores(task)
            }
        }
    }

    /// Those of the questions that ask how systems rank.
    private var tasks: [Evaluation.Task] {
        task.compactMap { if case .scores(let task) = $0 { task } else { nil } }
    }

    func run() throws {
        // Opened first: what cannot be written is said before the work, not after it.
        let sink = try file.map(AtomicOutputFile.init)
        let evaluation = try Evaluation(
            workspace: global.readableWorkspace(), models: model, pool: global.pool(),
            monitor: global.monitor())
        // What there is is printed where Ctrl-C stops the rest.
        var done = 0
        try keeping(
            (done == 0
                ? "before a fold was done" : "after \(done) of \(folds) folds, of which the figures are")
                + (file == nil ? "" : "; no page was written"), "evaluate all of them with"
        ) {
            switch task {
            case [.ratings]: try predictRatings(evaluation) { done = $0 }
            case [.lists]: try compareLists(evaluation) { done = $0 }
            case [.exploration]: try explore(evaluation) { done = $0 }
            default:
                let report = try evaluation.run(
                    Set(tasks.isEmpty ? Evaluation.Task.standard : tasks), folds: folds, seed: seed,
                    trainsNetwork: cnn
                ) { report in
                    done = report.folds
                    try? print(report)
                }
                if let sink, let file {
                    try sink.write(Array(EvaluationPage(report).html.utf8))
                    try sink.finish()
                    global.note("wrote the report to \(file)")
                }
                try print(report)
            }
        }
    }

    /// One task answers with its object alone.
    private func print(_ report: Evaluation.Report) throws {
        let summary = EvaluationSummary(report)
        if report.tasks.count == 1 {
            try output.print(report.tasks[0]) { summary.text }
        } else {
            try output.print(report) { summary.text }
        }
    }

    private func predictRatings(_ evaluation: Evaluation, onInterrupt: (Int) -> Void) throws {
        func print(_ report: RatingReport) throws { try output.print(report) { report.text } }
        try print(
            evaluation.predictRatings(folds: folds, seed: seed) {
                onInterrupt($0.folds)
                try? print($0)
            })
    }

    private func compareLists(_ evaluation: Evaluation, onInterrupt: (Int) -> Void) throws {
        func print(_ report: ListComparison) throws { try output.print(report) { report.text } }
        try print(
            evaluation.compareLists(folds: folds, seed: seed) {
                onInterrupt($0.folds)
                try? print($0)
            })
    }

    private func explore(_ evaluation: Evaluation, onInterrupt: (Int) -> Void) throws {
        func print(_ report: ExplorationReport) throws { try output.print(report) { report.text } }
        try print(
            evaluation.explore(folds: folds, seed: seed) {
                onInterrupt($0.folds)
                try? print($0)
            })
    }
}
