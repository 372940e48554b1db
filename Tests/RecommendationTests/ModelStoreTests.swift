import ContentProjection
import Diagnostics
import Foundation
import NeuralNetwork
import Recommendation
import Testing

@Suite struct ModelStoreTests {
    private let directory = FileManager.default.temporaryDirectory
        .appendingPathComponent("coldstart-models-\(UUID().uuidString)").path

    private func store() throws -> ModelStore {
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        return ModelStore(directory: directory)
    }

    private func card(_ version: String) throws -> ModelCard {
        let text = """
            {"version": "\(version)", "release": "0", "created_at": 1, "origin": "train", "model": "als",
             "dimensions": 2, "seed": 1, "threads": 1,
             "data": {"users": 1, "items": 2, "rated_items": 1, "ratings": 3, "posters": 0, "descriptions": 0,
                      "positive_threshold": 4},
             "content": {"items": 1, "explained": 0.5, "modalities": []},
             "left_out": {"users": 1, "ndcg20": 0.25, "recall20": 0.5, "ndcg20_standard_error": 0},
             "seconds": {"reading": 0, "collaborative": 0, "content": 0, "projecting": 0}}
            """
        return try StableJSON.decode(ModelCard.self, from: Data(text.utf8))
    }

    private func contents(_ value: Float) -> TensorFileWriter {
        var file = TensorFileWriter()
        file.add("x", shape: [2], floats: [value, 2])
        return file
    }

    @Test func versionsAreWrittenActivatedAndPruned() throws {
        let store = try store()
        defer { try? FileManager.default.removeItem(atPath: directory) }
        #expect(store.current() == nil)
        #expect(throws: Diagnostic.self) { try store.requireCurrent() }
        for number in 1...11 {
            #expect(store.nextVersion() == "v\(number)")
            try store.write(try card(store.nextVersion()), contents(Float(number)))
        }
        #expect(store.versions() == (1...11).map { "v\($0)" })
        try store.activate("v2")
        #expect(store.current() == "v2")
        #expect(try store.open("v10").floats("x") == [10, 2])
        #expect(try store.card("v3").content.explained == 0.5)
        #expect(try store.prune(keeping: 2) == (1...9).filter { $0 != 2 }.map { "v\($0)" })
        #expect(store.versions() == ["v2", "v10", "v11"])
    }

    @Test func halfWrittenVersionsAreNoVersions() throws {
        let store = try store()
        defer { try? FileManager.default.removeItem(atPath: directory) }
        try FileManager.default.createDirectory(
            atPath: directory + "/.v1.partial", withIntermediateDirectories: true)
        try Data("rest".utf8).write(to: URL(fileURLWithPath: directory + "/.v1.partial/model.safetensors"))
        #expect(store.versions().isEmpty)
        try store.write(try card("v1"), contents(1))
        #expect(store.versions() == ["v1"])
        #expect(try FileManager.default.contentsOfDirectory(atPath: directory) == ["v1"])
    }

    @Test func anUnknownVersionIsNamedWithThoseThatExist() throws {
        let store = try store()
        defer { try? FileManager.default.removeItem(atPath: directory) }
        try store.write(try card("v1"), contents(1))
        let error = #expect(throws: Diagnostic.self) { try store.activate("v7") }
        #expect(error?.kind == .missingInput)
        #expect(error?.fix.contains("v1") == true)
    }
}
