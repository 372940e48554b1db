import Diagnostics
import Foundation

/// Draws the sample catalogue and writes it to a folder.
@main
enum SampleDataGenerator {
    static func main() {
        do {
            try run(Arguments(Array(CommandLine.arguments.dropFirst())))
        } catch let diagnostic as Diagnostic {
            fail(diagnostic.description, diagnostic.kind.exitCode)
        } catch {
            fail("\(error)", 1)
        }
    }

    private static func run(_ arguments: Arguments) throws {
        let sample = SampleData(seed: arguments.seed)
        var folder = try Folder(arguments.folder)
        try sample.write(to: &folder, seed: arguments.seed)
        print(
            """
            \(arguments.folder): \(folder.files) files, \(folder.bytes) bytes
            \(sample.items.count) films, \(sample.viewers.count) viewers, \(sample.ratings.count) ratings, \
            \(sample.arrivals.count) new arrivals
            """)
        if let truth = arguments.truth {
            var folder = try Folder(truth)
            try sample.writeTruth(to: &folder)
            print("\(truth): what is true of them")
        }
    }

    private static func fail(_ message: String, _ code: Int32) -> Never {
        FileHandle.standardError.write(Data((message + "\n").utf8))
        exit(code)
    }
}
