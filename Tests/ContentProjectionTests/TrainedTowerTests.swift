import ContentProjection
import Diagnostics
import FloatKernels
import ItemContent
import NeuralNetwork
import Synchronization
import Testing

@Suite(.serialized) struct TrainedTowerTests {
    private let pool = ThreadPool(threads: 2)
    private let options = ProjectionTrainer.Options(trainsNetwork: true, networkEpochs: 10)

    private func train(
        _ records: [ContentRecord], _ targets: ProjectionTargets, monitor: WorkMonitor = .silent
    ) throws -> ProjectionFit {
        try ProjectionTrainer(options: options, seed: 1, pool: pool, monitor: monitor).fit(records, targets)
    }

    /// Share of the variance of the placements that the cross-fitted rows explain as they are, without a regression.
    private func explained(_ points: Matrix, _ targets: ProjectionTargets) -> Double {
        var (missed, total) = (0.0, 0.0)
        let centred = targets.placements.centredColumns()
        let deviation =
            (centred.elements.reduce(0) { $0 + Double($1) * Double($1) } / Double(centred.elements.count))
            .squareRoot()
        for (found, wanted) in zip(points.elements, centred.elements) {
            let error = Double(wanted) / deviation - Double(found)
            missed += error * error
            total += Double(wanted) * Double(wanted) / (deviation * deviation)
        }
        return 1 - missed / total
    }

    /// Share of the rows' variance that lies between classes.
    private func share(of rows: Matrix, between classes: [String]) -> Double {
        let centred = rows.centredColumns()
        let total = centred.elements.reduce(0) { $0 + Double($1) * Double($1) }
        var between = 0.0
        for members in Dictionary(grouping: classes.indices, by: { classes[$0] }).values {
            for column in 0..<rows.columns {
                let sum = members.reduce(0) { $0 + Double(centred[$1, column]) }
                between += sum * sum / Double(members.count)
            }
        }
        return between / total
    }

    @Test func theNetworksReadItemsTheyHaveNotSeen() throws {
        let catalogue = PlantedCatalogue(count: 300, seed: 40, posters: true, placesBySquare: true)
        var (encoder, items) = try ContentEncoder.learn(
            from: catalogue.records, seed: 1, pool: pool, monitor: .silent)
        try encoder.trainTower(
            on: catalogue.records, &items, placements: catalogue.targets.placements, epochs: 30, seed: 1,
            pool: pool, monitor: .silent)
        guard case .points(let points, let present)? = items["trained"] else {
            Issue.record("no view of the trained tower")
            return
        }
        #expect(!present.contains(false))
        // Genre and theme known exactly would explain this much; who explains more has read the posters.
        let cells = catalogue.records.indices.map { item in
            "\(catalogue.records[item].genres) \(catalogue.themeOf[item])"
        }
        let withoutPosters = share(of: catalogue.targets.placements, between: cells)
        let reached = explained(points, catalogue.targets)
        #expect(reached > withoutPosters)
        // By title and year, as a retraining does.
        let again = try encoder.encode(catalogue.records, areLearned: true, pool: pool)
        guard case .points(let same, _)? = again["trained"] else { return }
        #expect(same == points, "encoding finds every item's fold again")
    }

    @Test func theNetworksReadWords() throws {
        var catalogue = PlantedCatalogue(count: 300, seed: 46)
        for item in catalogue.records.indices { catalogue.records[item].genres = [] }
        var (encoder, items) = try ContentEncoder.learn(
            from: catalogue.records, seed: 1, pool: pool, monitor: .silent)
        try encoder.trainTower(
            on: catalogue.records, &items, placements: catalogue.targets.placements, epochs: 30, seed: 1,
            pool: pool, monitor: .silent)
        guard case .points(let points, _)? = items["trained"] else {
            Issue.record("no view of the trained tower")
            return
        }
        // The theme is all that is left to read, and only the words tell it.
        let readable = share(of: catalogue.targets.placements, between: catalogue.themeOf.map(String.init))
        #expect(explained(points, catalogue.targets) > readable / 2)
    }

    @Test func comesBackFromAFile() throws {
        let catalogue = PlantedCatalogue(count: 200, seed: 40, posters: true, placesBySquare: true)
        let (known, new) = (Array(0..<140), Array(140..<200))
        let records = known.map { catalogue.records[$0] }
        let stages = Mutex<Set<String>>([])
        let monitor = WorkMonitor(onUpdate: { update in stages.withLock { _ = $0.insert(update.stage) } })
        let fit = try train(records, catalogue.targets.selecting(known), monitor: monitor)
        #expect(stages.withLock { $0.contains("Training the network, fold 5 of 5") })
        let fresh = new.map { catalogue.records[$0] }
        let projected = try fit.projection.project(fresh, pool: pool)
        #expect(catalogue.explained(projected, new) > 0.6)

        let folder = try TemporaryFolder()
        var writer = TensorFileWriter()
        fit.projection.write(to: &writer)
        try writer.write(to: folder.path("model"))
        let stored = try ContentProjection(from: TensorFile(path: folder.path("model")))
        #expect(try stored.project(fresh, pool: pool).vectors == projected.vectors)
        // Retraining finds each item's fold again: the same rows, hence the same projection.
        let refitted = try ProjectionTrainer(seed: 1, pool: pool, monitor: .silent)
            .refit(stored, records, catalogue.targets.selecting(known))
        #expect(try refitted.fit.projection.project(fresh, pool: pool).vectors == projected.vectors)
    }

    /// Placements that content knows nothing of: networks can learn them by heart, and that must not show.
    @Test func whatWasLearnedByHeartDoesNotShow() throws {
        let catalogue = PlantedCatalogue(count: 150, seed: 41)
        let noise = Matrix.random(150, 7, seed: 42)
        var (encoder, items) = try ContentEncoder.learn(
            from: catalogue.records, seed: 1, pool: pool, monitor: .silent)
        try encoder.trainTower(
            on: catalogue.records, &items, placements: noise, epochs: 150, seed: 1, pool: pool,
            monitor: .silent)
        let mixed = try encoder.encode(catalogue.records, pool: pool)
        guard case .points(let left, _)? = items["trained"], case .points(let seen, _)? = mixed["trained"]
        else {
            Issue.record("no view of the trained tower")
            return
        }
        // Four of five networks have seen each item, and know it again.
        #expect(correlation(seen, noise) > 0.3)
        // Independent of the noise: four deviations of the correlation of 150 · 7 products.
        #expect(abs(correlation(left, noise)) < 4 / Double(150 * 7).squareRoot())
    }

    private func correlation(_ a: Matrix, _ b: Matrix) -> Double {
        let (left, right) = (a.centredColumns().elements, b.centredColumns().elements)
        func inner(_ x: [Float], _ y: [Float]) -> Double {
            zip(x, y).reduce(0) { $0 + Double($1.0) * Double($1.1) }
        }
        return inner(left, right) / (inner(left, left) * inner(right, right)).squareRoot()
    }

    @Test func sameSeedSameBits() throws {
        let catalogue = PlantedCatalogue(count: 80, seed: 44)
        let (a, b) = (
            try train(catalogue.records, catalogue.targets), try train(catalogue.records, catalogue.targets)
        )
        #expect(a.leftOut == b.leftOut)
    }

    @Test func tooFewItemsTrainNoNetwork() throws {
        let catalogue = PlantedCatalogue(count: 30, seed: 45)
        let fit = try train(catalogue.records, catalogue.targets)
        #expect(!fit.report.modalities.contains { $0.name == "cnn" })
    }

    @Test func trainingStopsWhenAsked() throws {
        let catalogue = PlantedCatalogue(count: 80, seed: 44)
        let stage = Mutex("")
        let monitor = WorkMonitor(
            onUpdate: { update in stage.withLock { $0 = update.stage } },
            shouldStop: { stage.withLock { $0.hasSuffix("fold 3 of 5") } })
        #expect(throws: Diagnostic.interrupted) {
            try train(catalogue.records, catalogue.targets, monitor: monitor)
        }
    }
}
