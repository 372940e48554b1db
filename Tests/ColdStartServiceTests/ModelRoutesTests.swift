import Catalogue
import ColdStartService
import Foundation
import Hummingbird
import HummingbirdTesting
import Testing

@Suite("Models and trainings over HTTP") struct ModelRoutesTests {
    private let served: ServedWorkspace

    init() throws { served = try ServedWorkspace() }

    /// Waits until a training is over.
    private func ended(_ id: String, _ client: some TestClientProtocol) async throws -> JSONAnswer {
        for _ in 0..<600 {
            let answer = try await client.ask(.get, "/v1/trainings/\(id)")
            let state = try #require(answer.object["state"] as? String)
            if state != "running" && state != "cancelling" { return answer }
            try await Task.sleep(for: .milliseconds(100))
        }
        Issue.record("the training did not end within a minute")
        return try await client.ask(.get, "/v1/trainings/\(id)")
    }

    @Test func aTrainingRunsBesideAndItsVersionAnswers() async throws {
        try await served.test { client in
            _ = try await client.ask(.post, "/v1/items", ["title": "Before", "genres": ["Drama"]])
            let begun = try await client.ask(
                .post, "/v1/trainings", ["kind": "train", "dimensions": 4, "seed": 2])
            #expect(begun.status == 202 && begun.response.headers[.location] == "/v1/trainings/t1")
            let during = try await client.ask(.post, "/v1/items", ["title": "During", "genres": ["Drama"]])
            #expect(during.status == 201)
            let over = try await ended("t1", client)
            #expect(
                over.object["state"] as? String == "succeeded" && over.object["version"] as? String == "v2")
            #expect(!over.list("curve").isEmpty)
            let list = try await client.ask(.get, "/v1/users/u1/recommendations?only=new")
            #expect(list.object["model_version"] as? String == "v2")
            #expect(Set(list.ids("recommendations")) == ["before", "during"])

            let models = try await client.ask(.get, "/v1/models")
            #expect(models.object["active"] as? String == "v2")
            #expect(models.list("models").map { $0["is_active"] as? Bool } == [true, false])
            let back = try await client.ask(.post, "/v1/models/v1/activate")
            #expect(back.status == 200)
            let now = try await client.ask(.get, "/v1/users/u1/recommendations?only=new")
            #expect(now.object["model_version"] as? String == "v1")
            #expect(Set(now.ids("recommendations")) == ["before", "during"])
            #expect(try await client.ask(.post, "/v1/models/v7/activate").status == 404)
        }
    }

    @Test func aTrainingCanBeCancelled() async throws {
        try await served.test { client in
            // Hours, if nobody cancelled it.
            _ = try await client.ask(
                .post, "/v1/trainings",
                ["kind": "train", "model": "gru", "dimensions": 1024, "epochs": 10_000])
            let second = try await client.ask(.post, "/v1/trainings", ["kind": "retrain"])
            #expect(second.status == 409 && second.code == "training.running")
            let cancelled = try await client.ask(.delete, "/v1/trainings/t1")
            #expect(cancelled.status == 202)
            #expect(try await ended("t1", client).object["state"] as? String == "cancelled")
            #expect(try await client.ask(.get, "/v1/models").list("models").count == 1)
            #expect(try await client.ask(.delete, "/v1/trainings/t1").status == 200)
            #expect(try await client.ask(.get, "/v1/trainings/t9").code == "training.unknown")
            let all = try await client.ask(.get, "/v1/trainings")
            #expect(all.ids("trainings", "id") == ["t1"])
        }
    }

    @Test func itsEventsEndWithIt() async throws {
        try await served.test { client in
            _ = try await client.ask(.post, "/v1/trainings", ["kind": "train", "dimensions": 4])
            let events = try await client.execute(uri: "/v1/trainings/t1/events", method: .get)
            #expect(events.headers[.contentType] == "text/event-stream")
            let blocks = String(buffer: events.body).components(separatedBy: "\n\n").filter {
                $0.hasPrefix("event")
            }
            let last = try #require(blocks.last)
            #expect(last.hasPrefix("event: ended\ndata: {"))
            #expect(last.contains("\"state\":\"succeeded\""))
            #expect(blocks.dropLast().allSatisfy { $0.hasPrefix("event: progress\n") })
        }
    }

    /// What ran when the service ended is known to have been interrupted.
    @Test func aRestartTellsWhatBecameOfATraining() async throws {
        let books = """
            [{"id":"t4","kind":"train","state":"running","created_at":1,"stage":"Fitting","completed":3,"note":"","curve":[]}]
            """
        try Data(books.utf8).write(
            to: URL(fileURLWithPath: served.workspace.directory).appendingPathComponent("trainings.json"))
        try await served.test { client in
            let answer = try await client.ask(.get, "/v1/trainings/t4")
            #expect(answer.object["state"] as? String == "interrupted")
            #expect(answer.object["message"] as? String != nil)
            let next = try await client.ask(.post, "/v1/trainings", ["kind": "train", "dimensions": 4])
            #expect(next.object["id"] as? String == "t5")
            _ = try await ended("t5", client)
        }
    }

    @Test func aDamagedVersionIsNamedAndTheOneBeforeAnswers() async throws {
        try await served.test { client in
            _ = try await client.ask(.post, "/v1/trainings", ["kind": "train", "dimensions": 4, "seed": 2])
            _ = try await ended("t1", client)
            let health = try await client.ask(.get, "/health/ready")
            #expect(health.object["damaged_version"] == nil)
        }
        let card = URL(fileURLWithPath: served.workspace.modelsDirectory + "/v2/card.json")
        try Data("{".utf8).write(to: card)
        try await served.test { client in
            let health = try await client.ask(.get, "/health/ready")
            #expect(health.status == 200 && health.object["model_version"] as? String == "v1")
            #expect(health.object["damaged_version"] as? String == "v2")
            let models = try await client.ask(.get, "/v1/models")
            #expect(models.object["damaged"] as? [String] == ["v2"])
            #expect(models.list("models").map { $0["version"] as? String } == ["v1"])
            #expect(try await client.ask(.post, "/v1/items", ["title": "New"]).status == 201)
            #expect(try await client.ask(.post, "/v1/models/v2/activate").status == 422)
            _ = try await client.ask(.post, "/v1/models/v1/activate")
            let mended = try await client.ask(.get, "/health/ready")
            #expect(mended.object["damaged_version"] == nil)
        }
    }

    @Test(
        arguments: [
            ([:], "request.missing_property"), (["kind": "relearn"], "request.invalid_property"),
            (["kind": "train", "epochs": 0], "request.invalid_property"),
            (["kind": "train", "epoch": 3], "request.unknown_property"),
            (["kind": "train", "model": "alz"], "request.invalid_property"),
            (["kind": "train", "seed": 1 << 53], "request.invalid_property"),
        ] as [([String: any Sendable], String)])
    func mistakesAreNamed(_ body: [String: any Sendable], _ code: String) async throws {
        try await served.test { client in
            let answer = try await client.ask(.post, "/v1/trainings", body)
            #expect(answer.status == 422 && answer.code == code)
        }
    }

    @Test func aTrainingThatCannotBeDoneSaysWhy() async throws {
        try await served.test { client in
            for item in 0..<60 { _ = try await client.ask(.delete, "/v1/items/i\(item)") }
            _ = try await client.ask(.post, "/v1/trainings", ["kind": "train"])
            let over = try await ended("t1", client)
            #expect(over.object["state"] as? String == "failed")
            #expect((over.object["message"] as? String)?.contains("catalogue is empty") == true)
        }
    }
}
