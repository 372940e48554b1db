import Catalogue
import Diagnostics
import FloatKernels
import Recommendation
import Testing

/// A retraining that came out worse, as the active version stays in place.
@Suite struct RetrainGateTests {
    private let pool = ThreadPool(threads: 2)

    /// Genres are all that tells tastes apart here: a version that may look at years only ranks held-out items worse.
    @Test func aWorseVersionIsKeptAndNotActivatedUnlessForced() throws {
        let planted = try PlantedWorkspace()
        let pipeline = TrainingPipeline(workspace: planted.workspace, pool: pool, monitor: .silent)
        _ = try pipeline.train(.init(model: "als", epochs: 4, seed: 1))
        let store = ModelStore(directory: planted.workspace.modelsDirectory)
        #expect(store.current() == "v1")

        let worse = try pipeline.retrain(force: false, content: ["year"])
        let verdict = try #require(worse.verdict)
        #expect(!worse.isActive && !verdict.passes)
        #expect(verdict.candidate < verdict.active - 2 * verdict.standardError)
        #expect(store.current() == "v1" && store.versions().contains("v2"))

        let forced = try pipeline.retrain(force: true, content: ["year"])
        #expect(forced.isActive && forced.verdict?.passes == false && store.current() == "v3")

        let better = try pipeline.retrain(force: false)
        #expect(better.isActive && store.current() == "v4")
    }
}
