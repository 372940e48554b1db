package import ArgumentParser
import ColdStartService
import Diagnostics
import Foundation
import Recommendation

/// The command line: one subcommand a file in `Commands`.
package struct ColdStart: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "coldstart",
        abstract: "Recommends titles that nobody has rated yet, from their poster and description.",
        discussion: """
            Start with 'coldstart demo', or with your own data:
              coldstart import DIR          items, users and ratings
              coldstart train               learn the catalogue
              coldstart add --title … --poster … --description …
              coldstart recommend --user U
            """,
        version: Release.version,
        groupedSubcommands: [
            CommandGroup(
                name: "Data",
                subcommands: [ImportCommand.self, AddCommand.self, RateCommand.self, ExportCommand.self]),
            CommandGroup(
                name: "Models",
                subcommands: [
                    TrainCommand.self, ImportVectorsCommand.self, RetrainCommand.self, EvaluateCommand.self,
                    ModelsCommand.self,
                ]),
            CommandGroup(
                name: "Answers",
                subcommands: [
                    RecommendCommand.self, SimilarCommand.self, AudienceCommand.self, ExplainCommand.self,
                    CardCommand.self, CompareCommand.self, MapCommand.self,
                ]),
            CommandGroup(
                name: "Service", subcommands: [ServeCommand.self, KeysCommand.self, ConfigCommand.self]),
            CommandGroup(
                name: "Help",
                subcommands: [
                    StatusCommand.self, DoctorCommand.self, DemoCommand.self, ManualCommand.self,
                ]),
        ])

    package init() {}

    /// Does what the process's arguments say, and ends it with an exit code where that fails.
    @MainActor package static func main() async {
        do {
            let arguments = LeadingOptions.moved(Array(CommandLine.arguments.dropFirst()))
            try requireCommand(arguments.first)
            var command = try parseAsRoot(arguments)
            // The service ends in its own way.
            if !(command is ServeCommand) { Interrupt.listen() }
            if var command = command as? any AsyncParsableCommand {
                if command is ServeCommand {
                    ServiceMemory.returnLargeArrays()
                    ServiceThreads.joinEventLoops()
                }
                try await command.run()
            } else {
                try command.run()
            }
            StandardError.conclude("")
        } catch let diagnostic as Diagnostic {
            StandardError.conclude("coldstart: \(diagnostic) [\(diagnostic.code)]\n")
            Foundation.exit(diagnostic.kind.exitCode)
        } catch {
            StandardError.conclude("")
            exit(withError: error)
        }
    }

    /// The parser takes a command that there is not for an argument too many.
    private static func requireCommand(_ name: String?) throws {
        guard let name, !name.hasPrefix("-") else { return }
        let names = (try CommandHelp.all().subcommands ?? []).map(\.commandName)
        guard !names.contains(name) else { return }
        throw Diagnostic(
            .usage, code: "command.unknown", "there is no command '\(name)'",
            fix: Suggestion.question(for: name, among: names) ?? "'coldstart --help' has all of them")
    }
}
