import ArgumentParser
import Foundation

/// Ours and the peers' in turn, so that both meet the same machine, and the ratios as a table.
struct Compare: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Ours, and the peers' programs in turn where a Python has them; the ratios as a table.")

    @Option(
        help: "A Python with the packages of Sources/Benchmarks/Peers/requirements.txt; without, ours alone.")
    var python: String?

    @Option(help: "The folder of the peers' scripts.")
    var peers = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("Peers").path

    @Option(help: "Times that each side runs; the best counts.")
    var rounds = 3

    @Option(help: "Threads to compute with.")
    var threads = 1

    @Argument(help: "The benchmarks to compare; without, all.")
    var benchmarks: [String] = []

    /// Our commands, which the peers' scripts are named after, and whether both take the data from a folder.
    private static let commands: [(name: String, sharesFiles: Bool)] = [
        ("poster", false), ("text", false), ("factorisation", true), ("topn", false), ("images", true),
    ]

    /// Of each figure in a run. Many short ones, because the best is compared: on a machine with neighbours it is the one
    /// that they left alone.
    private static let repeats = 15

    func validate() throws {
        let names = Self.commands.map(\.name)
        if let unknown = benchmarks.first(where: { !names.contains($0) }) {
            throw ValidationError(
                "there is no '\(unknown)' to compare; there are \(names.joined(separator: ", "))")
        }
    }

    func run() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "benchmarks-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        var table = ComparisonTable()
        print(ComparisonTable.header)
        for command in Self.commands where benchmarks.isEmpty || benchmarks.contains(command.name) {
            let files = command.sharesFiles ? ["--files", folder.path] : []
            for _ in 0..<rounds {
                table.add(try ours(command.name, files).records())
                if let python { table.add(try theirs(python, command.name, files).records()) }
            }
            for row in table.finish() { print(row) }
        }
    }

    private func ours(_ name: String, _ files: [String]) -> Program {
        let executable = Bundle.main.executableURL ?? URL(fileURLWithPath: CommandLine.arguments[0])
        return Program(
            executable: executable,
            arguments: [name, "--json", "--threads", "\(threads)", "--repeats", "\(Self.repeats)"] + files)
    }

    private func theirs(_ python: String, _ name: String, _ files: [String]) -> Program {
        Program(
            executable: URL(fileURLWithPath: python),
            arguments: ["\(peers)/\(name).py", "--threads", "\(threads)", "--repeats", "\(Self.repeats)"]
                + files)
    }
}
