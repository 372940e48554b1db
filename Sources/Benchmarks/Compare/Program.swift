import Diagnostics
import Foundation

/// A program that prints records as lines of JSON: this one, or a peer's script.
struct Program {
    let executable: URL
    let arguments: [String]

    /// Runs it and reads what it prints; what it says on standard error goes to ours.
    ///
    /// - Throws: `benchmark.failed` where it does not end well.
    func records() throws -> [BenchmarkRecord] {
        let process = Process()
        let output = Pipe()
        process.executableURL = executable
        process.arguments = arguments
        process.standardOutput = output
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Diagnostic(
                .other, code: "benchmark.failed",
                "\(executable.lastPathComponent) \(arguments.joined(separator: " ")) ended with \(process.terminationStatus)",
                fix:
                    "for a peer, install the packages of Sources/Benchmarks/Peers/requirements.txt into its Python"
            )
        }
        return text.split(separator: "\n").compactMap(BenchmarkRecord.init(json:))
    }
}
