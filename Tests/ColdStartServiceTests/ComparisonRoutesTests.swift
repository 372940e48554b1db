import Catalogue
import ColdStartService
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

@Suite("Poster against poster over HTTP") struct ComparisonRoutesTests {
    private let served: ServedWorkspace

    init() throws { served = try ServedWorkspace(hasPosters: true) }

    private static let boundary = "x-y-z"

    /// A form of texts, and of files by the names of their fields.
    private static func form(_ texts: [(String, String)], _ files: [(String, Data)]) -> ByteBuffer {
        var buffer = ByteBuffer()
        for (name, content, file) in texts.map({ ($0, Data($1.utf8), "") })
            + files.map({ ($0, $1, "; filename=\"\($0).png\"") })
        {
            buffer.writeString(
                "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"\(file)\r\n\r\n")
            buffer.writeBytes(content)
            buffer.writeString("\r\n")
        }
        buffer.writeString("--\(boundary)--\r\n")
        return buffer
    }

    private static func compare(
        _ client: any TestClientProtocol, _ texts: [(String, String)], _ files: [(String, Data)],
        query: String = ""
    ) async throws -> JSONAnswer {
        let response = try await client.execute(
            uri: "/v1/comparisons" + query, method: .post,
            headers: [.contentType: "multipart/form-data; boundary=\(boundary)"], body: form(texts, files))
        let value = try? JSONSerialization.jsonObject(with: Data(response.body.readableBytesView))
        return JSONAnswer(response: response, object: value as? [String: Any] ?? [:])
    }

    private static func posters(_ a: Int, _ b: Int) throws -> [(String, Data)] {
        [
            ("poster_a", try PosterCatalogue.poster(a, seed: 100)),
            ("poster_b", try PosterCatalogue.poster(b, seed: 200)),
        ]
    }

    /// Red and blue divide the users; red and red do not. The answer is what the document says, and nothing is stored.
    @Test func aDifferenceIsToldFromNoise() async throws {
        try await served.test { client in
            let document = try OpenAPIDocument((try await client.ask(.get, "/openapi.json")).object)
            let operation = try #require(document.operations["compare"])
            let before = try await client.ask(.get, "/v1/status").object["catalogue_revision"] as? Int
            let apart = try await Self.compare(client, [("title", "New")], try Self.posters(0, 1))
            #expect(apart.status == 200)
            try document.check(apart, of: operation, "two colours")
            #expect(apart.object["is_beyond_noise"] as? Bool == true)
            let (a, b) = (
                try #require(apart.object["a"] as? [String: Any]),
                try #require(apart.object["b"] as? [String: Any])
            )
            #expect(a["poster"] as? String == "poster_a" && b["poster"] as? String == "poster_b")
            let neighbours = [a, b].map { side in
                Set((side["neighbours"] as? [[String: Any]] ?? []).compactMap { $0["item_id"] as? String })
            }
            #expect(neighbours[0].count == 5 && neighbours[0].isDisjoint(with: neighbours[1]))
            let audience = try #require(apart.object["audience"] as? [String: Any])
            #expect((audience["surely_a"] as? Int ?? 0) > 10 && (audience["surely_b"] as? Int ?? 0) > 10)

            let alike = try await Self.compare(
                client, [("title", "New"), ("genre", "Drama"), ("director", "Ana Reis")],
                try Self.posters(0, 0), query: "?limit=2")
            #expect(alike.object["is_beyond_noise"] as? Bool == false)
            #expect(((alike.object["a"] as? [String: Any])?["neighbours"] as? [Any])?.count == 2)
            #expect((alike.object["traits_of_a"] as? [Any])?.isEmpty == true)
            let after = try await client.ask(.get, "/v1/status").object["catalogue_revision"] as? Int
            #expect(before != nil && before == after)
        }
    }

    @Test func mistakesAreNamed() async throws {
        try await served.test { client in
            let posters = try Self.posters(0, 1)
            let title = [("title", "New")]
            let mistakes: [([(String, String)], [(String, Data)], String, String)] = [
                (title, [posters[0]], "request.missing_property", "'poster_b'"),
                (title, [posters[0], ("poster_b", Data())], "request.missing_property", "'poster_b'"),
                (title, posters + [posters[0]], "request.repeated_property", "'poster_a'"),
                (title, [posters[0], ("poster_b", Data("GIF89a".utf8))], "poster.", "poster_b"),
                ([], posters, "request.missing_property", "'title'"),
                ([("title", " ")], posters, "request.invalid_property", "'title'"),
                (title + [("year", "soon")], posters, "request.invalid_property", "'year'"),
                (title + [("id", "i1")], posters, "request.unknown_property", "'id'"),
                (title, posters + [("poster", Data())], "request.unknown_property", "'poster'"),
            ]
            for (texts, files, code, word) in mistakes {
                let answer = try await Self.compare(client, texts, files)
                #expect(answer.status == 422 && answer.code?.hasPrefix(code) == true, "\(code) \(word)")
                #expect((answer.object["detail"] as? String)?.contains(word) == true, "\(code) \(word)")
            }
            let limit = try await Self.compare(client, title, posters, query: "?limit=0")
            #expect(limit.status == 400 && limit.code == "request.invalid_parameter")
        }
    }

    @Test func thereAreLimitsAndReasonsToRefuse() async throws {
        let posters = try Self.posters(0, 1)
        try await served.test({ $0.bodyLimit = 1_000 }) { client in
            let large = try await Self.compare(client, [("title", "New")], posters)
            #expect(large.status == 413 && large.code == "request.too_large")
            let get = try await client.ask(.get, "/v1/comparisons")
            #expect(get.status == 405 && get.response.headers[.allow] == "POST")
        }
        // Nobody has posters here, and there is no model there.
        try await ServedWorkspace().test { client in
            let answer = try await Self.compare(client, [("title", "New")], posters)
            #expect(answer.status == 404 && answer.code == "compare.no_posters")
        }
        try await ServedWorkspace(isTrained: false).test { client in
            let answer = try await Self.compare(client, [("title", "New")], posters)
            #expect(answer.status == 503 && answer.code == "model.none")
        }
    }
}
