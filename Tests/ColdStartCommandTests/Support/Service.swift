import Foundation
import Testing

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// `coldstart serve` in a process of its own, ended with the value that holds it.
final class Service {
    let port: Int
    let process = Process()
    private let log: URL

    /// Starts it and waits until it listens.
    init(
        _ folder: TemporaryFolder, workspace: URL, _ arguments: [String] = [],
        environment: [String: String] = [:]
    ) throws {
        log = folder.url.appendingPathComponent("log-\(UUID().uuidString)")
        _ = FileManager.default.createFile(atPath: log.path, contents: nil)
        process.executableURL = Product.binary
        process.arguments =
            ["serve", "--workspace", workspace.path, "--port", "0", "--log-format", "json"] + arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardError = try FileHandle(forWritingTo: log)
        process.standardOutput = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        try process.run()
        var found: Int?
        for _ in 0..<300 where found == nil {
            Thread.sleep(forTimeInterval: 0.1)
            found = try Self.lines(log).first { $0["message"] as? String == "listening" }
                .flatMap { ($0["address"] as? String)?.split(separator: ":").last.flatMap { Int($0) } }
        }
        port = try #require(found)
    }

    deinit { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }

    /// The log so far.
    func lines() throws -> [[String: Any]] { try Self.lines(log) }
    func text() throws -> String { try String(contentsOf: log, encoding: .utf8) }

    /// Sends a signal.
    func signal(_ number: Int32) { kill(process.processIdentifier, number) }

    /// Asks, and gives the status.
    func status(_ path: String, token: String? = nil, _ configure: (inout URLRequest) -> Void = { _ in })
        async throws -> Int
    {
        var request = URLRequest(url: try #require(URL(string: "http://127.0.0.1:\(port)\(path)")))
        if let token { request.setValue("Bearer \(token)", forHTTPHeaderField: "Authorization") }
        configure(&request)
        let (_, response) = try await URLSession.shared.data(for: request)
        return (response as? HTTPURLResponse)?.statusCode ?? 0
    }

    private static func lines(_ file: URL) throws -> [[String: Any]] {
        try String(contentsOf: file, encoding: .utf8).split(separator: "\n").compactMap {
            try? JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]
        }
    }
}
