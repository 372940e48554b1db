import Foundation

/// The product while it runs: a test waits for what it says, and sends it signals.
final class RunningProduct {
    private let process = Process()
    private let folder: TemporaryFolder
    private var out: URL { folder.url.appendingPathComponent("out") }
    private var err: URL { folder.url.appendingPathComponent("err") }

    /// Starts it.
    ///
    /// - Parameter standardInput: nothing by default.
    init(_ arguments: [String], workspace: URL, standardInput: Any? = nil) throws {
        folder = try TemporaryFolder()
        process.executableURL = Product.binary
        process.arguments = ["--workspace", workspace.path] + arguments
        for file in [out, err] { _ = FileManager.default.createFile(atPath: file.path, contents: nil) }
        process.standardOutput = try FileHandle(forWritingTo: out)
        process.standardError = try FileHandle(forWritingTo: err)
        process.standardInput = standardInput ?? FileHandle.nullDevice
        Self.unblockSignals()
        try process.run()
    }

    deinit { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }

    /// The threads that tests run on block signals, and a child begins with the mask of its parent's thread.
    static func unblockSignals() {
        var signals = sigset_t()
        sigemptyset(&signals)
        for number in [SIGINT, SIGTERM] { sigaddset(&signals, number) }
        pthread_sigmask(SIG_UNBLOCK, &signals, nil)
    }

    /// Waits until standard error has a text, or the process has ended.
    func waitFor(_ text: String) throws {
        while process.isRunning, try !String(contentsOf: err, encoding: .utf8).contains(text) {
            usleep(20_000)
        }
    }

    /// Sends a signal, and waits for the end.
    func end(with signal: Int32) throws -> Product.Run {
        kill(process.processIdentifier, signal)
        return try end()
    }

    /// Waits for the end.
    func end() throws -> Product.Run {
        process.waitUntilExit()
        // Ended by a signal it would have no exit code of its own.
        let code = process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
        return Product.Run(
            code: code, output: try String(contentsOf: out, encoding: .utf8),
            errors: try String(contentsOf: err, encoding: .utf8))
    }
}
