import CollaborativeFiltering
import FloatKernels
import Recommendation

/// What a client wants trained.
struct TrainingOrder: Sendable {
    let kind: Training.Kind
    /// Whether a retrained version is to answer even if it is worse.
    var force = false
    var options = TrainingPipeline.Options()

    /// Fits the projection anew.
    static let retrain = TrainingOrder(kind: .retrain)

    private init(kind: Training.Kind) { self.kind = kind }

    private static let properties = ["kind", "force", "model", "dimensions", "epochs", "seed"]

    /// Reads a request.
    init(_ body: Body) throws {
        try body.expect(Self.properties)
        guard let kind: Training.Kind = try body.choice("kind") else {
            throw Body.missing("kind", Training.Kind.allCases.map(\.rawValue).joined(separator: " or "))
        }
        self.kind = kind
        force = try body.optional("force", "true or false") ?? false
        options.model = try body.optional("model", "text")
        guard options.model.map(Self.models.contains) ?? true else {
            throw Body.invalid("model", "one of: " + Self.models.joined(separator: ", "))
        }
        options.dimensions = try body.integer("dimensions", in: 1...1024)
        options.epochs = try body.integer("epochs", in: 1...10_000)
        options.seed = try body.integer("seed", in: Limits.seed) ?? options.seed
    }

    private static let models = CollaborativeModels.names + [ModelChoice.name]

    /// Does it, on `pipeline`.
    func run(_ pipeline: TrainingPipeline) throws -> TrainingPipeline.Outcome {
        switch kind {
        case .retrain: try pipeline.retrain(force: force)
        case .train: try pipeline.train(options)
        }
    }
}
