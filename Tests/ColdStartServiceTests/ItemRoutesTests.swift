import Catalogue
import ColdStartService
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

@Suite("Items over HTTP") struct ItemRoutesTests {
    private let served: ServedWorkspace

    init() throws { served = try ServedWorkspace() }

    @Test func anAddedItemIsInTheNextAnswer() async throws {
        try await served.test { client in
            let poster = try ServedWorkspace.poster()
            let answer = try await client.ask(
                .post, "/v1/items",
                [
                    "title": "The Quiet Harbour", "year": 2026, "genres": ["Drama"],
                    "description": "A keeper finds letters.",
                    "attributes": ["director": ["Ana Reis"]], "poster": poster.base64EncodedString(),
                ])
            #expect(answer.status == 201)
            #expect(answer.response.headers[.location] == "/v1/items/the-quiet-harbour-2026")
            #expect(answer.list("neighbours").count == 5 && answer.list("audience").count == 5)
            let place = try #require(answer.object["place"] as? [String: Double])
            #expect(abs(place["x"] ?? 2) <= 1 && abs(place["y"] ?? 2) <= 1)
            let item = try #require(answer.object["item"] as? [String: Any])
            #expect(item["provenance"] as? String == "projected" && item["ratings"] as? Int == 0)

            let list = try await client.ask(.get, "/v1/users/u1/recommendations?only=new")
            #expect(list.ids("recommendations") == ["the-quiet-harbour-2026"])
            let shown = try await client.ask(.get, "/v1/items/the-quiet-harbour-2026")
            #expect(shown.object["impressions"] as? Int == 1)
            #expect(shown.object["attributes"] as? [String: [String]] == ["director": ["Ana Reis"]])
            let picture = try await client.ask(.get, "/v1/items/the-quiet-harbour-2026/poster")
            #expect(Data(picture.response.body.readableBytesView) == poster)
            #expect(picture.response.headers[.contentType] == "image/png")
        }
    }

    private func form(_ parts: [(String, String?, Data)], boundary: String = "x-y-z") -> ByteBuffer {
        var buffer = ByteBuffer()
        for (name, file, content) in parts {
            buffer.writeString("--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"")
            if let file {
                buffer.writeString("; filename=\"\(file)\"\r\nContent-Type: application/octet-stream")
            }
            buffer.writeString("\r\n\r\n")
            buffer.writeBytes(content)
            buffer.writeString("\r\n")
        }
        buffer.writeString("--\(boundary)--\r\n")
        return buffer
    }

    @Test func aFormWithAFileAddsTheSame() async throws {
        try await served.test { client in
            let poster = try ServedWorkspace.poster()
            let body = form([
                ("title", nil, Data("Ärger; im \"Paradies\"".utf8)), ("year", nil, Data("2025".utf8)),
                ("genre", nil, Data("Drama".utf8)), ("genre", nil, Data("Horror".utf8)),
                ("director", nil, Data("Ana Reis".utf8)), ("id", nil, Data("own/id".utf8)),
                ("poster", "a.png", poster),
            ])
            let response = try await client.execute(
                uri: "/v1/items", method: .post,
                headers: [.contentType: "multipart/form-data; boundary=x-y-z"], body: body)
            #expect(response.status == .created)
            #expect(response.headers[.location] == "/v1/items/own%2Fid")
            let shown = try await client.ask(.get, "/v1/items/own%2Fid")
            #expect(shown.object["title"] as? String == "Ärger; im \"Paradies\"")
            #expect(shown.object["genres"] as? [String] == ["Drama", "Horror"])
            #expect(shown.object["attributes"] as? [String: [String]] == ["director": ["Ana Reis"]])
            let path = try #require(shown.object["poster"] as? String)
            let picture = try await client.ask(.get, path)
            #expect(Data(picture.response.body.readableBytesView) == poster)
        }
    }

    @Test(arguments: [
        ("1994", 201), ("1994.0", 201), ("-300", 201), ("1994.5", 422), ("", 422), ("0x7c", 422),
        ("10001", 422),
        ("MCMXCIV", 422),
    ]) func aYearInAFormIsAWholeNumber(_ year: String, _ status: Int) async throws {
        try await served.test { client in
            let body = form([("title", nil, Data("A".utf8)), ("year", nil, Data(year.utf8))])
            let answer = try await client.execute(
                uri: "/v1/items", method: .post,
                headers: [.contentType: "multipart/form-data; boundary=x-y-z"], body: body)
            #expect(answer.status.code == status)
        }
    }

    @Test func aFieldOfAFormIsThereOnceAndAPosterNeedsNoFileName() async throws {
        try await served.test { client in
            let type: HTTPFields = [.contentType: "multipart/form-data; boundary=x-y-z"]
            let twice = form([("title", nil, Data("A".utf8)), ("title", nil, Data("B".utf8))])
            let answer = try await client.execute(
                uri: "/v1/items", method: .post, headers: type, body: twice)
            #expect(answer.status == .unprocessableContent)
            let bare = form([
                ("title", nil, Data("A".utf8)), ("poster", nil, try ServedWorkspace.poster()),
            ])
            let made = try await client.execute(uri: "/v1/items", method: .post, headers: type, body: bare)
            #expect(made.headers[.location] == "/v1/items/a")
            #expect(try await client.ask(.get, "/v1/items/a/poster").status == 200)
        }
    }

    /// An id that is made of a title can be asked for, however long the title is.
    @Test func aMadeIDIsAnID() async throws {
        try await served.test { client in
            for title in [
                String(repeating: "ä", count: 2_000), "\u{301} !",
                "e" + String(repeating: "\u{301}", count: 900),
            ] {
                let made = try await client.ask(.post, "/v1/items", ["title": title])
                #expect(made.status == 201)
                let place = try #require(made.response.headers[.location])
                #expect(try await client.ask(.get, place).object["title"] as? String == title)
            }
        }
    }

    @Test(arguments: [
        "--x-y-z\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nNo end",
        "--x-y-z\r\nContent-Disposition: form-data\r\n\r\nNo name\r\n--x-y-z--",
        "--x-y-z\r\nno header\r\n--x-y-z--", "", "--other--",
    ]) func aBrokenFormIsRefused(_ body: String) async throws {
        try await served.test { client in
            let answer = try await client.execute(
                uri: "/v1/items", method: .post,
                headers: [.contentType: "multipart/form-data; boundary=x-y-z"], body: ByteBuffer(string: body)
            )
            #expect(answer.status == .badRequest)
        }
    }

    @Test(
        arguments: [
            (["year": 2000], 422, "request.missing_property"),
            (["title": ""], 422, "request.invalid_property"),
            (["title": "   "], 422, "request.invalid_property"),
            (["title": "A", "year": "2000"], 422, "request.invalid_property"),
            (["title": "A", "year": 100_000], 422, "request.invalid_property"),
            (["title": "A", "genres": Array(repeating: "", count: 1_001)], 422, "request.invalid_property"),
            (["title": "A", "attributes": ["": ["Ana"]]], 422, "request.invalid_property"),
            (["title": "A", "genre": "Drama"], 422, "request.unknown_property"),
            (["title": "A", "id": "i3"], 409, "item.exists"),
            (["title": "A", "id": "a\u{0}b"], 422, "request.invalid_property"),
            (["title": "A\u{0}"], 422, "request.invalid_property"),
            (["title": "A", "poster": "not base64!"], 422, "request.invalid_property"),
            (["title": "A", "poster": "R0lGODlhAQABAAAAACw="], 422, "poster."),
            (["title": "A", "poster": "iVBORw0KGgo="], 422, "poster.truncated"),
            (["title": "A", "attributes": ["director": "Ana"]], 422, "request.invalid_property"),
        ] as [([String: any Sendable], Int, String)])
    func mistakesAreNamedAndNothingIsKept(_ body: [String: any Sendable], _ status: Int, _ code: String)
        async throws
    {
        try await served.test { client in
            let answer = try await client.ask(.post, "/v1/items", body)
            #expect(answer.status == status)
            #expect(answer.code?.hasPrefix(code) == true)
            #expect(try await client.ask(.get, "/v1/status").object["catalogue_revision"] as? Int == 1)
        }
    }

    @Test func otherMediaTypesAndMethodsAreRefused() async throws {
        try await served.test({ $0.bodyLimit = 10_000 }) { client in
            let text = try await client.execute(
                uri: "/v1/items", method: .post, headers: [.contentType: "text/plain"],
                body: ByteBuffer(string: "{\"title\":\"A\"}"))
            #expect(text.status == .unsupportedMediaType)
            let large = try await client.ask(
                .post, "/v1/items", ["title": "A", "description": String(repeating: "x", count: 20_000)])
            #expect(large.status == 413 && large.code == "request.too_large")
            let patch = try await client.ask(.patch, "/v1/items/i3")
            #expect(patch.status == 405 && patch.response.headers[.allow] == "DELETE, GET, HEAD, PUT")
            for method in [.connect, .trace, HTTPRequest.Method("QUERY")].compactMap({ $0 }) {
                let answer = try await client.ask(method, "/v1/items/i3")
                #expect(answer.status == 405 && answer.response.headers[.allow] != nil, "\(method)")
            }
            let broken = try await client.execute(
                uri: "/v1/items", method: .post, headers: [.contentType: "application/json"],
                body: ByteBuffer(string: "{\"title\":"))
            #expect(broken.status == .badRequest)
        }
    }

    @Test func anItemIsReplacedKeepingItsPosterAndRemoved() async throws {
        try await served.test { client in
            let poster = try ServedWorkspace.poster().base64EncodedString()
            let made = try await client.ask(
                .put, "/v1/items/p1", ["title": "First", "genres": ["Drama"], "poster": poster])
            #expect(made.status == 201)
            let changed = try await client.ask(
                .put, "/v1/items/p1", ["title": "Second", "genres": ["Horror"]])
            #expect(changed.status == 200)
            #expect((changed.object["item"] as? [String: Any])?["poster"] as? String == "/v1/items/p1/poster")
            let bare = try await client.ask(.put, "/v1/items/p1", ["title": "Third", "poster": NSNull()])
            #expect((bare.object["item"] as? [String: Any])?["poster"] == nil)
            #expect(try await client.ask(.get, "/v1/items/p1/poster").status == 404)
            let set = try await client.execute(
                uri: "/v1/items/p1/poster", method: .put, headers: [.contentType: "image/png"],
                body: ByteBuffer(bytes: try ServedWorkspace.poster("m002")))
            #expect(set.status == .noContent)
            #expect(try await client.ask(.get, "/v1/items/p1/poster").status == 200)
            #expect(try await client.ask(.put, "/v1/items/p1", ["id": "p2", "title": "A"]).status == 409)
            #expect(try await client.ask(.delete, "/v1/items/p1").status == 204)
            #expect(try await client.ask(.delete, "/v1/items/p1").status == 404)
            #expect(try await client.ask(.get, "/v1/items/p1").status == 404)
        }
    }

    @Test func theCatalogueIsReadPageByPage() async throws {
        try await served.test { client in
            var ids: [String] = []
            var cursor: String?
            repeat {
                let page = try await client.ask(
                    .get, "/v1/items?limit=7" + (cursor.map { "&cursor=\($0)" } ?? ""))
                ids += page.ids("items", "id")
                cursor = page.object["next_cursor"] as? String
            } while cursor != nil
            #expect(ids == (0..<60).map { "i\($0)" })
            let found = try await client.ask(.get, "/v1/items?query=item%205&limit=100")
            #expect(Set(found.ids("items", "id")) == Set(["i5"] + (50..<60).map { "i\($0)" }))
            #expect(try await client.ask(.get, "/v1/items?only=new").list("items").isEmpty)
            let drama = try await client.ask(.get, "/v1/items?genre=Drama&year=1950..1979&limit=100")
            #expect(drama.list("items").allSatisfy { $0["genres"] as? [String] == ["Drama"] })
            #expect(!drama.list("items").isEmpty)
        }
    }

    @Test func theOtherDirection() async throws {
        try await served.test { client in
            let audience = try await client.ask(.get, "/v1/items/i3/audience?limit=4")
            #expect(audience.list("audience").count == 4)
            let table = try await client.execute(uri: "/v1/items/i3/audience?format=csv", method: .get)
            let lines = String(buffer: table.body).split(separator: "\n")
            #expect(lines.first == "user_id,score" && lines.count > 10)
            #expect(lines[1].hasPrefix(audience.ids("audience", "user_id")[0] + ","))
            let asked = try await client.execute(
                uri: "/v1/items/i3/audience", method: .get, headers: [.accept: "text/csv"])
            #expect(asked.headers[.contentType]?.hasPrefix("text/csv") == true)
            let similar = try await client.ask(.get, "/v1/items/i3/similar?metric=dot&limit=3")
            #expect(similar.list("neighbours").count == 3)
            #expect(try await client.ask(.get, "/v1/items/i3/similar?metric=nearest").status == 400)
            let map = try await client.ask(.get, "/v1/map")
            #expect(map.list("points").count == 60)
        }
    }
}
