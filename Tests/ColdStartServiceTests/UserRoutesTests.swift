import Foundation
import Hummingbird
import HummingbirdTesting
import Testing

@Suite("Users and ratings over HTTP") struct UserRoutesTests {
    private let served: ServedWorkspace

    init() throws { served = try ServedWorkspace() }

    @Test func aRatingCountsInTheNextAnswer() async throws {
        try await served.test { client in
            let before = try await client.ask(.get, "/v1/users/u1/recommendations?limit=1").ids(
                "recommendations")
            let rated = try await client.ask(
                .post, "/v1/ratings", ["user_id": "u1", "item_id": before[0], "rating": 5])
            #expect(rated.status == 200 && rated.object["added"] as? Int == 1)
            let after = try await client.ask(.get, "/v1/users/u1/recommendations?limit=100").ids(
                "recommendations")
            #expect(!after.contains(before[0]))
            let history = try await client.ask(.get, "/v1/users/u1/ratings?limit=1")
            #expect(history.ids("ratings") == before)
        }
    }

    @Test func theSameRatingsAgainChangeNothing() async throws {
        try await served.test { client in
            let batch = [
                "ratings": [
                    ["user_id": "n1", "item_id": "i1", "rating": 5, "timestamp": 10],
                    ["user_id": "n1", "item_id": "i2", "rating": 2, "timestamp": 11],
                ]
            ]
            let first = try await client.ask(.post, "/v1/ratings", batch)
            #expect(first.object["added"] as? Int == 2)
            let tag = try await client.ask(.get, "/v1/users/n1").response.headers[.eTag]
            let second = try await client.ask(.post, "/v1/ratings", batch)
            #expect(second.object["unchanged"] as? Int == 2)
            let user = try await client.ask(.get, "/v1/users/n1")
            #expect(user.object["ratings"] as? Int == 2 && user.response.headers[.eTag] == tag)
        }
    }

    @Test(
        arguments: [
            (["user_id": "u1", "item_id": "nowhere", "rating": 5], 404, "item.unknown"),
            (["user_id": "u1", "item_id": "i1"], 422, "request.missing_property"),
            (["user_id": "", "item_id": "i1", "rating": 5], 422, "request.invalid_property"),
            (["user_id": "u1", "item_id": "i1", "rating": "5"], 422, "request.invalid_property"),
            (["user_id": "u1", "item_id": "i1", "rating": 1e10], 422, "request.invalid_property"),
            (
                ["user_id": "u1", "item_id": "i1", "rating": 5, "timestamp": -1], 422,
                "request.invalid_property"
            ),
            (
                ["user_id": "u1", "item_id": "i1", "rating": 5, "timestamp": 253_402_300_800], 422,
                "request.invalid_property"
            ),
            (["user_id": "u1", "item_id": "i1", "rating": 5, "when": 3], 422, "request.unknown_property"),
            (["ratings": [Int]()], 422, "request.invalid_property"),
        ] as [([String: any Sendable], Int, String)])
    func mistakesAreNamed(_ body: [String: any Sendable], _ status: Int, _ code: String) async throws {
        try await served.test { client in
            let answer = try await client.ask(.post, "/v1/ratings", body)
            #expect(answer.status == status && answer.code == code)
        }
    }

    /// What JSON can say is rounded to what is kept, and an id is counted in characters, not in bytes.
    @Test func smallNumbersAndLongIDsAreTaken() async throws {
        try await served.test { client in
            let user = String(repeating: "ü", count: 512)
            let path = "/v1/users/" + String(repeating: "%C3%BC", count: 512)
            let rated = try await client.ask(
                .post, "/v1/ratings", ["user_id": user, "item_id": "i1", "rating": 5e-324])
            #expect(rated.status == 200)
            #expect(try await client.ask(.get, path).object["id"] as? String == user)
            #expect(
                try await client.ask(.get, path + "/ratings").list("ratings").first?["rating"] as? Double == 0
            )
            #expect(try await client.ask(.get, path + "x").status == 400)
            let long = try await client.ask(
                .post, "/v1/ratings", ["user_id": user + "x", "item_id": "i1", "rating": 5])
            #expect(long.status == 422)
        }
    }

    @Test func usersAreMadeFoundAndListed() async throws {
        try await served.test { client in
            let made = try await client.ask(.put, "/v1/users/new%20one", ["attributes": ["age": "35"]])
            #expect(made.status == 201 && made.response.headers[.location] == "/v1/users/new%20one")
            let changed = try await client.ask(.put, "/v1/users/new%20one", ["attributes": ["age": "36"]])
            #expect(
                changed.status == 200 && changed.object["attributes"] as? [String: String] == ["age": "36"])
            #expect(try await client.ask(.get, "/v1/users/new%20one/recommendations").status == 200)
            let found = try await client.ask(.get, "/v1/users?query=NEW")
            #expect(found.ids("users", "id") == ["new one"])
            var ids: [String] = []
            var cursor: String?
            repeat {
                let page = try await client.ask(
                    .get, "/v1/users?limit=9" + (cursor.map { "&cursor=\($0)" } ?? ""))
                ids += page.ids("users", "id")
                cursor = page.object["next_cursor"] as? String
            } while cursor != nil
            #expect(ids == (0..<40).map { "u\($0)" } + ["new one"])
            #expect(try await client.ask(.get, "/v1/users/nobody").code == "user.unknown")
            #expect(try await client.ask(.get, "/v1/users/nobody/ratings").status == 404)
        }
    }
}
