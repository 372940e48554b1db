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

    @Test("A model with a value that is no number is not written", arguments: [Float.nan, .infinity])
    func noNumbers(value: Float) throws {
        let store = try store()
        defer { try? FileManager.default.removeItem(atPath: directory) }
        try store.write(try card("v1"), contents(1))
        let error = #expect(throws: Diagnostic.self) { try store.write(try card("v2"), contents(value)) }
        #expect(error?.code == "training.not_finite" && error?.message.contains("'x'") == true)
        #expect(store.versions() == ["v1"])
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
        let old = store.old(keeping: 2)
        #expect(old == (1...9).filter { $0 != 2 }.map { "v\($0)" })
        for version in old { try store.remove(version) }
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

    /// Whatever is left of writing and removing goes with the next tidying; whole versions stay.
    @Test func remainsAreRemoved() throws {
        let store = try store()
        defer { try? FileManager.default.removeItem(atPath: directory) }
        try store.write(try card("v2"), contents(1))
        for name in [".v1.partial", ".v1.removed"] {
            try FileManager.default.createDirectory(
                atPath: directory + "/" + name, withIntermediateDirectories: true)
        }
        try Data("v".utf8).write(to: URL(fileURLWithPath: directory + "/current.partial"))
        store.removeRemains()
        #expect(try FileManager.default.contentsOfDirectory(atPath: directory) == ["v2"])
        #expect(store.versions() == ["v2"])
    }

    /// A figure of a card is as well kept as a weight of a model.
    @Test func everyFlippedByteOfACardIsNoticed() throws {
        let store = try store()
        defer { try? FileManager.default.removeItem(atPath: directory) }
        try store.write(try card("v1"), contents(1))
        try store.activate("v1")
        let file = URL(fileURLWithPath: directory + "/v1/card.json")
        let bytes = try Data(contentsOf: file)
        _ = try TrainedModel.open(store)
        for position in bytes.indices {
            for flip: UInt8 in [0x01, 0x20, 0x80] {
                var damaged = bytes
                damaged[position] ^= flip
                try damaged.write(to: file)
                let error = #expect(throws: Diagnostic.self, "byte \(position) xor \(flip)") {
                    try TrainedModel.open(store)
                }
                #expect(error?.kind == .badData)
            }
        }
    }

    /// Whole files in the wrong place.
    @Test func filesOfTwoVersionsAreToldApart() throws {
        let store = try store()
        defer { try? FileManager.default.removeItem(atPath: directory) }
        for version in ["v1", "v2"] {
            try store.write(try card(version), contents(version == "v1" ? 1 : 2))
        }
        try store.activate("v2")
        for name in ["model.safetensors", "card.json"] {
            let (own, other) = (directory + "/v2/" + name, directory + "/v1/" + name)
            let bytes = try Data(contentsOf: URL(fileURLWithPath: own))
            try Data(contentsOf: URL(fileURLWithPath: other)).write(to: URL(fileURLWithPath: own))
            let error = #expect(throws: Diagnostic.self) { try TrainedModel.open(store) }
            #expect(error?.kind == .badData && error?.message.contains("v2") == true)
            #expect(error?.fix.contains("coldstart models rollback") == true)
            try bytes.write(to: URL(fileURLWithPath: own))
            _ = try TrainedModel.open(store)
        }
    }

    @Test func aFileOfANewerReleaseIsRefused() throws {
        let store = try store()
        defer { try? FileManager.default.removeItem(atPath: directory) }
        try store.write(try card("v1"), contents(1))
        var newer = contents(1)
        newer.texts["format"] = "3"
        try newer.write(to: directory + "/v1/model.safetensors")
        let error = #expect(throws: Diagnostic.self) { try TrainedModel.open(store, version: "v1") }
        #expect(error?.code == "model.future_version" && error?.kind == .badData)
    }

    /// As versions were written before cards had checksums.
    @Test func aVersionOfAnEarlierReleaseIsOpened() throws {
        let store = try store()
        defer { try? FileManager.default.removeItem(atPath: directory) }
        try FileManager.default.createDirectory(
            atPath: directory + "/v1", withIntermediateDirectories: true)
        try contents(1).write(to: directory + "/v1/model.safetensors")
        try StableJSON.encode(try card("v1")).write(to: URL(fileURLWithPath: directory + "/v1/card.json"))
        #expect(try TrainedModel.open(store, version: "v1").card.version == "v1")
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
