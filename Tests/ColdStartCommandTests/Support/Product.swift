import Foundation

/// The built product, run as a user runs it: a process with arguments, streams and an exit code.
struct Product {
    /// What a run left behind.
    struct Run {
        let code: Int32
        let output: String
        let errors: String

        /// The output as JSON.
        func json() throws -> [String: Any] {
            try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any] ?? [:]
        }
    }

    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// Beside the tests' own build; another may be named by the environment.
    static var binary: URL {
        ProcessInfo.processInfo.environment["COLDSTART_BINARY"].map(URL.init(fileURLWithPath:))
            ?? root.appendingPathComponent(".build/release/coldstart")
    }

    /// Runs the product with the folder `workspace` as its workspace, under `emulator` where one is given.
    @discardableResult
    static func run(
        _ arguments: [String], workspace: URL? = nil, directory: URL = root, input: String? = nil,
        under emulator: [String] = []
    ) throws -> Run {
        let process = Process()
        let command =
            emulator + [binary.path] + (workspace.map { ["--workspace", $0.path] } ?? []) + arguments
        process.executableURL = URL(fileURLWithPath: command[0])
        process.arguments = Array(command.dropFirst())
        process.currentDirectoryURL = directory
        var environment = ProcessInfo.processInfo.environment
        environment["COLDSTART_WORKSPACE"] = nil
        process.environment = environment
        let folder = try TemporaryFolder()
        let (out, err) = (folder.url.appendingPathComponent("out"), folder.url.appendingPathComponent("err"))
        for file in [out, err] { FileManager.default.createFile(atPath: file.path, contents: nil) }
        process.standardOutput = try FileHandle(forWritingTo: out)
        process.standardError = try FileHandle(forWritingTo: err)
        let pipe = Pipe()
        process.standardInput = pipe
        try process.run()
        if let input { pipe.fileHandleForWriting.write(Data(input.utf8)) }
        try pipe.fileHandleForWriting.close()
        process.waitUntilExit()
        return Run(
            code: process.terminationStatus, output: try String(contentsOf: out, encoding: .utf8),
            errors: try String(contentsOf: err, encoding: .utf8))
    }
}

/// A folder that goes away with the value that holds it.
final class TemporaryFolder: Sendable {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appendingPathComponent("coldstart-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    /// Writes a text file into the folder.
    @discardableResult
    func write(_ name: String, _ text: String) throws -> URL {
        let file = url.appendingPathComponent(name)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
        return file
    }

    deinit { try? FileManager.default.removeItem(at: url) }
}

/// The sample catalogue, imported and trained once for all tests; each test works on a copy.
enum SampleWorkspace {
    static let data = Product.root.appendingPathComponent("SampleData")

    private static let trained = Result<TemporaryFolder, any Error> {
        let folder = try TemporaryFolder()
        let workspace = folder.url.appendingPathComponent("w")
        for arguments in [["import", data.path], ["train", "--seed", "5"]] {
            let run = try Product.run(arguments + ["-q"], workspace: workspace)
            guard run.code == 0 else { throw Failure(text: run.errors) }
        }
        return folder
    }

    struct Failure: Error { let text: String }

    /// A fresh copy in a folder of its own.
    static func copy() throws -> (folder: TemporaryFolder, workspace: URL) {
        let folder = try TemporaryFolder()
        let workspace = folder.url.appendingPathComponent("w")
        try FileManager.default.copyItem(at: try trained.get().url.appendingPathComponent("w"), to: workspace)
        return (folder, workspace)
    }
}
