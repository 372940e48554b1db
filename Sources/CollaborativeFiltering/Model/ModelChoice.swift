public import Diagnostics
public import FloatKernels

/// Chooses a collaborative model by likes held out of the catalogue's own ratings.
///
/// Every model is fitted to the rest, with the settings it comes with, and judged by the NDCG@20 of the likes that it has not seen. Of those
/// within one in a hundred of the best the first is taken, in the order of `CollaborativeModels`, where the fast ones come
/// first.
public struct ModelChoice: Sendable {
    /// What one model reached.
    public struct Trial: Sendable, Codable {
        /// The model's name.
        public let model: String
        /// Of held-out likes among all items that the user has not rated.
        public let ndcg20: Double
        /// How long the model learned.
        public let seconds: Double
    }

    /// The chosen model's name.
    public let model: String
    /// What all of them reached, in the order in which they were tried; empty where too few likes could be held out.
    public let trials: [Trial]

    /// The name that asks for a choice.
    public static let name = "auto"

    /// As good as the best.
    private static let tolerance = 0.01
    private static let fewestLists = 50

    /// Tries `models` on data.
    ///
    /// - Throws: what a model's `fit` throws.
    public init(
        among models: [any CollaborativeModel], _ data: CollaborativeData, seed: UInt64, pool: ThreadPool,
        monitor: WorkMonitor
    ) throws {
        precondition(!models.isEmpty, "a choice is among some")
        var generator = RandomGenerator(seed: seed, stream: 60)
        let likes = HeldOutLikes(data.interactions, using: &generator)
        guard likes.count >= Self.fewestLists else {
            (model, trials) = (type(of: models[0]).name, [])
            return
        }
        let training = data.replacing(try likes.trainingMatrix(of: data.interactions))
        var trials: [Trial] = []
        for (index, model) in models.enumerated() {
            let name = type(of: model).name
            let start = ContinuousClock.now
            let space = try model.fit(
                training, seed: seed, pool: pool, monitor: monitor.prefixing("Trying \(name): "))
            let time = (ContinuousClock.now - start).components
            let trial = Trial(
                model: name, ndcg20: likes.ndcg(space, pool: pool),
                seconds: Double(time.seconds) + Double(time.attoseconds / 1_000_000_000_000_000) / 1000)
            trials.append(trial)
            try monitor.report(
                "Trying models", index + 1, of: models.count, "models",
                note: "\(name): NDCG@20 \(decimal(trial.ndcg20, places: 3))")
        }
        let best = trials.map(\.ndcg20).max() ?? 0
        let good = trials.first { $0.ndcg20 >= (1 - Self.tolerance) * best }
        (model, self.trials) = (good?.model ?? type(of: models[0]).name, trials)
    }
}
