import Diagnostics
import FloatKernels

/// Chooses λ of `BiasedFactorisation` by ratings held out of the catalogue's own: the held-out error has one valley over λ,
/// which is entered from below.
struct RatingPenaltySearch {
    /// In ascending order.
    private static let candidates: [Float] = [0.5, 0.7, 1, 1.4, 2]
    /// Where too few ratings can be held out to choose by.
    private static let fallback: Float = 1
    private static let fewestRatings = 200
    /// Passes of a trial: errors are told apart before the vectors stand still.
    private static let epochs = 6

    let model: BiasedFactorisation
    let seed: UInt64
    let pool: ThreadPool
    let monitor: WorkMonitor

    /// - Throws: `Diagnostic.interrupted`.
    func penalty(for ratings: CompressedRows) throws -> Float {
        var generator = RandomGenerator(seed: seed, stream: 51)
        let held = HeldOutRatings(ratings, using: &generator)
        guard held.count >= Self.fewestRatings else { return Self.fallback }
        var best: (penalty: Float, error: Double)?
        try monitor.report("Choosing the penalty", 0, of: Self.candidates.count, "penalties")
        for (index, penalty) in Self.candidates.enumerated() {
            var trial = model
            trial.epochs = min(model.epochs, Self.epochs)
            let factors = try trial.factors(held.training, penalty: penalty, seed: seed, pool: pool) { _, _ in
                try monitor.check()
            }
            let error = held.rootMeanSquareError(of: factors.rating)
            try monitor.report(
                "Choosing the penalty", index + 1, of: Self.candidates.count, "penalties",
                note: "\(decimal(Double(penalty), places: 1)): RMSE \(decimal(error, places: 4))")
            if let best, error > best.error { break }
            best = (penalty, error)
        }
        try monitor.report(
            "Choosing the penalty", Self.candidates.count, of: Self.candidates.count, "penalties")
        return best?.penalty ?? Self.fallback
    }
}
