import Catalogue
import Diagnostics
import FloatKernels
import Recommendation
import Testing

@Suite("Predicted ratings") struct RatingReportTests {
    private let planted: PlantedWorkspace

    init() throws { planted = try PlantedWorkspace(users: 150) }

    private func report(models: [String] = [], folds: Int = 3, seed: UInt64 = 1) throws -> RatingReport {
        try Evaluation(
            workspace: planted.workspace, models: models, pool: ThreadPool(threads: 1), monitor: .silent
        ).predictRatings(folds: folds, seed: seed)
    }

    /// Users like one genre each: no bias of a user or an item says which, vectors do.
    @Test func vectorsPredictWhatBiasesCannot() throws {
        let report = try report(models: ["als", "mf"])
        #expect(report.reference == "mf" && report.systems.first?.name == "mf")
        let systems = Dictionary(uniqueKeysWithValues: report.systems.map { ($0.name, $0) })
        #expect(Set(systems.keys) == ["mf", "user and item biases", "global mean"])
        let (mf, mean) = (try #require(systems["mf"]), try #require(systems["global mean"]))
        let biases = try #require(systems["user and item biases"])
        #expect(mf.difference == nil)
        #expect(try #require(biases.difference).interval.low > 0)
        #expect(mf.rmse < mean.rmse)
        for system in report.systems {
            #expect(system.rmseInterval.low <= system.rmse && system.rmse <= system.rmseInterval.high)
            #expect(system.maeInterval.low <= system.mae && system.mae <= system.maeInterval.high)
            #expect(system.mae <= system.rmse && system.foldRmse.count == 3)
        }
    }

    /// Ratings are 5 or 2, so the mean errs by their deviation: 3 √(p (1 − p)) for a share p of fives.
    @Test func everyRatingIsPredictedOnce() throws {
        let report = try report()
        var (fives, all) = (0.0, 0.0)
        try planted.workspace.catalogue.forEachRating { _, _, value, _ in
            fives += value == 5 ? 1 : 0
            all += 1
        }
        #expect(report.ratings == Int(all) && report.users == 150)
        let mean = try #require(report.systems.first { $0.name == "global mean" })
        let share = fives / all
        #expect(abs(mean.rmse - 3 * (share * (1 - share)).squareRoot()) < 0.01)
        #expect(abs(mean.mae - 6 * share * (1 - share)) < 0.02)
    }

    @Test func theDivisionIsTheSeeds() throws {
        let first = try report(folds: 2)
        #expect(try StableJSON.encode(first) == StableJSON.encode(report(folds: 2)))
        #expect(try first.systems[0].rmse != report(folds: 2, seed: 2).systems[0].rmse)
    }

    /// With its default loss the layers only order items: their scores would be off by the scale of the ratings.
    @Test func layersPredictWithTheLossForRatings() throws {
        let report = try report(models: ["mlp", "als"], folds: 2)
        #expect(report.reference == "mlp")
        let rmse = Dictionary(uniqueKeysWithValues: report.systems.map { ($0.name, $0.rmse) })
        #expect(try #require(rmse["mlp"]) < (try #require(rmse["global mean"])))
    }

    @Test func modelsThatOrderItemsAreRefused() {
        let error = #expect(throws: Diagnostic.self) { try report(models: ["als"]) }
        #expect(error?.code == "evaluate.no_predictor" && error?.fix.contains("mf") == true)
    }
}
