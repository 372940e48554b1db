import ColdStartService
import Foundation
import Hummingbird
import HummingbirdTesting
import Testing

@Suite("Limits") struct LimitTests {
    private let served: ServedWorkspace

    init() throws { served = try ServedWorkspace() }

    /// The head of a request whose body of 100 bytes is yet to come.
    private static let halfRequest = """
        POST /v1/ratings HTTP/1.1\r
        Host: localhost\r
        Content-Type: application/json\r
        Content-Length: 100\r
        \r

        """

    /// Runs the service at a port and hands that to `body`.
    private func serve(
        _ configure: (inout ServiceConfiguration) -> Void,
        _ body: @escaping @Sendable (any TestClientProtocol, Int) async throws -> Void
    ) async throws {
        try await served.server(configure).application().test(.live) { client in
            try await body(client, try #require(client.port))
        }
    }

    @Test func bucketsGiveABurstAndThenTheRate() {
        let buckets = TokenBuckets(rate: 2, burst: 3)
        let start = ContinuousClock.now
        #expect((0..<4).map { _ in buckets.take("a", now: start) } == [nil, nil, nil, 0.5])
        #expect(buckets.take("b", now: start) == nil)
        #expect(buckets.take("a", now: start + .milliseconds(250)) == 0.25)
        #expect(buckets.take("a", now: start + .milliseconds(500)) == nil)
        // A bucket holds no more than a burst, however long it is left alone.
        let later = start + .seconds(3_600)
        #expect((0..<4).map { _ in buckets.take("a", now: later) } == [nil, nil, nil, 0.5])
    }

    @Test func whoAsksTooOftenIsToldWhen() async throws {
        let keys = KeyFile(served.workspace)
        let tokens = try ["a", "b"].map { try keys.add(name: $0, role: .read).token }
        let configure: (inout ServiceConfiguration) -> Void = {
            // So slow that no pause of a busy test run fills the bucket.
            $0.rate = 0.001
            $0.burst = 2
        }
        try await served.test(configure) { client in
            var statuses: [Int] = []
            for _ in 0..<3 {
                let headers: HTTPFields = [.authorization: "Bearer \(tokens[0])"]
                let answer = try await client.ask(.get, "/v1/status", headers: headers)
                statuses.append(answer.status)
                guard answer.status == 429 else { continue }
                #expect(answer.code == "request.rate")
                let wait = try #require(answer.response.headers[.retryAfter].flatMap { Int($0) })
                #expect((500...1000).contains(wait))
                #expect(answer.response.headers[.contentType] == "application/problem+json")
            }
            #expect(statuses == [200, 200, 429])
            let other = try await client.ask(
                .get, "/v1/status", headers: [.authorization: "Bearer \(tokens[1])"])
            #expect(other.status == 200)
            for _ in 0..<4 { #expect(try await client.ask(.get, "/health/live").status == 200) }
        }
    }

    @Test func aFullServiceSaysSoAndStillAnswersProbes() async throws {
        try await serve {
            $0.concurrency = 1
        } _: { client, port in
            let slow = try await RawConnection(port: port)
            try await slow.send(Self.halfRequest)
            try await Task.sleep(for: .milliseconds(300))
            let refused = try await client.ask(.get, "/v1/status")
            #expect(refused.status == 503 && refused.code == "service.busy")
            #expect(refused.response.headers[.retryAfter] == "1")
            #expect(try await client.ask(.get, "/health/live").status == 200)
            #expect(try await client.ask(.get, "/metrics").status == 200)
            // It is given back, however the request ends.
            try await slow.send(String(repeating: " ", count: 100))
            let answer = try await slow.receive(for: 1)
            #expect(answer.text.hasPrefix("HTTP/1.1 400"))
            #expect(try await client.ask(.get, "/v1/status").status == 200)
        }
    }

    @Test func aBodyThatDripsInIsCutOff() async throws {
        try await serve {
            $0.bodyTimeout = 1
            $0.concurrency = 1
        } _: { client, port in
            let slow = try await RawConnection(port: port)
            try await slow.send(Self.halfRequest)
            let start = ContinuousClock.now
            let drip = Task {
                for _ in 0..<60 {
                    try await slow.send(" ")
                    try await Task.sleep(for: .milliseconds(100))
                }
            }
            let answer = try await slow.receive(for: 10)
            #expect(answer.text.hasPrefix("HTTP/1.1 408") && answer.text.contains("request.slow"))
            #expect(answer.isClosed && start.duration(to: .now) < .seconds(5))
            drip.cancel()
            #expect(try await client.ask(.get, "/v1/status").status == 200)
        }
    }

    @Test func connectionsThatDoNothingAreClosed() async throws {
        try await serve {
            $0.idleTimeout = 0.5
        } _: { _, port in
            for start in ["", "GET /v1/status HTTP/1.1\r\nHost: loc"] {
                let idle = try await RawConnection(port: port)
                if !start.isEmpty { try await idle.send(start) }
                let answer = try await idle.receive(for: 10)
                #expect(answer.isClosed && answer.text.isEmpty)
            }
        }
    }

    @Test func headersAndBodiesHaveAnEnd() async throws {
        try await serve {
            $0.bodyLimit = 1_024
        } _: { client, port in
            let long = try await RawConnection(port: port)
            let header = String(repeating: "x", count: 100_000)
            try await long.send("GET /v1/status HTTP/1.1\r\nHost: localhost\r\nX-Long: \(header)\r\n\r\n")
            let answer = try await long.receive(for: 10)
            #expect(answer.isClosed && !answer.text.contains("200 OK"))
            let body = ["user_ids": [String(repeating: "u", count: 2_000)]]
            let large = try await client.ask(.post, "/v1/recommendations", body)
            #expect(large.status == 413 && large.code == "request.too_large")
        }
    }

    private static let head =
        "POST /v1/ratings HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"

    @Test(arguments: [
        (head + "Transfer-Encoding: chunked\r\n\r\nzz\r\n", ["400"], "request.incomplete"),
        (head + "Content-Length: 99999999999\r\n\r\n", ["413"], "request.too_large"),
        (
            head + "X-Long: \(String(repeating: "x", count: 20_000))\r\n\r\n", ["431"],
            "request.head_too_large"
        ),
        ("GARBAGE\r\n\r\n", ["400"], "request.unreadable"),
        ("GET /health/live HTTP/1.1\r\n\r\nGARBAGE\r\n\r\n", ["200", "400"], "request.unreadable"),
        (head + "Expect: 100-continue\r\nContent-Length: 9\r\n\r\n", ["100", "408"], "request.slow"),
    ])
    func whatIsNoWholeRequestIsToldSo(text: String, statuses: [String], code: String) async throws {
        try await serve {
            $0.bodyTimeout = 1
        } _: { _, port in
            let connection = try await RawConnection(port: port)
            try await connection.send(text)
            let answer = try await connection.receive(for: 3)
            let lines = answer.text.components(separatedBy: "HTTP/1.1 ").dropFirst()
            #expect(lines.map { String($0.prefix(3)) } == statuses)
            #expect(answer.text.contains(code) && answer.text.contains("application/problem+json"))
        }
    }

    @Test func aPosterOfTooManyPixelsIsRefused() async throws {
        // The header of a PNG of 60,000 by 60,000 pixels; the decoder looks no further.
        let header: [UInt8] = [
            0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 0xEA,
            0x60, 0, 0, 0xEA, 0x60, 8, 2, 0, 0, 0, 0xE1, 0x8E, 0x9D, 0x26,
        ]
        let poster = Data(header).base64EncodedString()
        try await served.test { client in
            let answer = try await client.ask(.post, "/v1/items", ["title": "Huge", "poster": poster])
            #expect(answer.status == 422 || answer.status == 413)
            #expect(answer.code?.hasPrefix("poster.") == true)
        }
    }
}
