import Catalogue
import ColdStartService
import Diagnostics
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@Suite("Keys") struct KeyTests {
    private let served: ServedWorkspace
    private var keys: KeyFile { KeyFile(served.workspace) }

    init() throws { served = try ServedWorkspace() }

    private func bearer(_ token: String) -> HTTPFields { [.authorization: "Bearer \(token)"] }

    @Test func aKeyIsKeptWithoutItsSecretAndForItsOwnerOnly() throws {
        let (key, token) = try keys.add(name: "shop", role: .read)
        let (_, other) = try keys.add(name: "shop", role: .read)
        let parts = token.split(separator: "_")
        #expect(parts.count == 3 && parts[0] == "cs" && parts[1] == key.id && parts[2].count == 64)
        #expect(token != other)
        let path = served.workspace.directory + "/keys.json"
        let text = try String(contentsOfFile: path, encoding: .utf8)
        #expect(text.contains(key.id) && !text.contains(parts[2]))
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
    }

    @Test func rolesOpenWhatTheyShould() async throws {
        let tokens = try Role.allCases.map { try keys.add(name: $0.rawValue, role: $0).token }
        let rating = #"{"user_id": "u1", "item_id": "i1", "rating": 5}"#
        // Method, path, body, and the least role that may.
        let requests: [(HTTPRequest.Method, String, String?, Role)] = [
            (.get, "/v1/items", nil, .read), (.get, "/v1/users/u1/recommendations", nil, .read),
            (.get, "/metrics", nil, .read), (.get, "/v1/trainings", nil, .read),
            (.post, "/v1/recommendations", #"{"user_ids": ["u1"]}"#, .read),
            (.post, "/v1/comparisons", "{}", .read),
            (.post, "/v1/ratings", rating, .write), (.put, "/v1/users/u1", #"{"attributes": {}}"#, .write),
            (.delete, "/v1/items/nothing", nil, .write),
            (.post, "/v1/models/v1/activate", nil, .admin), (.delete, "/v1/trainings/t9", nil, .admin),
        ]
        try await served.test { client in
            for (method, path, text, least) in requests {
                let body = try text.map { try JSONSerialization.jsonObject(with: Data($0.utf8)) }
                let none = try await client.ask(method, path, body)
                #expect(none.status == 401 && none.code == "auth.required", "\(path)")
                #expect(none.response.headers[.wwwAuthenticate] == "Bearer")
                for (role, token) in zip(Role.allCases, tokens) {
                    let answer = try await client.ask(method, path, body, headers: bearer(token))
                    #expect((answer.status == 403) == (role < least), "\(path) as \(role)")
                    #expect(answer.status != 401)
                }
            }
        }
    }

    @Test func probesNeedNoKeyAndNoSpellingLeadsAround() async throws {
        let (_, token) = try keys.add(name: "a", role: .read)
        let wrong = token.dropLast() + (token.hasSuffix("0") ? "1" : "0")
        try await served.test { client in
            #expect(try await client.ask(.get, "/health/live").status == 200)
            #expect(try await client.ask(.get, "/health/ready").status == 200)
            for path in ["//v1/items", "/v1//items", "/v1/items/", "/v1/items?limit=1", "/./v1/items"] {
                let status = try await client.ask(.get, path).status
                #expect(status == 401 || status == 404, "\(path)")
            }
            let head = try await client.execute(uri: "/v1/items", method: .head)
            #expect(head.status == .unauthorized)
            for header in [
                token, "Basic \(token)", "Bearer", "Bearer ", "Bearer \(token)0",
                "Bearer \(wrong)",
                "Bearer cs__", "Bearer " + token.uppercased(),
            ] {
                let answer = try await client.ask(.get, "/v1/items", headers: [.authorization: header])
                #expect(answer.status == 401 && answer.code == "auth.invalid", "\(header)")
                let text = String(buffer: answer.response.body)
                #expect(!text.contains(token.suffix(20)))
            }
            #expect(try await client.ask(.get, "/v1/items", headers: self.bearer(token)).status == 200)
            let status = try await client.ask(.get, "/v1/status", headers: self.bearer(token))
            #expect(status.object["auth_required"] as? Bool == true)
        }
    }

    @Test func aRevokedKeyOpensNothingAndLeavesTheServiceClosed() async throws {
        let (key, token) = try keys.add(name: "a", role: .admin)
        let revoked = try keys.revoke(key.id)
        #expect(revoked.revokedAt != nil)
        #expect(throws: Diagnostic.self) { try keys.revoke("00000000") }
        try await served.test { client in
            let statuses = [
                try await client.ask(.get, "/v1/items").status,
                try await client.ask(.get, "/v1/items", headers: self.bearer(token)).status,
            ]
            #expect(statuses == [401, 401])
        }
    }

    @Test func withoutKeysOnlyThisMachineIsServed() async throws {
        for host in ["0.0.0.0", "::", "192.168.1.2", "example.org", "127.evil.example.org"] {
            let refusal = #expect(throws: Diagnostic.self) {
                _ = try served.server { $0.host = host }
            }
            #expect(refusal?.code == "keys.required" && refusal?.fix.contains("coldstart keys add") == true)
        }
        for host in ["127.0.0.1", "localhost", "::1", "127.8.8.8"] {
            _ = try served.server { $0.host = host }
        }
        try await served.test { client in
            let status = try await client.ask(.get, "/v1/status")
            #expect(status.object["auth_required"] as? Bool == false)
        }
        _ = try keys.add(name: "a", role: .read)
        _ = try served.server { $0.host = "0.0.0.0" }
    }

    @Test func withoutKeysNoOtherSiteWritesThroughTheBrowser() async throws {
        let site = try #require(HTTPField.Name("Sec-Fetch-Site"))
        try await served.test { client in
            for (value, status) in [
                ("cross-site", 403), ("same-site", 403), ("same-origin", 200), ("none", 200),
            ] {
                let answer = try await client.ask(
                    .put, "/v1/users/u1", ["attributes": [:]], headers: [site: value])
                #expect(answer.status == status, "\(value)")
                let read = try await client.ask(.get, "/v1/items", headers: [site: value])
                #expect(read.status == 200)
            }
        }
        try await served.server().application().test(.live) { client in
            let port = try #require(client.port)
            for (host, status) in [("localhost:\(port)", "200"), ("rebound.example:\(port)", "403")] {
                let connection = try await RawConnection(port: port)
                try await connection.send(
                    "GET /v1/items HTTP/1.1\r\nHost: \(host)\r\nConnection: close\r\n\r\n")
                let answer = try await connection.receive(for: 10)
                #expect(answer.text.hasPrefix("HTTP/1.1 \(status)"), "\(answer.text)")
            }
        }
    }
}
