import Catalogue
import Diagnostics
import FloatKernels
import Recommendation
import Testing

@Suite("The map of neighbours") struct NeighbourMapTests {
    @Test func itKeepsMoreNeighboursThanTheComponentsAndIsTheSameEachTime() throws {
        let planted = try PlantedWorkspace()
        let pool = ThreadPool(threads: 2)
        _ = try TrainingPipeline(workspace: planted.workspace, pool: pool, monitor: .silent).train(
            .init(dimensions: 8))
        let model = try TrainedModel.open(ModelStore(directory: planted.workspace.modelsDirectory))
        let snapshot = try Snapshot(planted.workspace.catalogue, model)
        let rows = Array(snapshot.items.indices)
        let maps = try [1, 2].map { threads in
            try #require(
                try NeighbourMap(snapshot, pool: ThreadPool(threads: threads), monitor: .silent))
        }
        #expect(maps[0].version == snapshot.version)
        #expect(maps[0].kept > maps[0].keptByComponents)
        let places = maps.map { $0.places(ofRows: rows, in: snapshot).map { [$0.x, $0.y] } }
        #expect(places[0] == places[1])
        #expect(places[0].allSatisfy { abs($0[0]) <= 1 && abs($0[1]) <= 1 })
    }

    @Test func theMiddleStandsInTheHeavierOfTwoGroups() {
        let group = [SIMD2<Float>(0.9, 0.9), SIMD2(0.92, 0.88), SIMD2(0.88, 0.9)]
        let far = [SIMD2<Float>(-0.9, -0.9), SIMD2(-0.88, -0.9)]
        let middle = NeighbourMap.middle(group + far, weights: [1, 1, 1, 1, 1])
        #expect(abs(middle.x - 0.9) < 0.05 && abs(middle.y - 0.9) < 0.05)
        // Weights decide, not numbers.
        let other = NeighbourMap.middle(group + far, weights: [0.1, 0.1, 0.1, 1, 1])
        #expect(abs(other.x + 0.89) < 0.05 && abs(other.y + 0.9) < 0.05)
        let alone = NeighbourMap.middle([SIMD2(0.5, -0.5)], weights: [1])
        #expect(abs(alone.x - 0.5) < 1e-6 && abs(alone.y + 0.5) < 1e-6)
    }
}
