import Catalogue
import Diagnostics
import FloatKernels
import Foundation
import Recommendation
import Synchronization
import Testing

/// What an interrupted training keeps is what the same training goes on from, to the same bits.
@Suite struct TrainingCheckpointTests {
    private let pool = ThreadPool(threads: 2)

    private func train(
        _ planted: PlantedWorkspace, model: String = "als", seed: UInt64 = 3, stoppingAt stage: String? = nil
    ) throws -> [String] {
        let stages = Mutex<[String]>([])
        let monitor = WorkMonitor(
            onUpdate: { update in stages.withLock { $0.append(update.stage) } },
            shouldStop: {
                stages.withLock { stages in
                    stage.map { name in stages.contains { $0.hasPrefix(name) } } ?? false
                }
            })
        let pipeline = TrainingPipeline(workspace: planted.workspace, pool: pool, monitor: monitor)
        _ = try pipeline.train(.init(model: model, dimensions: 6, epochs: 3, seed: seed))
        return stages.withLock { $0 }
    }

    private func bytes(_ planted: PlantedWorkspace) throws -> Data {
        try Data(
            contentsOf: URL(fileURLWithPath: planted.workspace.modelsDirectory + "/v1/model.safetensors"))
    }

    @Test(arguments: ["als", "bpr", "mlp", "gru"])
    func goesOnToTheSameBits(model: String) throws {
        let (whole, stopped) = (try PlantedWorkspace(), try PlantedWorkspace())
        _ = try train(whole, model: model)
        #expect(throws: Diagnostic.interrupted) {
            try train(stopped, model: model, stoppingAt: "Weighing the content")
        }
        #expect(ModelStore(directory: stopped.workspace.modelsDirectory).versions().isEmpty)
        let stages = try train(stopped, model: model)
        #expect(!stages.contains("Learning from ratings"))
        #expect(try bytes(whole) == bytes(stopped))
        // It is used up.
        #expect(try train(stopped, model: model).contains("Learning from ratings"))
    }

    @Test func theChoiceOfAModelIsKept() throws {
        let planted = try PlantedWorkspace()
        #expect(throws: Diagnostic.interrupted) {
            try train(planted, model: "auto", stoppingAt: "Weighing the content")
        }
        #expect(try !train(planted, model: "auto").contains { $0.hasPrefix("Trying") })
        let card = try ModelStore(directory: planted.workspace.modelsDirectory).card("v1")
        #expect(card.choice?.isEmpty == false)
    }

    @Test func anotherTrainingOrAnotherCatalogueBeginsAnew() throws {
        let planted = try PlantedWorkspace()
        func stop() {
            #expect(throws: Diagnostic.interrupted) { try train(planted, stoppingAt: "Weighing the content") }
        }
        stop()
        #expect(try train(planted, seed: 4).contains("Learning from ratings"))
        stop()
        _ = try planted.workspace.catalogue.write { try $0.upsert(Item(id: "late", title: "Late")) }
        #expect(try train(planted).contains("Learning from ratings"))
        stop()
        let file = URL(fileURLWithPath: planted.workspace.modelsDirectory + "/interrupted-training.partial")
        try Data(try Data(contentsOf: file).prefix(5_000)).write(to: file)
        #expect(try train(planted).contains("Learning from ratings"))
    }
}
