import Catalogue
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@Suite("The map over HTTP") struct MapRoutesTests {
    private let served: ServedWorkspace

    init() throws { served = try ServedWorkspace() }

    private static let neighbours = "/v1/map?layout=neighbours"

    /// Asks until the layout is there.
    private static func wait(_ client: any TestClientProtocol) async throws -> JSONAnswer {
        for _ in 0..<600 {
            let answer = try await client.ask(.get, neighbours)
            if answer.object["is_pending"] as? Bool == false { return answer }
            #expect(answer.object["layout"] as? String == "pca")
            try await Task.sleep(for: .milliseconds(50))
        }
        return try await client.ask(.get, neighbours)
    }

    private static func places(_ answer: JSONAnswer) -> [String: [Double]] {
        Dictionary(
            answer.list("points").compactMap { point in
                guard let id = point["item_id"] as? String, let x = point["x"] as? Double,
                    let y = point["y"] as? Double
                else { return nil }
                return (id, [x, y])
            }, uniquingKeysWith: { $1 })
    }

    @Test func theLayoutOfNeighboursComesAndANewItemStandsAmongThoseItIsLike() async throws {
        try await served.test { client in
            let first = try await client.ask(.get, "/v1/map")
            #expect(first.object["layout"] as? String == "pca" && first.object["kept"] == nil)
            let pending = try await client.ask(.get, Self.neighbours)
            #expect(pending.status == 200 && pending.list("points").count == 60)
            let made = try await Self.wait(client)
            #expect(made.object["layout"] as? String == "neighbours")
            let kept = try #require(made.object["kept"] as? Double)
            let other = try await client.ask(.get, "/v1/map")
            #expect(kept > 0 && kept <= 1 && other.object["kept"] as? Double != nil)
            // An answer is another one once the layout is there, also for who has the one before.
            let tags = [first, pending, made, other].map { $0.response.headers[.eTag] }
            #expect(Set(tags.compactMap { $0 }).count == 4)

            let new = try await client.ask(
                .post, "/v1/items",
                ["title": "New", "id": "n1", "genres": ["Drama"], "attributes": ["director": ["Director 1"]]])
            #expect(new.status == 201)
            let after = try await client.ask(.get, Self.neighbours)
            #expect(after.object["layout"] as? String == "neighbours")
            let places = Self.places(after).filter { $0.key != "n1" }
            let own = try #require(Self.places(after)["n1"])
            #expect(places == Self.places(made))
            #expect(own.allSatisfy { abs($0) <= 1 })
            // Nearer to what it is like than most items are.
            let alike = new.list("neighbours").compactMap { $0["item_id"] as? String }
            func distance(_ id: String) -> Double {
                places[id].map { hypot($0[0] - own[0], $0[1] - own[1]) } ?? .infinity
            }
            let nearest = Set(places.keys.sorted { distance($0) < distance($1) }.prefix(30))
            #expect(alike.count == 5 && nearest.isSuperset(of: alike))
        }
    }

    @Test func itTellsWhatItsPointsAre() async throws {
        try await ServedWorkspace(hasPosters: true).test { client in
            let points = try await client.ask(.get, "/v1/map?limit=10").list("points")
            #expect(points.count == 10)
            #expect(points.allSatisfy { ($0["poster"] as? String)?.hasSuffix("/poster") == true })
            let path = try #require(points.first?["poster"] as? String)
            #expect(try await client.ask(.get, path).status == 200)
        }
        try await served.test { client in
            let points = try await client.ask(.get, "/v1/map").list("points")
            #expect(points.allSatisfy { ($0["genres"] as? [String])?.count == 1 && $0["poster"] == nil })
        }
    }
}
