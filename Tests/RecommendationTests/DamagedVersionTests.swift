import Catalogue
import CollaborativeFiltering
import Diagnostics
import FloatKernels
import Foundation
import Recommendation
import Testing

/// The active version is damaged: another one answers, and everything goes on.
@Suite struct DamagedVersionTests {
    private let planted: PlantedWorkspace
    private let pool = ThreadPool(threads: 2)
    private var models: String { planted.workspace.modelsDirectory }

    init() throws {
        planted = try PlantedWorkspace(items: 60, users: 40)
        for seed: UInt64 in 1...3 {
            _ = try TrainingPipeline(workspace: planted.workspace, pool: pool, monitor: .silent).train(
                .init(dimensions: 4, seed: seed))
        }
    }

    private func damage(_ version: String) throws {
        let file = URL(fileURLWithPath: models + "/\(version)/model.safetensors")
        var bytes = try Data(contentsOf: file)
        bytes[bytes.count / 2] ^= 4
        // In another file: nothing that is mapped changes.
        try bytes.write(to: file, options: .atomic)
    }

    private func arrival(_ id: String) -> ItemPlacement.Arrival {
        .init(item: Item(id: id, title: "Title of \(id)", year: 1999, genres: ["Drama"]))
    }

    private func live() throws -> LiveCatalogue { try LiveCatalogue(planted.workspace, pool: pool) }

    private func train(_ live: LiveCatalogue, whileAdding arrival: ItemPlacement.Arrival) throws
        -> TrainingPipeline.Outcome
    {
        try live.train { exclusively in
            try TrainingPipeline(
                workspace: planted.workspace, pool: pool, monitor: .silent,
                exclusively: { publish in
                    // All has been computed, nothing written.
                    try live.add(arrival)
                    try exclusively(publish)
                }
            ).train(.init(dimensions: 4, seed: 4))
        }
    }

    @Test func theNewestSoundVersionBeforeAnswers() throws {
        try damage("v3")
        try damage("v2")
        let live = try live()
        #expect(live.state.version == "v1" && live.state.damaged?.version == "v3")
        #expect(live.state.damaged?.damage.code == "model.checksum")
        try live.add(arrival("new"))
        #expect(live.state.recommender?.snapshot.row(ofItem: "new") != nil)
        #expect(live.state.damaged?.version == "v3")
        try live.refresh()
        #expect(live.state.version == "v1")
    }

    @Test func withNoSoundVersionTheErrorSaysWhichIsDamaged() throws {
        for version in ["v1", "v2", "v3"] { try damage(version) }
        let error = #expect(throws: Diagnostic.self) { try live() }
        #expect(error?.kind == .badData && error?.message.contains("v3") == true)
    }

    @Test func aVersionAfterAnswersWhereNoneBeforeCan() throws {
        try ModelStore(directory: models).activate("v1")
        try damage("v1")
        #expect(try live().state.version == "v2")
    }

    /// Items that only the damaged version had placed have a place in the one that answers.
    @Test func damageUnderARunningServiceIsSeenWithTheNextChangeOfOthers() throws {
        let live = try live()
        try live.add(arrival("of-v3"))
        try damage("v3")
        // In memory: what is asked of this service alone goes on.
        try live.add(arrival("of-v3-too"))
        #expect(live.state.version == "v3")
        _ = try planted.workspace.catalogue.write { try $0.upsert(User(id: "other")) }
        try live.refresh()
        #expect(live.state.version == "v2" && live.state.damaged?.version == "v3")
        let snapshot = try #require(live.state.recommender).snapshot
        #expect(snapshot.row(ofItem: "of-v3") != nil && snapshot.row(ofItem: "of-v3-too") != nil)
        #expect(snapshot.unplacedCount == 0)
    }

    @Test func aRepairedVersionAnswersAgain() throws {
        let file = URL(fileURLWithPath: models + "/v3/model.safetensors")
        let bytes = try Data(contentsOf: file)
        try damage("v3")
        let live = try live()
        #expect(live.state.version == "v2")
        try live.refresh()
        #expect(live.state.version == "v2")
        try bytes.write(to: file, options: .atomic)
        try live.refresh()
        #expect(live.state.version == "v3" && live.state.damaged == nil)
    }

    @Test func aVersionWhoseFolderIsGoneIsNotWaitedFor() throws {
        try FileManager.default.removeItem(atPath: models + "/v3")
        let live = try live()
        #expect(live.state.version == "v2" && live.state.damaged?.version == "v3")
    }

    /// Ended at any moment, an activation leaves no active version that knows less than the catalogue.
    @Test func allItemsHaveAPlaceBeforeAVersionIsActive() throws {
        let live = try live()
        try live.add(arrival("since"))
        // In the way of what writes `current`.
        try FileManager.default.createDirectory(
            atPath: models + "/current.partial", withIntermediateDirectories: true)
        #expect(throws: Diagnostic.self) { try live.activate("v1") }
        let store = ModelStore(directory: models)
        #expect(store.current() == "v3")
        let snapshot = try Snapshot(
            planted.workspace.catalogue, try TrainedModel.open(store, version: "v1"))
        #expect(snapshot.unplacedCount == 0)
        // Nor does a training.
        #expect(throws: Diagnostic.self) { try train(live, whileAdding: arrival("meanwhile")) }
        #expect(store.current() == "v3" && store.versions().last == "v4")
        let next = try Snapshot(planted.workspace.catalogue, try TrainedModel.open(store, version: "v4"))
        #expect(next.unplacedCount == 0 && next.row(ofItem: "meanwhile") != nil)
    }

    @Test func tidyingRemovesPostersOfNoItem() throws {
        let workspace = planted.workspace
        let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
        let (used, unused) = (try workspace.posters.put(png + [1]), try workspace.posters.put(png + [2]))
        _ = try workspace.catalogue.write {
            try $0.upsert(Item(id: "with", title: "With", poster: used.reference))
        }
        try workspace.tidy()
        #expect(workspace.posters.contains(used.reference) && !workspace.posters.contains(unused.reference))
    }
}
