import ColdStartService
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@Suite("Metrics") struct MetricsTests {
    private let served: ServedWorkspace

    init() throws { served = try ServedWorkspace() }

    private func scrape(_ client: some TestClientProtocol, token: String? = nil) async throws -> [String] {
        let headers: HTTPFields = token.map { [.authorization: "Bearer \($0)"] } ?? [:]
        let response = try await client.execute(uri: "/metrics", method: .get, headers: headers)
        #expect(response.headers[.contentType]?.hasPrefix("text/plain; version=0.0.4") == true)
        return String(buffer: response.body).components(separatedBy: "\n")
    }

    @Test func everyRequestCountsByTheTemplateOfItsRouteWhateverBecameOfIt() async throws {
        try await served.test { client in
            for user in ["u1", "u2", "nobody"] {
                _ = try await client.ask(.get, "/v1/users/\(user)")
            }
            for path in ["/a", "/b/c"] { #expect(try await client.ask(.get, path).status == 404) }
            let lines = try await scrape(client)
            let name = "coldstart_http_request_duration_seconds"
            let user = "method=\"GET\",route=\"/v1/users/{id}\""
            #expect(lines.contains("\(name)_count{\(user),status=\"200\"} 2"))
            #expect(lines.contains("\(name)_count{\(user),status=\"404\"} 1"))
            #expect(lines.contains("\(name)_bucket{\(user),status=\"200\",le=\"+Inf\"} 2"))
            #expect(
                lines.contains("\(name)_count{method=\"GET\",route=\"unmatched\",status=\"404\"} 2"))
            #expect(!lines.contains { $0.contains("/nobody") })
            // This one.
            #expect(lines.contains("coldstart_http_requests_in_flight 1"))
        }
    }

    @Test func refusalsCountToo() async throws {
        let (_, token) = try KeyFile(served.workspace).add(name: "scraper", role: .read)
        let configure: (inout ServiceConfiguration) -> Void = {
            $0.rate = 0.001
            $0.burst = 2
        }
        try await served.test(configure) { client in
            let headers: HTTPFields = [.authorization: "Bearer \(token)"]
            let statuses = [
                try await client.ask(.get, "/v1/status").status,
                try await client.ask(.post, "/v1/trainings", [:], headers: headers).status,
                try await client.ask(.get, "/v1/status", headers: headers).status,
            ]
            #expect(statuses == [401, 403, 200])
            let lines = try await scrape(client, token: token)
            let name = "coldstart_http_request_duration_seconds_count"
            #expect(lines.contains("\(name){method=\"GET\",route=\"/v1/status\",status=\"401\"} 1"))
            #expect(lines.contains("\(name){method=\"POST\",route=\"/v1/trainings\",status=\"403\"} 1"))
            #expect(try await client.ask(.get, "/metrics", headers: headers).status == 429)
        }
    }

    @Test func theCatalogueItsModelAndTheProcessAreMeasured() async throws {
        try await served.test { client in
            _ = try await client.ask(.post, "/v1/items", ["title": "New", "genres": ["Drama"]])
            let lines = try await scrape(client)
            #expect(lines.contains("coldstart_cold_items_waiting 1"))
            #expect(lines.contains("coldstart_items{provenance=\"projected\"} 1"))
            #expect(lines.contains("coldstart_items{provenance=\"blended\"} 0"))
            #expect(lines.contains { $0.hasPrefix("coldstart_model_info{version=\"v1\",model=\"") })
            #expect(lines.contains("coldstart_training_running 0"))
            var values: [String: Double] = [:]
            for line in lines where !line.hasPrefix("#") {
                let words = line.split(separator: " ")
                if words.count == 2 { values[String(words[0])] = Double(words[1]) }
            }
            #expect((values["coldstart_model_age_seconds"] ?? .nan) < 86_400)
            #expect((values["coldstart_catalogue_revision"] ?? 0) > 0)
            #expect((values["process_resident_memory_bytes"] ?? 0) > 1_000_000)
            #expect((values["process_cpu_seconds_total"] ?? 0) > 0)
        }
    }

    @Test func everySampleBelongsToAMetricThatIsDescribed() async throws {
        try await served.test { client in
            var described: Set<Substring> = []
            for line in try await scrape(client) where !line.isEmpty {
                let words = line.split(separator: " ")
                if words[0] == "#" {
                    if words[1] == "TYPE" { #expect(described.insert(words[2]).inserted) }
                    continue
                }
                let name = words[0].prefix { $0 != "{" }
                let base = ["_bucket", "_sum", "_count"].reduce(name) {
                    $0.hasSuffix($1) && described.contains($0.dropLast($1.count))
                        ? $0.dropLast($1.count) : $0
                }
                #expect(described.contains(base), "\(line)")
                #expect(words.last.flatMap { Double($0) } != nil, "\(line)")
            }
        }
    }

    @Test func answersCarryTheirRequestAndAreNothingElse() async throws {
        let id = try #require(HTTPField.Name("X-Request-Id"))
        try await served.test { client in
            for path in ["/v1/status", "/nowhere"] {
                let headers = try await client.ask(.get, path).response.headers
                #expect(headers[id] != nil && headers[.xContentTypeOptions] == "nosniff")
                #expect(headers[.contentSecurityPolicy]?.contains("default-src 'none'") == true)
            }
        }
    }
}
