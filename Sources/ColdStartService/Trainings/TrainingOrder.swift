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
        let name: String = try body.required("kind", "text")
        guard let kind = Training.Kind(rawValue: name) else {
            throw Body.invalid("kind", Training.Kind.allCases.map(\.rawValue).joined(separator: " or "))
        }
        self.kind = kind
        force = try body.optional("force", "true or false") ?? false
        options.model = try body.optional("model", "text")
        options.dimensions = try Self.count(body, "dimensions", in: 1...1024)
        options.epochs = try Self.count(body, "epochs", in: 1...10_000)
        options.seed = try body.optional("seed", "a whole number from 0") ?? options.seed
    }

    private static func count(_ body: Body, _ name: String, in range: ClosedRange<Int>) throws -> Int? {
        let kind = "a whole number from \(range.lowerBound) to \(range.upperBound)"
        guard let value: Int = try body.optional(name, kind) else { return nil }
        guard range.contains(value) else { throw Body.invalid(name, kind) }
        return value
    }

    /// Does it, on `pipeline`.
    func run(_ pipeline: TrainingPipeline) throws -> TrainingPipeline.Outcome {
        switch kind {
        case .retrain: try pipeline.retrain(force: force)
        case .train: try pipeline.train(options)
        }
    }
}
