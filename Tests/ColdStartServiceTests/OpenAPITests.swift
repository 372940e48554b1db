import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

/// The document and the service tell the same: every operation is asked, and what it answers is held against its schema.
@Suite("The OpenAPI document") struct OpenAPITests {
    private let served: ServedWorkspace

    init() throws { served = try ServedWorkspace() }

    /// A request for every operation of the document, by its id, with the statuses that are looked at.
    private static let requests: [String: [(uri: String, body: [String: any Sendable]?, status: Int)]] = [
        "listItems": [("/v1/items?limit=3", nil, 200), ("/v1/items?limit=0", nil, 400)],
        "addItem": [
            ("/v1/items", ["title": "New", "id": "n1", "attributes": ["director": ["Ana"]]], 201),
            ("/v1/items", ["title": "New", "id": "n1"], 409), ("/v1/items", ["titel": "New"], 422),
        ],
        "getItem": [("/v1/items/n1", nil, 200), ("/v1/items/none", nil, 404)],
        "putItem": [
            ("/v1/items/n1", ["title": "Changed"], 200), ("/v1/items/n1", ["id": "n3", "title": "A"], 409),
            ("/v1/items/n2", ["title": "Made"], 201),
        ],
        "getPoster": [("/v1/items/n1/poster", nil, 404)],
        "putPoster": [("/v1/items/n1/poster", ["not": "a picture"], 415)],
        "similarItems": [("/v1/items/i3/similar?limit=3", nil, 200), ("/v1/items/none/similar", nil, 404)],
        "audience": [("/v1/items/n1/audience", nil, 200)],
        "card": [
            ("/v1/items/n1/card", nil, 200), ("/v1/items/i3/card?limit=2", nil, 200),
            ("/v1/items/none/card", nil, 404), ("/v1/items/n1/card?limit=0", nil, 400),
        ],
        "map": [
            ("/v1/map?limit=10&include=i7", nil, 200), ("/v1/map?layout=neighbours", nil, 200),
            ("/v1/map?layout=umap", nil, 400),
        ],
        // Forms are sent in ComparisonRoutesTests.
        "compare": [("/v1/comparisons", ["title": "A"], 415), ("/v1/comparisons?count=2", nil, 400)],
        "listUsers": [("/v1/users?limit=2", nil, 200)],
        "getUser": [("/v1/users/u1", nil, 200), ("/v1/users/none", nil, 404)],
        "putUser": [
            ("/v1/users/new", ["attributes": ["age": "35"]], 201),
            ("/v1/users/new", ["attributes": ["age": "36"]], 200), ("/v1/users/new", ["age": "36"], 422),
        ],
        "userRatings": [("/v1/users/u1/ratings?limit=2", nil, 200)],
        "recommend": [
            ("/v1/users/u1/recommendations?explain=true", nil, 200),
            ("/v1/users/u1/recommendations?only=new", nil, 200),
            ("/v1/users/none/recommendations", nil, 404),
        ],
        "explain": [
            ("/v1/users/u1/items/n1/explanation", nil, 200),
            ("/v1/users/u1/items/i3/explanation?limit=2", nil, 200),
            ("/v1/users/u1/items/none/explanation", nil, 404),
            ("/v1/users/none/items/n1/explanation", nil, 404),
            ("/v1/users/u1/items/n1/explanation?count=2", nil, 400),
        ],
        "recommendMany": [("/v1/recommendations", ["user_ids": ["u1", "none"]], 200)],
        "rate": [
            ("/v1/ratings", ["user_id": "u1", "item_id": "n1", "rating": 5], 200),
            ("/v1/ratings", ["user_id": "u1", "item_id": "none", "rating": 5], 404),
        ],
        "listModels": [("/v1/models", nil, 200)],
        "activate": [("/v1/models/v1/activate", nil, 200), ("/v1/models/v8/activate", nil, 404)],
        "startTraining": [("/v1/trainings", ["kind": "retrain"], 202), ("/v1/trainings", ["kind": 3], 422)],
        "listTrainings": [("/v1/trainings", nil, 200)],
        "getTraining": [("/v1/trainings/t1", nil, 200), ("/v1/trainings/t9", nil, 404)],
        "trainingEvents": [("/v1/trainings/t1/events", nil, 200)],
        "cancelTraining": [("/v1/trainings/t1", nil, 200)],
        "status": [("/v1/status", nil, 200)],
        "live": [("/health/live", nil, 200)],
        "ready": [("/health/ready", nil, 200)],
        "openapi": [("/openapi.json", nil, 200)],
        "metrics": [("/metrics", nil, 200)],
        "deleteItem": [("/v1/items/n1", nil, 204), ("/v1/items/n1", nil, 404)],
    ]

    @Test func everyOperationAnswersAsItSays() async throws {
        try await served.test { client in
            let document = try OpenAPIDocument((try await client.ask(.get, "/openapi.json")).object)
            // Reads before writes: what is made is there, and goes at the end.
            let order = ["addItem", "putItem", "putUser", "startTraining", "trainingEvents"]
            let ids =
                order + document.operations.keys.sorted().filter { !order.contains($0) && $0 != "deleteItem" }
                + ["deleteItem"]
            for id in ids {
                let operation = try #require(document.operations[id], "the document has no operation \(id)")
                let requests = try #require(Self.requests[id], "no request for \(id)")
                for request in requests {
                    let answer = try await client.ask(operation.method, request.uri, request.body)
                    #expect(answer.status == request.status, "\(id) \(request.uri)")
                    try document.check(answer, of: operation, "\(id) \(request.uri)")
                }
            }
        }
    }

    /// A document that named a model too few would keep it from clients.
    @Test func itNamesTheModelsThatThereAre() async throws {
        try await served.test { client in
            let document = try await client.ask(.get, "/openapi.json").object
            var place: Any? = document
            for name in ["components", "schemas", "TrainingOrder", "properties", "model", "enum"] {
                place = (place as? [String: Any])?[name]
            }
            let models = try #require(place as? [Any]).compactMap { $0 as? String }
            let answer = try await client.ask(.post, "/v1/trainings", ["kind": "train", "model": "none"])
            #expect(answer.object["fix"] as? String == "give one of: " + models.joined(separator: ", "))
        }
    }

    @Test func theCheckFindsWhatIsWrong() throws {
        let document = try OpenAPIDocument(
            JSONSerialization.jsonObject(
                with: Data(
                    contentsOf: ServedWorkspace.root.appendingPathComponent(
                        "Sources/COpenAPI/openapi.json"))) as? [String: Any] ?? [:])
        let user: [String: Any] = ["id": "u", "attributes": ["a": "b"], "ratings": 3]
        #expect(document.faults(user, "User").isEmpty)
        #expect(!document.faults(user.merging(["ratings": "3"]) { $1 }, "User").isEmpty)
        #expect(!document.faults(user.merging(["more": 1]) { $1 }, "User").isEmpty)
        #expect(!document.faults(user.filter { $0.key != "id" }, "User").isEmpty)
        #expect(!document.faults(user.merging(["attributes": ["a": 1]]) { $1 }, "User").isEmpty)
    }
}
