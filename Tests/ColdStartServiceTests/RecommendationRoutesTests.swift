import Foundation
import Hummingbird
import HummingbirdTesting
import Testing

@Suite("Lists over HTTP") struct RecommendationRoutesTests {
    private let served: ServedWorkspace

    init() throws { served = try ServedWorkspace() }

    @Test func aListIsRankedWithProbabilitiesAndSaysOfWhat() async throws {
        try await served.test { client in
            let answer = try await client.ask(.get, "/v1/users/u1/recommendations?limit=5")
            #expect(answer.status == 200)
            let list = answer.list("recommendations")
            #expect(list.map { $0["rank"] as? Int } == [1, 2, 3, 4, 5])
            let scores = list.compactMap { $0["score"] as? Double }
            #expect(scores == scores.sorted(by: >) && scores.count == 5)
            #expect(list.allSatisfy { ($0["probability"] as? Double).map { $0 > 0 && $0 <= 1 } ?? false })
            #expect(list.allSatisfy { $0["reasons"] == nil })
            #expect((answer.object["candidates"] as? [String: Any])?["count"] as? Int ?? 0 > 5)
            #expect(answer.object["model_version"] as? String == "v1")
        }
    }

    @Test func pagesFollowEachOther() async throws {
        try await served.test { client in
            let whole = try await client.ask(.get, "/v1/users/u1/recommendations?limit=20")
            var ids: [String] = []
            var cursor = ""
            for _ in 0..<4 {
                let page = try await client.ask(.get, "/v1/users/u1/recommendations?limit=5\(cursor)")
                ids += page.ids("recommendations")
                cursor = "&cursor=\(try #require(page.object["next_cursor"] as? String))"
            }
            #expect(ids == whole.ids("recommendations") && Set(ids).count == 20)
        }
    }

    /// Lists change, and a client that asks on is no liar.
    @Test(arguments: ["c60", "c9999", "c10000", "c999999999999999"])
    func behindTheEndIsAnEmptyPage(_ cursor: String) async throws {
        try await served.test { client in
            for path in ["/v1/users/u1/recommendations", "/v1/users/u1/ratings", "/v1/users", "/v1/items"] {
                let answer = try await client.ask(.get, "\(path)?cursor=\(cursor)")
                #expect(answer.status == 200 && answer.object["next_cursor"] == nil, "\(path)")
                let list = answer.object.values.lazy.compactMap { $0 as? [Any] }.first
                #expect(list?.isEmpty == true, "\(path)")
            }
        }
    }

    @Test(arguments: [
        ("year=1979..1960", "year=1960..1979"), ("limit=7.0", "limit=7"), ("explore=2e0", "explore=2.0"),
        ("attribute=director:%CC%81", "attribute=director:%CC%81&only=new"),
    ]) func theSameMayBeWrittenInTwoWays(_ one: String, _ other: String) async throws {
        try await served.test { client in
            let first = try await client.ask(.get, "/v1/users/u1/recommendations?\(one)")
            let second = try await client.ask(.get, "/v1/users/u1/recommendations?\(other)")
            #expect(first.status == 200 && first.ids("recommendations") == second.ids("recommendations"))
        }
    }

    @Test func filtersApply() async throws {
        try await served.test { client in
            let some = try await client.ask(.get, "/v1/users/u1/recommendations?limit=3")
            let ids = some.ids("recommendations")
            let excluded = try await client.ask(
                .get, "/v1/users/u1/recommendations?limit=100&exclude=\(ids[0])&exclude=\(ids[1])")
            #expect(Set(excluded.ids("recommendations")).isDisjoint(with: ids.prefix(2)))
            let included = try await client.ask(.get, "/v1/users/u1/recommendations?include=\(ids[2])")
            #expect(included.ids("recommendations") == [ids[2]])
            let years = try await client.ask(.get, "/v1/users/u1/recommendations?limit=100&year=1960..1969")
            #expect(
                years.list("recommendations").allSatisfy { (1960...1969).contains($0["year"] as? Int ?? 0) })
            #expect(!years.ids("recommendations").isEmpty)
            let director = try await client.ask(
                .get, "/v1/users/u1/recommendations?limit=100&attribute=director:Director%201&only=seen-too")
            let genre = try await client.ask(
                .get, "/v1/users/u1/recommendations?limit=100&genre=Drama&only=seen-too")
            #expect(director.ids("recommendations") == genre.ids("recommendations"))
            #expect(!genre.ids("recommendations").isEmpty)
            let none = try await client.ask(.get, "/v1/users/u1/recommendations?only=new")
            #expect(none.status == 200 && none.list("recommendations").isEmpty)
            let likely = try await client.ask(
                .get, "/v1/users/u1/recommendations?limit=100&min_probability=0.02")
            #expect(
                likely.list("recommendations").allSatisfy { ($0["probability"] as? Double ?? 0) >= 0.02 })
        }
    }

    @Test(arguments: [
        ("/v1/users/u1/recommendations?limit=0", 400, "request.invalid_parameter"),
        ("/v1/users/u1/recommendations?limit=101", 400, "request.invalid_parameter"),
        ("/v1/users/u1/recommendations?limit=ten", 400, "request.invalid_parameter"),
        ("/v1/users/u1/recommendations?limmit=5", 400, "request.unknown_parameter"),
        ("/v1/users/u1/recommendations?only=old", 400, "request.invalid_parameter"),
        ("/v1/users/u1/recommendations?genre=Dramma", 404, "recommend.unknown_genre"),
        ("/v1/users/u1/recommendations?year=199x", 400, "request.invalid_parameter"),
        ("/v1/users/u1/recommendations?year=%2B1990", 400, "request.invalid_parameter"),
        ("/v1/users/u1/recommendations?year=", 400, "request.invalid_parameter"),
        ("/v1/users/u1/recommendations?cursor=xyz", 400, "request.invalid_parameter"),
        ("/v1/users/u1/recommendations?cursor=c", 400, "request.invalid_parameter"),
        ("/v1/users/u1/recommendations?cursor=c-1", 400, "request.invalid_parameter"),
        ("/v1/users/u1/recommendations?cursor=c1234567890123456", 400, "request.invalid_parameter"),
        ("/v1/users/u1/recommendations?limit=", 400, "request.invalid_parameter"),
        ("/v1/users/u1/recommendations?only=", 400, "request.invalid_parameter"),
        ("/v1/users/u1/recommendations?explain=", 400, "request.invalid_parameter"),
        ("/v1/users/u1/recommendations?explore=0x5", 400, "request.invalid_parameter"),
        ("/v1/users/u1/recommendations?attribute=:Ana", 400, "request.invalid_parameter"),
        ("/v1/users/u1/recommendations?exclude=%01", 400, "request.invalid_parameter"),
        ("/v1/users/a%1Fb/recommendations", 400, "request.invalid_parameter"),
        ("/v1/users/u1/recommendations?attribute=director", 400, "request.invalid_parameter"),
        ("/v1/users/u1/recommendations?explore=101", 400, "request.invalid_parameter"),
        ("/v1/users/u1/recommendations?explain=perhaps", 400, "request.invalid_parameter"),
        ("/v1/users/u1/recommendations?genre=%FF", 400, "request.malformed_query"),
        ("/v1/users/u1/recommendations?exclude=nothing", 404, "item.unknown"),
        ("/v1/users/nobody/recommendations", 404, "user.unknown"),
        ("/v1/users/u1/recommendation", 404, "request.unknown_path"),
        ("/nowhere", 404, "request.unknown_path"),
    ]) func mistakesAreNamed(_ path: String, _ status: Int, _ code: String) async throws {
        try await served.test { client in
            let answer = try await client.ask(.get, path)
            #expect(answer.status == status && answer.code == code)
            #expect(answer.response.headers[.contentType] == "application/problem+json")
            #expect(answer.object["fix"] as? String != nil && answer.object["request_id"] as? String != nil)
            #expect(answer.object["instance"] as? String == path.components(separatedBy: "?")[0])
        }
    }

    @Test func anAnswerThatTheClientHasIsNotSentAgainUntilSomethingChanges() async throws {
        try await served.test { client in
            let path = "/v1/users/u1/recommendations"
            let first = try await client.ask(.get, path)
            let tag = try #require(first.response.headers[.eTag])
            let again = try await client.ask(.get, path, headers: [.ifNoneMatch: tag])
            #expect(again.status == 304 && again.response.body.readableBytes == 0)
            let weak = try await client.ask(.get, path, headers: [.ifNoneMatch: "\"x\", W/\(tag)"])
            #expect(weak.status == 304)
            _ = try await client.ask(.post, "/v1/items", ["title": "Late", "genres": ["Drama"]])
            let later = try await client.ask(.get, path, headers: [.ifNoneMatch: tag])
            #expect(later.status == 200 && later.response.headers[.eTag] != tag)
        }
    }

    @Test func manyUsersAtOnceWithProblemsInTheirPlaces() async throws {
        try await served.test { client in
            let answer = try await client.ask(
                .post, "/v1/recommendations",
                ["user_ids": ["u1", "nobody", "u2"], "limit": 4, "explain": true])
            #expect(answer.status == 200 && answer.object["model_version"] as? String == "v1")
            let lists = answer.list("lists")
            #expect(lists.map { $0["user_id"] as? String } == ["u1", "nobody", "u2"])
            #expect((lists[1]["problem"] as? [String: Any])?["code"] as? String == "user.unknown")
            let single = try await client.ask(.get, "/v1/users/u2/recommendations?limit=4")
            let own = (lists[2]["recommendations"] as? [[String: Any]] ?? []).compactMap {
                $0["item_id"] as? String
            }
            #expect(own == single.ids("recommendations") && own.count == 4)
            let reasons = (lists[0]["recommendations"] as? [[String: Any]] ?? []).first?["reasons"]
            #expect(((reasons as? [String: Any])?["history"] as? [Any])?.isEmpty == false)
        }
    }

    @Test(
        arguments: [
            (["user_ids": [String]()], 422, "request.invalid_property"),
            (["user_ids": (0..<101).map { "u\($0)" }], 422, "request.invalid_property"),
            (["limit": 3], 422, "request.missing_property"),
            (["user_ids": ["u1"], "limits": 3], 422, "request.unknown_property"),
            (["user_ids": "u1"], 422, "request.invalid_property"),
            (["user_ids": ["u\u{1}"]], 422, "request.invalid_property"),
            (["user_ids": ["u1"], "only": "old"], 422, "request.invalid_property"),
            (["user_ids": ["u1"], "year": "+1990"], 422, "request.invalid_property"),
            (["user_ids": ["u1"], "explore": 100.5], 422, "request.invalid_property"),
            (["user_ids": ["u1"], "min_probability": -0.1], 422, "request.invalid_property"),
            (["user_ids": ["u1"], "limit": 1000], 422, "request.invalid_property"),
        ] as [([String: any Sendable], Int, String)])
    func mistakesInBodiesAreNamed(_ body: [String: any Sendable], _ status: Int, _ code: String) async throws
    {
        try await served.test { client in
            let answer = try await client.ask(.post, "/v1/recommendations", body)
            #expect(answer.status == status && answer.code == code)
        }
    }

    @Test func beforeTheFirstTrainingItSaysSo() async throws {
        let served = try ServedWorkspace(isTrained: false)
        try await served.test { client in
            let answer = try await client.ask(.get, "/v1/users/u1/recommendations")
            #expect(answer.status == 503 && answer.code == "model.none")
            #expect(answer.response.headers[.retryAfter] != nil)
            #expect(try await client.ask(.get, "/health/ready").status == 503)
            #expect(try await client.ask(.get, "/health/live").status == 200)
            #expect(try await client.ask(.get, "/v1/items").list("items").count == 20)
        }
    }
}
