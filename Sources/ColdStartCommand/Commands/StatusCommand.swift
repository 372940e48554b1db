import ArgumentParser
import Catalogue
import Diagnostics
import Recommendation

struct StatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "What is in the workspace, what is stale, what to do next.",
        discussion: """
            A quick look; 'coldstart doctor' also reads everything to see whether it is whole.
            Example: coldstart status
            """)

    @OptionGroup var global: GlobalOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let workspace = try global.readableWorkspace()
        let monitor = global.monitor()
        let status = try keeping("nothing was changed", "look again with") {
            try WorkspaceStatus(workspace, monitor: monitor)
        }
        try output.print(StatusAnswer(status, workspace: workspace.directory)) {
            StatusText(status, workspace: workspace.directory).text
        }
    }
}

/// The answer as JSON; its keys are a promise.
struct StatusAnswer: Encodable {
    private struct Damage: Encodable {
        let code: String
        let message: String
    }

    private let workspace: String
    private let items, users, ratings, posters, descriptions, ratedItems: Int
    private let model: WorkspaceStatus.Model?
    private let damage: Damage?
    private let findings: [HealthFinding]
    private let next: String
    private let why: String

    init(_ status: WorkspaceStatus, workspace: String) {
        self.workspace = workspace
        let counts = status.counts
        (items, users, ratings) = (counts.items, counts.users, counts.ratings)
        (posters, descriptions, ratedItems) = (counts.posters, counts.descriptions, counts.ratedItems)
        model = status.model
        damage = status.damage.map { Damage(code: $0.code, message: $0.message) }
        findings = status.findings
        (next, why) = (status.next.command, status.next.why)
    }
}
