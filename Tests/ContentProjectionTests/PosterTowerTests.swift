import ContentProjection
import Diagnostics
import FloatKernels
import ItemContent
import NeuralNetwork
import Testing

@Suite struct PosterTowerTests {
    private let pool = ThreadPool(threads: 2)

    @Test func learningEmbedsAndAFileGivesTheSameTower() throws {
        var generator = RandomGenerator(seed: 9)
        let posters = (0..<24).map {
            PlantedCatalogue.poster(isWarm: $0 % 2 == 0, at: (20, 30), using: &generator)
        }
        let (tower, embedding) = try PosterTower.learn(from: posters, seed: 1, pool: pool, monitor: .silent)
        #expect(embedding.rows == 24 && embedding.columns == tower.dimensions)
        #expect(
            try tower.embed(posters, pool: pool) == embedding, "posters are read once, with the same result")

        let folder = try TemporaryFolder()
        var writer = TensorFileWriter()
        tower.write(to: &writer, as: "poster")
        try writer.write(to: folder.path("tower"))
        let stored = try PosterTower(from: TensorFile(path: folder.path("tower")), "poster")
        #expect(try stored.embed(posters, pool: pool) == embedding)

        // Nothing but the colour of the square differs: a leading direction tells the colours apart.
        let separates = (0..<min(3, embedding.columns)).contains { column in
            let right = stride(from: 0, to: 24, by: 2).map { embedding[$0, column] }
            let left = stride(from: 1, to: 24, by: 2).map { embedding[$0, column] }
            return right.min() ?? 0 > left.max() ?? 0 || left.min() ?? 0 > right.max() ?? 0
        }
        #expect(separates)
    }

    @Test func learningStopsWhenAsked() {
        var generator = RandomGenerator(seed: 9)
        let posters = (0..<24).map { _ in PlantedCatalogue.poster(isWarm: true, using: &generator) }
        let monitor = WorkMonitor(onUpdate: { _ in }, shouldStop: { true })
        #expect(throws: Diagnostic.interrupted) {
            try PosterTower.learn(from: posters, seed: 1, pool: pool, monitor: monitor)
        }
    }
}
