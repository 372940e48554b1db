import Foundation
import Testing

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// The service as an operator runs it: keys, signals, log, configuration.
@Suite struct ServeCommandTests {
    private let folder: TemporaryFolder
    private let workspace: URL

    init() throws { (folder, workspace) = try SampleWorkspace.copy() }

    private func addKey(_ role: String) throws -> (id: String, token: String) {
        let run = try Product.run(
            ["keys", "add", "--name", "test", "--role", role, "--json"], workspace: workspace)
        let json = try run.json()
        return (try #require(json["id"] as? String), try #require(json["token"] as? String))
    }

    @Test func keysAreMadeListedAndRevokedAndARunningServiceKnows() async throws {
        let (id, token) = try addKey("read")
        let service = try Service(folder, workspace: workspace, ["--log-level", "trace"])
        #expect(try await service.status("/v1/status") == 401)
        #expect(try await service.status("/v1/status", token: token) == 200)
        #expect(
            try await service.status("/v1/status", token: "cs_\(id)_" + String(repeating: "0", count: 64))
                == 401)

        let (second, other) = try addKey("admin")
        let list = try Product.run(["keys", "list"], workspace: workspace).output
        #expect(list.contains(id) && list.contains(second) && list.contains("admin"))
        #expect(!list.contains(token.suffix(64)))
        service.signal(SIGHUP)
        try await Task.sleep(for: .milliseconds(500))
        #expect(try await service.status("/v1/status", token: other) == 200)

        let run = try Product.run(["keys", "revoke", id], workspace: workspace)
        #expect(run.code == 0 && run.output.contains(id))
        #expect(try Product.run(["keys", "revoke", token, "-q"], workspace: workspace).code == 66)
        service.signal(SIGHUP)
        try await Task.sleep(for: .milliseconds(500))
        #expect(try await service.status("/v1/status", token: token) == 401)
        #expect(try await service.status("/v1/status", token: other) == 200)
        // However much is logged, no token is, whether it is good or not.
        let log = try service.text()
        #expect(log.contains(second) && !log.contains(other.suffix(64)) && !log.contains(token.suffix(64)))
        #expect(!log.contains(String(repeating: "0", count: 64)))
    }

    @Test func anAddressForOthersNeedsAKey() throws {
        let run = try Product.run(["serve", "--host", "0.0.0.0", "--port", "0"], workspace: workspace)
        #expect(run.code == 64 && run.errors.contains("coldstart keys add"))
    }

    @Test func requestsAreLoggedInOneLineEachWhateverTheyHold() async throws {
        let service = try Service(folder, workspace: workspace, ["--log-level", "info"])
        let status = try await service.status("/v1/users/u001%0Afake%1B%5B31m")
        #expect((400..<500).contains(status))
        let lines = try service.lines()
        #expect(try service.text().split(separator: "\n").count == lines.count)
        let line = try #require(lines.last { $0["message"] as? String == "request" })
        #expect(line["method"] as? String == "GET" && line["route"] as? String == "/v1/users/{id}")
        #expect(line["status"] as? Int == status && line["ms"] as? Double != nil)
        #expect((line["request_id"] as? String)?.isEmpty == false)
    }

    @Test func aRequestThatIsUnderWayEndsBeforeTheServiceDoes() throws {
        let service = try Service(folder, workspace: workspace)
        let body = Data(#"{"user_id": "u001", "item_id": "m001", "rating": 5}"#.utf8)
        let slow = try SlowRequest(
            port: service.port,
            head: """
                POST /v1/ratings HTTP/1.1\r
                Host: localhost\r
                Content-Type: application/json\r
                Content-Length: \(body.count)\r
                \r

                """)
        let idle = try SlowRequest(port: service.port, head: "")
        Thread.sleep(forTimeInterval: 0.5)
        let start = Date()
        service.signal(SIGTERM)
        // Blocking, as a task might be woken late in a busy test run.
        Thread.sleep(forTimeInterval: 1)
        #expect(service.process.isRunning)
        #expect(try slow.finish(body).hasPrefix("HTTP/1.1 200"))
        service.process.waitUntilExit()
        #expect(service.process.terminationStatus == 0 && -start.timeIntervalSinceNow < 5)
        withExtendedLifetime(idle) {}
    }

    @Test func aRequestThatNeverEndsDoesNotKeepTheServiceAlive() throws {
        let service = try Service(folder, workspace: workspace)
        let slow = try SlowRequest(
            port: service.port,
            head: "POST /v1/ratings HTTP/1.1\r\nHost: localhost\r\n"
                + "Content-Type: application/json\r\nContent-Length: 100\r\n\r\n")
        Thread.sleep(forTimeInterval: 0.5)
        let start = Date()
        service.signal(SIGTERM)
        service.process.waitUntilExit()
        #expect(-start.timeIntervalSinceNow < 10)
        withExtendedLifetime(slow) {}
    }

    @Test func aRetrainBeginsByItselfOnce() async throws {
        let service = try Service(folder, workspace: workspace, ["--retrain-after-items", "2"])
        func add(_ id: String) async throws {
            let status = try await service.status("/v1/items") { request in
                request.httpMethod = "POST"
                request.setValue("application/json", forHTTPHeaderField: "Content-Type")
                request.httpBody = Data(#"{"id": "\#(id)", "title": "\#(id)", "genres": ["Drama"]}"#.utf8)
            }
            #expect(status == 201)
        }
        try await add("first")
        try await Task.sleep(for: .seconds(3))
        #expect(try await service.status("/v1/trainings/t1") == 404)
        try await add("second")
        var begun = false
        for _ in 0..<100 where !begun {
            try await Task.sleep(for: .milliseconds(200))
            begun = try await service.status("/v1/trainings/t1") == 200
        }
        #expect(begun)
        // However it ended, what it saw is not counted again.
        try await Task.sleep(for: .seconds(8))
        #expect(try await service.status("/v1/trainings/t2") == 404)
    }

    @Test func flagsCountBeforeTheEnvironmentAndThatBeforeTheFile() async throws {
        let file = try folder.write("serve.json", #"{"log_level": "info", "body_limit": 2000, "rate": 0.5}"#)
        for (arguments, size, status) in [
            (["--config", file.path], 1_600, 413), (["--body-limit", "1800"], 1_600, 400),
            (["--config", file.path], 1_400, 400),
        ] {
            let service = try Service(
                folder, workspace: workspace, arguments, environment: ["COLDSTART_BODY_LIMIT": "1500"])
            let answer = try await service.status("/v1/recommendations") { request in
                request.httpMethod = "POST"
                request.setValue("application/json", forHTTPHeaderField: "Content-Type")
                request.httpBody = Data(repeating: 0x20, count: size)
            }
            #expect(answer == status)
            let logsRequests = try service.lines().contains { $0["message"] as? String == "request" }
            #expect(logsRequests == arguments.contains("--config"))
        }
    }

    @Test(arguments: [
        (#"{"ports": 9000}"#, Int32(65), "did you mean 'port'?"),
        (#"{"port": 90000}"#, 65, "'port'"), (#"{"port": "http"}"#, 65, "'port'"),
        (#"{"log_level": "loud"}"#, 65, "error, warning, notice"), ("[1]", 65, "no JSON object"),
        ("{", 65, "no JSON object"), (#"{"tls_key": "key.pem"}"#, 64, "tls_certificate"),
    ])
    func aFileThatIsWrongIsRefused(text: String, code: Int32, word: String) throws {
        let file = try folder.write("serve.json", text)
        let run = try Product.run(["serve", "--config", file.path], workspace: workspace)
        #expect(run.code == code && run.errors.contains(word), "\(run.errors)")
        #expect(run.errors.split(separator: "\n").count == 1)
    }

    @Test func flagsAndVariablesThatAreWrongAreRefused() throws {
        let missing = try Product.run(["serve", "--config", "/nowhere.json"], workspace: workspace)
        #expect(missing.code == 66)
        for (arguments, word) in [
            (["--port", "70000"], "--port"), (["--burst", "0"], "--burst"), (["--port", "http"], "--port"),
            (["--idle-timeout", "-1"], "--idle-timeout"),
        ] {
            let run = try Product.run(["serve"] + arguments, workspace: workspace)
            #expect(run.code == 64 && run.errors.contains(word), "\(run.errors)")
        }
    }

    @Test func configShowSaysWhereEveryValueIsFrom() throws {
        let file = try folder.write("serve.json", #"{"burst": 7, "rate": 2.5}"#)
        let run = try Product.run(
            ["config", "show", "--json", "--config", file.path, "--rate", "9", "-q"], workspace: workspace)
        let settings = try #require(
            try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [[String: Any]])
        func shown(_ name: String) -> [String?] {
            let setting = settings.first { $0["name"] as? String == name } ?? [:]
            return ["value", "origin", "source"].map { setting[$0] as? String }
        }
        #expect(shown("rate") == ["9.0", "option", "--rate"])
        #expect(shown("burst") == ["7", "file", file.path])
        #expect(shown("port") == ["8080", "default", nil])
        #expect(shown("log_level") == ["error", "option", "--log-level"])
        #expect(shown("workspace") == [workspace.path, "option", "--workspace"])
        #expect(shown("config") == [file.path, "option", "--config"])
        let wrong = try Product.run(["config", "show", "--port", "70000"], workspace: workspace)
        #expect(wrong.code == 64 && wrong.errors.contains("--port"), "\(wrong.errors)")
    }

    @Test func everySettingIsAnOptionAndIsInTheDocumentation() throws {
        let file = try folder.write("serve.json", #"{"something_else_entirely": 1}"#)
        let run = try Product.run(["serve", "--config", file.path], workspace: workspace)
        let list = try #require(run.errors.components(separatedBy: "choose among: ").last)
            .components(separatedBy: " [")[0]
        let keys = list.trimmingCharacters(in: .whitespacesAndNewlines).components(separatedBy: ", ")
        #expect(keys.count > 10)
        let help = try Product.run(["help", "serve"]).output
        let page = try String(
            contentsOf: Product.root.appendingPathComponent("Documentation/coldstart.docc/Settings.md"),
            encoding: .utf8)
        for key in keys {
            #expect(help.contains("--" + key.replacing("_", with: "-") + " "), "\(key)")
            #expect(page.contains("`\(key)`"), "\(key)")
        }
    }
}
