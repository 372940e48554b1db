import ArgumentParser
import Catalogue
import Diagnostics
import FloatKernels
import Foundation
import Logging
import Recommendation

/// Options that every command has.
struct GlobalOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            "Folder of the workspace (default: $COLDSTART_WORKSPACE, or .coldstart).", valueName: "dir"),
        completion: .directory)
    var workspace: String?

    @Flag(name: [.short, .long], help: "Print no progress and no notes.")
    var quiet = false

    @Flag(name: [.short, .long], help: "Print more notes.")
    var verbose = false

    @Flag(name: .long, help: "Print no colour (also: NO_COLOR).")
    var noColor = false

    @Option(name: .long, help: "Number of threads (default: all processors).")
    var threads: Int?

    mutating func validate() throws {
        if let threads, threads < 1 || threads > 1024 {
            throw ValidationError("--threads is a number from 1 to 1024")
        }
    }

    /// The folder named, whether it exists or not.
    var workspaceDirectory: String {
        workspace ?? ProcessInfo.processInfo.environment["COLDSTART_WORKSPACE"] ?? Self.defaultDirectory
    }

    static let defaultDirectory = ".coldstart"
    /// The trained sample that a checkout brings along.
    static let sampleDirectory = "Models/sample"

    /// The workspace for a command that only reads.
    ///
    /// Where none is named and none is here, the sample workspace of a checkout answers, and says so.
    func readableWorkspace() throws -> Workspace {
        let directory = workspaceDirectory
        let isDefault = directory == Self.defaultDirectory
        if isDefault, !Workspace.exists(at: directory), Workspace.exists(at: Self.sampleDirectory) {
            note("no workspace here yet: answering from the sample in \(Self.sampleDirectory)")
            return try Workspace.open(at: Self.sampleDirectory, for: .reading)
        }
        return try Workspace.open(at: directory, for: .reading)
    }

    /// The workspace for a command that writes.
    func writableWorkspace() throws -> Workspace { try Workspace.open(at: workspaceDirectory, for: .writing) }

    /// Worker threads for heavy commands.
    func pool() -> ThreadPool { ThreadPool(threads: threads ?? ThreadPool.processorCount) }

    /// Progress on standard error, stopped by Ctrl-C and SIGTERM.
    func monitor() -> WorkMonitor {
        let wasInterrupted = Interrupt.watch()
        guard !quiet else { return WorkMonitor(onUpdate: { _ in }, shouldStop: wasInterrupted) }
        return WorkMonitor(onUpdate: { ProgressPrinter.shared.show($0) }, shouldStop: wasInterrupted)
    }

    /// Says what a command that only reads is about to do, if that takes its time.
    func begin(_ stage: String) throws {
        let monitor = monitor()
        try keeping("nothing was changed", "ask again with") { try monitor.report(stage, 0) }
    }

    /// Whether text for people may be coloured.
    var usesColor: Bool {
        !noColor && ProcessInfo.processInfo.environment["NO_COLOR"] == nil && isatty(STDOUT_FILENO) == 1
    }

    /// Notes on standard error: none with -q, more with -v.
    var logger: Logger {
        Logger(label: "coldstart") { _ in
            StandardErrorLog(level: quiet ? .error : verbose ? .debug : .notice)
        }
    }

    /// A remark for people.
    func note(_ text: String) { logger.notice("\(text)") }

    /// Opens the snapshot of the active version.
    func recommender() throws -> Recommender { try opened().recommender }

    /// The same, with what placed its items.
    func explainer() throws -> Explainer {
        let (recommender, workspace, model) = try opened()
        return Explainer(recommender, workspace, model)
    }

    private func opened() throws -> (recommender: Recommender, workspace: Workspace, model: TrainedModel) {
        let workspace = try readableWorkspace()
        let monitor = monitor()
        let (model, snapshot) = try keeping("nothing was changed", "ask again with") {
            try monitor.report("Reading the model", 0)
            let model = try TrainedModel.open(ModelStore(directory: workspace.modelsDirectory))
            try monitor.report("Reading the catalogue", 0)
            return (model, try Snapshot(workspace.catalogue, model))
        }
        logger.debug(
            "answering from model \(snapshot.version) in \(workspace.directory), \(snapshot.items.count) items"
        )
        if snapshot.unplacedCount > 0 {
            note(
                "\(snapshot.unplacedCount) items have no place in model \(snapshot.version) yet: run 'coldstart retrain'"
            )
        }
        let recommender = Recommender(snapshot: snapshot, store: workspace.catalogue, pool: pool())
        return (recommender, workspace, model)
    }
}

/// The option of every command that answers something.
struct OutputOptions: ParsableArguments {
    @Flag(name: .long, help: "Print the answer as JSON.")
    var json = false

    /// Prints an answer: as JSON, or as the text made for people.
    func print(_ answer: some Encodable, text: () -> String) throws {
        if json {
            StandardOutput.write(String(decoding: try StableJSON.encode(answer), as: UTF8.self) + "\n")
        } else {
            StandardOutput.write(text())
        }
    }
}
