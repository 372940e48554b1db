import Catalogue
import Diagnostics
import FloatKernels
import Foundation
import Recommendation
import Synchronization
import Testing

@Suite("Evaluation on a planted catalogue") struct EvaluationTests {
    private let planted: PlantedWorkspace

    init() throws { planted = try PlantedWorkspace() }

    private func run(
        _ tasks: Set<Evaluation.Task>, seed: UInt64 = 1, monitor: WorkMonitor = .silent
    ) throws -> Evaluation.Report {
        try Evaluation(workspace: planted.workspace, pool: ThreadPool(threads: 1), monitor: monitor)
            .run(tasks, folds: 3, seed: seed)
    }

    private func table(_ task: Evaluation.Task) throws -> [String: Evaluation.System] {
        let systems = try run([task]).tasks[0].systems
        return Dictionary(systems.map { ($0.name, $0) }) { first, _ in first }
    }

    @Test func newItemsAreRankedByTheContentThatMatters() throws {
        let systems = try table(.cold)
        #expect(
            Set(systems.keys)
                == ["coldstart", "linear ridge", "content neighbours", "genre popularity", "random"])
        let random = try #require(systems["random"])
        for name in ["coldstart", "linear ridge", "content neighbours"] {
            let system = try #require(systems[name])
            #expect(system.interval.low > random.interval.high, "\(name)")
            #expect((system.score.auc ?? 0) > 0.7, "\(name)")
        }
        #expect(abs((random.score.auc ?? 0) - 0.5) < 0.06)
    }

    @Test func everySystemIsHeldAgainstColdstart() throws {
        let systems = try table(.mixed)
        let own = try #require(systems["coldstart"])
        #expect(own.difference == nil && systems.count == 6)
        for system in systems.values {
            #expect(system.interval.low <= system.score.ndcg20 && system.score.ndcg20 <= system.interval.high)
            #expect(system.foldNdcg20.count == 3)
            #expect(
                system.foldRange.low <= system.score.ndcg20 && system.score.ndcg20 <= system.foldRange.high)
            if let difference = system.difference {
                #expect(abs(difference.mean - (system.score.ndcg20 - own.score.ndcg20)) < 1e-12)
                #expect(difference.interval.low <= difference.mean)
                #expect(difference.mean <= difference.interval.high)
            }
        }
        #expect(try #require(systems["random"]?.difference).isBeyondNoise)
        // What nobody has liked yet stands at the end.
        #expect(try #require(systems["popularity"]).score.ndcg20 < 0.05)
    }

    @Test func knownItemsAreRankedByRatings() throws {
        let systems = try table(.warm)
        let als = try #require(systems["als"])
        for name in ["popularity", "genre popularity", "content neighbours", "random"] {
            let other = try #require(systems[name])
            #expect(other.score.ndcg20 < als.score.ndcg20 || name == "content neighbours", "\(name)")
        }
        // Genres are all that these users care for.
        let neighbours = try #require(systems["content neighbours"])
        #expect(neighbours.interval.low > (try #require(systems["popularity"])).interval.high)
        #expect(als.difference == nil && neighbours.difference != nil)
    }

    @Test func ratingsHelpAndLikesAlonePlaceNobody() throws {
        let systems = try run([.warmUp]).tasks[0].systems
        func ndcg(_ name: String, _ ratings: Int) throws -> Double {
            try #require(systems.first { $0.name == name && $0.ratings == ratings }).score.ndcg20
        }
        #expect(systems.count == 5 * 6)
        #expect(try ndcg("ratings alone", 10) > ndcg("ratings alone", 0) + 0.05)
        #expect(try ndcg("coldstart", 10) > ndcg("popularity", 10) + 0.05)
        #expect(try ndcg("coldstart", 0) == ndcg("content alone", 0))
        #expect(try ndcg("linear ridge", 0) == ndcg("linear ridge", 20))
        #expect(try ndcg("popularity", 20) != ndcg("popularity", 0))
    }

    @Test func listsWithoutGenresAreNoBetterThanChance() throws {
        let systems = try table(.content)
        let all = try #require(systems["all"])
        #expect(all.difference == nil)
        #expect(try #require(systems["metadata"]).score.ndcg20 > all.score.ndcg20 - 0.05)
        let without = try #require(systems["all without genres"]?.difference)
        #expect(without.interval.high < -0.1)
        #expect(abs((try #require(systems["all without genres"]?.score.auc)) - 0.5) < 0.1)
        #expect(abs((try #require(systems["all without length"]?.difference)).mean) < 0.05)
    }

    @Test func theTitleRatedLastIsAskedForOnce() throws {
        let timed = try PlantedWorkspace(hasTimes: true)
        let result = try Evaluation(
            workspace: timed.workspace, models: ["als"], pool: ThreadPool(threads: 1), monitor: .silent
        ).run([.nextItem], folds: 3, seed: 1).tasks[0]
        #expect(result.folds == 1 && result.users == 60 && result.reference == "als")
        #expect(Set(result.systems.map(\.name)) == ["als", "popularity"])
        // It is of the user's own genre, as one title in four.
        let recall = result.systems.map(\.score.recall20)
        #expect(recall[0] > recall[1] + 0.2 && result.systems[0].name == "als")
    }

    @Test func withoutTimesThereIsNoLastTitle() throws {
        let error = #expect(throws: Diagnostic.self) { try run([.nextItem]) }
        #expect(error?.code == "evaluate.no_times")
    }

    /// One fit for several tasks, or one each: the figures are the same, and again the next time.
    @Test func tasksTogetherGiveWhatEachGivesAlone() throws {
        let together = try run([.cold, .mixed, .warm, .warmUp, .content])
        #expect(together.tasks.map(\.task) == [.cold, .mixed, .warm, .warmUp, .content])
        for result in together.tasks {
            let alone = try run([result.task]).tasks[0]
            #expect(try StableJSON.encode(alone) == StableJSON.encode(result), "\(result.task)")
        }
        let cold = together.tasks[0].systems[0].score.ndcg20
        #expect(try run([.cold], seed: 2).tasks[0].systems[0].score.ndcg20 != cold)
    }

    /// Wherever it is asked to stop, it reports nothing more.
    @Test func stopsAtOnceWhereItIsAsked() throws {
        let total = Counter()
        let stages = Mutex<Set<String>>([])
        _ = try run(
            [.cold, .warm, .warmUp],
            monitor: WorkMonitor { update in
                total.add()
                stages.withLock { _ = $0.insert(update.stage) }
            })
        #expect(stages.withLock { $0.contains("Fold 2 of 3: Judging lists") })
        for limit in stride(from: 1, to: total.value, by: max(total.value / 12, 1)) {
            let reports = Counter()
            #expect(throws: Diagnostic.interrupted) {
                try run(
                    [.cold, .warm, .warmUp],
                    monitor: WorkMonitor(
                        onUpdate: { _ in reports.add() }, shouldStop: { reports.value >= limit }))
            }
            #expect(reports.value == limit)
        }
    }

    @Test func tooFewItemsAreRefused() throws {
        let small = try PlantedWorkspace(items: 20)
        #expect {
            try Evaluation(workspace: small.workspace, pool: ThreadPool(threads: 1), monitor: .silent)
                .run([.cold], folds: 3, seed: 1)
        } throws: { ($0 as? Diagnostic)?.code == "evaluate.too_few_items" }
    }
}

private final class Counter: Sendable {
    private let count = Mutex(0)
    var value: Int { count.withLock { $0 } }
    func add() { count.withLock { $0 += 1 } }
}
