import ContentProjection
import Diagnostics
import FloatKernels
import ItemContent
import NeuralNetwork
import Testing

@Suite struct ContentProjectionTests {
    private let pool = ThreadPool(threads: 2)
    private let catalogue = PlantedCatalogue(count: 260, seed: 30)
    private let known = Array(0..<200)
    private let new = Array(200..<260)

    private func fit(seed: UInt64 = 1) throws -> ProjectionFit {
        try ProjectionTrainer(seed: seed, pool: pool, monitor: .silent)
            .fit(known.map { catalogue.records[$0] }, catalogue.targets.selecting(known))
    }

    @Test func newItemsLandWhereTheyWerePlanted() throws {
        let fit = try fit()
        let projected = try fit.projection.project(new.map { catalogue.records[$0] }, pool: pool)
        // Planted parts have a variance of about 1 an output, noise .04: content can know 95 %.
        #expect(catalogue.explained(projected, new) > 0.85)
        #expect(fit.report.explained > 0.85)
    }

    @Test func usefulContentIsNamedAndUselessContentIsNot() throws {
        let worth = Dictionary(uniqueKeysWithValues: try fit().report.modalities.map { ($0.name, $0) })
        #expect(try #require(worth["genres"]).lostWithout > 0.2)
        #expect(try #require(worth["description"]).lostWithout > 0.2)
        #expect(try #require(worth["shelf"]).lostWithout < 0.02)
        #expect(try #require(worth["year"]).lostWithout < 0.02)
    }

    @Test func variancesAreThoseOfTheErrors() throws {
        let fit = try fit()
        let projected = try fit.projection.project(new.map { catalogue.records[$0] }, pool: pool)
        var errors = 0.0
        for (row, item) in new.enumerated() {
            for column in 0..<PlantedCatalogue.dimensions {
                let error = Double(
                    projected.vectors[row, column] - catalogue.targets.placements[item, column])
                errors += error * error
            }
            let error = Double(
                projected.biases[row] - catalogue.targets.placements[item, PlantedCatalogue.dimensions])
            errors += error * error
        }
        let predicted = projected.variances.reduce(0) { $0 + Double($1) }
        #expect((0.5...2).contains(errors / predicted))
    }

    @Test func missingContentIsProjectedWithALargerVariance() throws {
        let projection = try fit().projection
        let whole = catalogue.records[210]
        let bare = ContentRecord(
            title: "", genres: ["unheard of"], categories: ["shelf": ["new"], "other": ["x"]])
        var silent = whole
        silent.description = ""
        var undated = whole
        undated.year = nil
        var pictured = whole
        pictured.poster = RGBImage(width: 2, height: 3, pixels: [UInt8](repeating: 9, count: 18))
        let result = try projection.project([whole, bare, silent, undated, pictured], pool: pool)
        let areFinite = result.vectors.elements.allSatisfy { $0.isFinite }
        #expect(areFinite)
        #expect(result.variances[1] > 2 * result.variances[0])
        #expect(result.variances[2] > result.variances[0])
        #expect(
            result.vectors.row(4) == result.vectors.row(0), "without a poster tower, posters change nothing")
        #expect(try projection.project([], pool: pool).vectors.rows == 0)
    }

    @Test func leftOutPredictionsKnowNothingOfTheirItem() throws {
        let fit = try fit()
        let actual = catalogue.targets.placements.selectingRows(known)
        var missed = 0.0
        for (a, b) in zip(fit.leftOut.elements, actual.elements) { missed += Double((a - b) * (a - b)) }
        let mean = actual.elements.reduce(0) { $0 + Double($1) } / Double(actual.elements.count)
        #expect(missed > 200 * 7 * 0.04 * 0.8, "no better than the planted noise allows")
        #expect(abs(mean - 1) < 1)
    }

    @Test func variancesArePredictedAsLargeAsTheyTurnOut() throws {
        let groups = try #require(fit().report.reliability)
        #expect(groups.reduce(0) { $0 + $1.items } == 200)
        for (lower, higher) in zip(groups, groups.dropFirst()) {
            #expect(lower.predicted <= higher.predicted)
        }
        let predicted = groups.reduce(0) { $0 + $1.predicted * Double($1.items) }
        let actual = groups.reduce(0) { $0 + $1.actual * Double($1.items) }
        #expect(abs(predicted / actual - 1) < 1e-3, "calibrated on the whole")
    }

    @Test func sameSeedSameBits() throws {
        let records = new.map { catalogue.records[$0] }
        let (a, b) = (try fit().projection, try fit().projection)
        #expect(try a.project(records, pool: pool).vectors == b.project(records, pool: pool).vectors)
    }

    @Test func tooFewItemsAreRefused() {
        let trainer = ProjectionTrainer(seed: 1, pool: pool, monitor: .silent)
        let error = #expect(throws: Diagnostic.self) {
            try trainer.fit(Array(catalogue.records.prefix(9)), catalogue.targets.selecting(Array(0..<9)))
        }
        #expect(error?.code == "training.too_few_items")
    }

    @Test func aFileGivesTheSameProjections() throws {
        let (folder, fit) = (try TemporaryFolder(), try fit())
        var writer = TensorFileWriter()
        fit.projection.write(to: &writer)
        try writer.write(to: folder.path("model"))
        let stored = try ContentProjection(from: TensorFile(path: folder.path("model")))
        let records = new.map { catalogue.records[$0] }
        let (a, b) = (
            try fit.projection.project(records, pool: pool), try stored.project(records, pool: pool)
        )
        #expect(a.vectors == b.vectors && a.biases == b.biases && a.variances == b.variances)
        #expect(stored.supportCount == 200)

        let refitted = try ProjectionTrainer(seed: 1, pool: pool, monitor: .silent)
            .refit(stored, known.map { catalogue.records[$0] }, catalogue.targets.selecting(known))
        // The same data: what the earlier weights would have said is what the new ones say.
        #expect(refitted.leftOutBefore.distance(to: refitted.fit.leftOut) < 1e-4)
        #expect(try refitted.fit.projection.project(records, pool: pool).vectors == a.vectors)
    }

    @Test func damagedFilesAreRefused() throws {
        let folder = try TemporaryFolder()
        var writer = TensorFileWriter()
        try fit().projection.write(to: &writer)
        try writer.write(to: folder.path("model"))
        let bytes = try folder.read("model")
        var generator = RandomGenerator(seed: 31)
        for _ in 0..<24 {
            var damaged = bytes
            damaged[generator.index(below: bytes.count)] ^= 0x10
            let path = try folder.write(damaged, to: "damaged")
            // Some tensors may never be read, none may be read wrongly.
            do {
                _ = try ContentProjection(from: TensorFile(path: path))
            } catch let error as Diagnostic {
                #expect(error.kind == .badData && error.code.hasPrefix("model."))
            }
        }
        let cut = try folder.write(Array(bytes.prefix(bytes.count / 2)), to: "cut")
        #expect(throws: Diagnostic.self) { try ContentProjection(from: TensorFile(path: cut)) }
    }
}
