import ArgumentParser
import CollaborativeFiltering
import Diagnostics
import FloatKernels
import Foundation
import Synchronization

/// Learning from ratings.
struct FactorisationBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "factorisation", abstract: "Implicit ALS and BPR, 64 factors, a million likes.")

    @OptionGroup var options: BenchmarkOptions

    @Option(help: "Also write the likes into this folder, for a peer to read.")
    var files: String?

    func run() throws {
        let likes = ReferenceInteractions()
        if let files { try likes.write(to: URL(fileURLWithPath: files).appendingPathComponent("likes.bin")) }
        let matrix = try likes.matrix()
        options.emit(try alternatingLeastSquares(matrix))
        options.emit(try personalizedRanking(matrix))
    }

    private func alternatingLeastSquares(_ likes: InteractionMatrix) throws -> BenchmarkRecord {
        var model = ImplicitALS()
        (model.dimensions, model.epochs, model.l2, model.confidence) = (64, 15, 10, 4)
        let (timing, _) = try fit(model, likes, repeats: min(options.repeats, 3))
        var record = BenchmarkRecord("mf", "ml1m/coldstart_als_15it", threads: options.threads)
        record["s_best"] = timing.best
        record["s_median"] = timing.median
        record["cpu_s"] = timing.processor
        return record
    }

    private func personalizedRanking(_ likes: InteractionMatrix) throws -> BenchmarkRecord {
        var model = BayesianPersonalizedRanking()
        (model.dimensions, model.epochs, model.negatives) = (64, 10, .uniform)
        let (timing, epoch) = try fit(model, likes, repeats: 1)
        var record = BenchmarkRecord("mf", "ml1m/coldstart_bpr_10ep", threads: options.threads)
        record["s_best"] = timing.best
        record["s_per_epoch_best"] = epoch
        record["Msamples_per_s"] = Double(likes.count) / epoch / 1e6
        record["cpu_s"] = timing.processor
        return record
    }

    /// The time of a whole fit, and of the fastest epoch that was reported.
    private func fit(
        _ model: some CollaborativeModel, _ likes: InteractionMatrix, repeats: Int
    ) throws -> (fit: Timing, epoch: Double) {
        let pool = ThreadPool(threads: options.threads)
        let epochs = Mutex<(last: ContinuousClock.Instant?, fastest: Duration)>((nil, .seconds(3600)))
        let monitor = WorkMonitor { _ in
            epochs.withLock { state in
                let now = ContinuousClock.now
                if let last = state.last { state.fastest = min(state.fastest, now - last) }
                state.last = now
            }
        }
        let timing = try Timing.throughput(repeats: repeats, calls: 1) {
            epochs.withLock { $0.last = nil }
            _ = try model.fit(likes, seed: 1, pool: pool, monitor: monitor)
        }
        return (timing, epochs.withLock { $0.fastest / .seconds(1) })
    }
}
