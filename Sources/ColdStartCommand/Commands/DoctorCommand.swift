import ArgumentParser
import Catalogue
import Diagnostics
import Recommendation

struct DoctorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Read everything in the workspace, say what is broken or stale, and what mends it.",
        discussion: """
            Catalogue, posters, model versions, and the places of new items. Changes nothing; ends with 65 where something is \
            lost or broken, with 0 where it is only stale.
            Example: coldstart doctor
            """)

    @OptionGroup var global: GlobalOptions
    @OptionGroup var output: OutputOptions

    private struct Answer: Encodable {
        let isSound: Bool
        let checks: [HealthFinding]
        let status: StatusAnswer
        let next: String
        let why: String
    }

    func run() throws {
        let workspace = try global.readableWorkspace()
        let monitor = global.monitor()
        let examination = try keeping("nothing was changed", "look again with") {
            try WorkspaceExamination(workspace, pool: global.pool(), monitor: monitor)
        }
        let answer = Answer(
            isSound: examination.isSound, checks: examination.checks,
            status: StatusAnswer(examination.status, workspace: workspace.directory),
            next: examination.next.command, why: examination.next.why)
        try output.print(answer) { text(examination, workspace.directory) }
        guard examination.isSound else { throw Self.damage(examination, workspace.directory) }
    }

    private func text(_ examination: WorkspaceExamination, _ directory: String) -> String {
        "Workspace \(directory)\n" + FindingText.lines(examination.checks)
            + FindingText.next(examination.next)
    }

    private static func damage(_ examination: WorkspaceExamination, _ directory: String) -> Diagnostic {
        let broken = examination.checks.filter { $0.state == .damaged }
        return Diagnostic(
            .badData, code: "workspace.damaged",
            "\(broken.map(\.check).joined(separator: ", ")): something is lost or broken",
            at: .init(file: directory),
            fix: broken.contains { $0.command != nil }
                ? "run '\(examination.next.command)'" : "see what is said of it above")
    }
}
