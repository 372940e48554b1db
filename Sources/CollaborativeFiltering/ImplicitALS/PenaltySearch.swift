import Diagnostics
import FloatKernels

/// Chooses λ of implicit ALS by likes held out of the catalogue's own ratings.
///
/// The right one depends on how many users and items share how many ratings: too small it learns accidents by heart, too
/// large it forgets who is who. The held-out NDCG has one peak over λ, which is climbed from below. Half of the λ at the
/// peak is taken: items that nobody has rated are ranked by tastes alone, which the strongest penalty flattens. (On three
/// catalogues of 300 to 2,600 items held-out items were ranked best there, one to four hundredths of NDCG@20 better than
/// at the peak, and held-out likes of known items one to five hundredths worse.)
struct PenaltySearch {
    /// In ascending order.
    private static let candidates: [Float] = [10, 20, 40, 80, 160]
    /// Where too few likes can be held out to choose by.
    private static let fallback: Float = 10
    private static let shareOfPeak: Float = 0.5
    private static let fewestLists = 50
    /// Passes of a trial: rankings are told apart before the vectors stand still.
    private static let epochs = 5

    let model: ImplicitALS
    let seed: UInt64
    let pool: ThreadPool
    let monitor: WorkMonitor

    /// - Throws: `Diagnostic.interrupted`.
    func penalty(for interactions: InteractionMatrix) throws -> Float {
        var generator = RandomGenerator(seed: seed, stream: 50)
        let likes = HeldOutLikes(interactions, using: &generator)
        guard likes.count >= Self.fewestLists else { return Self.fallback }
        var best: (penalty: Float, ndcg: Double)?
        try monitor.report("Choosing the penalty", 0, of: Self.candidates.count, "penalties")
        for (index, penalty) in Self.candidates.enumerated() {
            var trial = model
            (trial.l2, trial.epochs) = (penalty, min(model.epochs, Self.epochs))
            let (users, items) = try trial.factors(
                likes.training, threshold: interactions.positiveThreshold, penalty: penalty, seed: seed,
                pool: pool
            ) { _, _ in try monitor.check() }
            let ndcg = likes.ndcg(users: users, items: items, pool: pool)
            try monitor.report(
                "Choosing the penalty", index + 1, of: Self.candidates.count, "penalties",
                note: "\(Int(penalty)): NDCG@20 \(decimal(ndcg, places: 3))")
            if let best, ndcg < best.ndcg { break }
            best = (penalty, ndcg)
        }
        try monitor.report(
            "Choosing the penalty", Self.candidates.count, of: Self.candidates.count, "penalties")
        return best.map { Self.shareOfPeak * $0.penalty } ?? Self.fallback
    }
}
