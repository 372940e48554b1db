import ArgumentParser
import Catalogue
import Diagnostics
import FloatKernels
import Foundation
import Recommendation

struct DemoCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract:
            "The whole way on the sample catalogue: import, train, add three new films, see who wants them.",
        discussion: """
            Writes only into its own folder, which it makes anew each time.
            Example: coldstart demo
            """)

    @Option(help: ArgumentHelp("Folder of the sample data.", valueName: "dir"), completion: .directory)
    var sample = "SampleData"

    @Option(help: ArgumentHelp("Folder for the demo's workspace.", valueName: "dir"), completion: .directory)
    var directory = ".coldstart-demo"

    @Option(help: "Number of threads (default: all processors).")
    var threads: Int?

    func run() throws {
        guard FileManager.default.fileExists(atPath: sample + "/items.csv") else {
            throw Diagnostic(
                .missingInput, code: "demo.no_sample", "the sample data is not here", at: .init(file: sample),
                fix: "run the demo in the project's folder, or name the sample with --sample DIR")
        }
        try prepareDirectory()
        try step("1. Import: items with posters, users, ratings", ["import", sample])
        try step("2. Train: a collaborative space from ratings, towers from posters and texts", ["train"])
        let added = try addArrivals()
        try step(
            "4. One user's recommendations, the new films in their place",
            ["recommend", "--user", try audienceOfFirst(added), "-n", "12"])
        try step("5. What is in the workspace", ["status"])
        StandardOutput.write(
            """

            Go on with it:
              \(program) --workspace \(directory) recommend --user u001 --only new
              \(program) --workspace \(directory) similar --item \(added.first ?? "m001")

            """)
    }

    /// As the user called it, so that the hints can be typed as they stand.
    private var program: String { CommandLine.arguments.first ?? "coldstart" }

    /// Three of the new arrivals, as an editor would add them.
    private func addArrivals() throws -> [String] {
        var ids: [String] = []
        let file = ArrivalsFile(path: sample + "/new-arrivals/arrivals.csv")
        var rows: [(item: Item, poster: ArrivalsFile.Poster?)] = []
        try file.forEachRow { rows.append(try $0.get()) }
        // Spread over the file, so that they are of different kinds.
        for index in [0, rows.count / 3, rows.count * 2 / 3] where index < rows.count {
            let (item, poster) = rows[index]
            var arguments = [
                "add", "--title", item.title, "--description", item.description, "--id", item.id,
            ]
            arguments += poster.map { ["--poster", $0.path] } ?? []
            arguments += item.genres.flatMap { ["--genre", $0] }
            arguments += item.year.map { ["--year", "\($0)"] } ?? []
            for (name, values) in item.attributes.sorted(by: { $0.key < $1.key }) {
                arguments += values.flatMap { ["--attribute", "\(name)=\($0)"] }
            }
            try step(
                ids.isEmpty ? "3. Add three films that nobody has rated" : nil, arguments,
                shown: "add --title \"\(item.title)\" --poster \(poster?.path ?? "–") --description \"…\" …")
            ids.append(item.id)
        }
        return ids
    }

    private func audienceOfFirst(_ ids: [String]) throws -> String {
        let workspace = try Workspace.open(at: directory, for: .reading)
        let model = try TrainedModel.open(ModelStore(directory: workspace.modelsDirectory))
        let recommender = Recommender(
            snapshot: try Snapshot(workspace.catalogue, model), store: workspace.catalogue,
            pool: .init(threads: 1))
        guard let first = ids.first else { return "u001" }
        return try recommender.audience(ofItem: first, count: 1).first?.userId ?? "u001"
    }

    private func step(_ heading: String?, _ arguments: [String], shown: String? = nil) throws {
        if let heading { StandardOutput.write("\n\(heading)\n") }
        StandardOutput.write("$ coldstart \(shown ?? arguments.joined(separator: " "))\n")
        let options = ["--workspace", directory] + (threads.map { ["--threads", "\($0)"] } ?? [])
        var command = try ColdStart.parseAsRoot(arguments + options)
        try command.run()
    }

    /// The demo's folder is made anew, but only if it is the demo's.
    private func prepareDirectory() throws {
        let marker = directory + "/this-is-a-demo"
        if FileManager.default.fileExists(atPath: directory) {
            guard FileManager.default.fileExists(atPath: marker) else {
                throw Diagnostic(
                    .usage, code: "demo.foreign_folder", "the folder exists and was not made by the demo",
                    at: .init(file: directory), fix: "name another with --directory")
            }
            try FileManager.default.removeItem(atPath: directory)
        }
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        try Data().write(to: URL(fileURLWithPath: marker))
    }
}
