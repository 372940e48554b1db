import Foundation
import Testing

/// Every example in a command's help ends without an error, on a copy of the sample with the files that the examples name.
@Suite struct HelpExamplesTests {
    /// A command as its help describes it.
    private struct Help: Decodable {
        let commandName: String
        let discussion: String?
        let subcommands: [Help]?
        let shouldDisplay: Bool?

        /// Lines that begin with the program's name, without the remark behind.
        var examples: [String] {
            (discussion ?? "").replacingOccurrences(of: "\\\n", with: " ").split(separator: "\n").compactMap {
                line in
                guard
                    let start = line.range(
                        of: #"^ *(Examples?: )?(?=coldstart )"#, options: .regularExpression)
                else { return nil }
                let command = line[start.upperBound...]
                return String(command[..<(command.range(of: "   ")?.lowerBound ?? command.endIndex)])
            }
        }
    }

    private struct Document: Decodable { let command: Help }

    private func help() throws -> Help {
        let run = try Product.run(["--experimental-dump-help"])
        return try JSONDecoder().decode(Document.self, from: Data(run.output.utf8)).command
    }

    /// Examples by command, those of its own subcommands with it.
    private func examples() throws -> [(command: String, examples: [String])] {
        func all(_ help: Help) -> [String] { help.examples + (help.subcommands ?? []).flatMap(all) }
        return (try help().subcommands ?? []).filter { $0.commandName != "help" && $0.shouldDisplay != false }
            .map { ($0.commandName, all($0)) }
    }

    @Test func theManualPageHasEveryCommandAndSomeOptions() throws {
        let run = try Product.run(["manual"])
        #expect(run.code == 0 && run.output.hasPrefix(".TH COLDSTART 1"), "\(run.errors)")
        let text = run.output.replacingOccurrences(of: "\\-", with: "-")
        for (command, _) in try examples() { #expect(text.contains("\"coldstart \(command)\"")) }
        for word in ["--impressions", "--poster", "ENVIRONMENT", "COLDSTART_WORKSPACE", "EXIT STATUS", "130"]
        {
            #expect(text.contains(word))
        }
    }

    @Test func everyCommandHasAnExample() throws {
        for (command, examples) in try examples() { #expect(!examples.isEmpty, "coldstart \(command)") }
    }

    @Test func everyExampleRuns() throws {
        let (folder, workspace) = try SampleWorkspace.copy()
        try prepare(folder, workspace)
        for example in try examples().flatMap(\.examples) {
            let run = try shell(Self.runnable(example), folder, workspace)
            #expect(run.status == 0, "\(example): \(run.output)")
        }
    }

    /// A service would not end: its options are held against what they may be, and the service itself has tests of its own.
    private static func runnable(_ example: String) -> String {
        example.replacingOccurrences(of: "coldstart serve", with: "coldstart config show")
            .replacingOccurrences(
                of: "revoke 1f0c8e2a",
                with:
                    "revoke $(coldstart keys list --json | sed -n 's/.*\"id\" *: *\"\\([^\"]*\\)\".*/\\1/p' | head -n 1)"
            )
    }

    /// What the examples name: items, users and files.
    private func prepare(_ folder: TemporaryFolder, _ workspace: URL) throws {
        let posters = SampleWorkspace.data.appendingPathComponent("posters").path
        try folder.write("arrivals.csv", "item_id,title,genres\nnew1,A First,Drama\nnew2,A Second,Comedy\n")
        try folder.write("ratings.csv", "user_id,item_id,rating\nu001,m001,4\n")
        let commands = """
            set -e
            ln -s '\(SampleWorkspace.data.path)' SampleData
            cp '\(posters)/m001.png' harbour.jpg; cp '\(posters)/m001.png' a.jpg; cp '\(posters)/m002.png' b.jpg
            gzip ratings.csv
            coldstart add -q --id 1 --title One --genre Drama
            coldstart rate -q --user 42 --item 1 --rating 5
            coldstart rate -q --user 42 --item m001 --rating 5
            coldstart export vectors -q --format npy items.npy; mv items.ids.txt items.txt
            coldstart export vectors -q --users --format npy users.npy; mv users.ids.txt users.txt
            """
        let run = try shell(commands, folder, workspace)
        try #require(run.status == 0, "\(run.output)")
    }

    private func shell(_ command: String, _ folder: TemporaryFolder, _ workspace: URL) throws -> (
        status: Int32, output: String
    ) {
        let process = Process(), pipe = Pipe()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", command]
        process.currentDirectoryURL = folder.url
        process.environment = ProcessInfo.processInfo.environment.merging([
            "PATH": Product.binary.deletingLastPathComponent().path + ":/usr/bin:/bin",
            "COLDSTART_WORKSPACE": workspace.path,
        ]) { $1 }
        process.standardOutput = pipe
        process.standardError = pipe
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return (process.terminationStatus, String(output.suffix(600)))
    }
}
