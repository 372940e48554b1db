import ArgumentParser
import CollaborativeFiltering

/// Settings of collaborative models by name, from the command line.
struct ModelSettings {
    private let values: [(name: String, value: Float)]

    /// - Parameter words: each `name=value`; for negatives the place of the value in `NegativeSampling`, from zero.
    init(_ words: [String]) throws {
        values = try words.map { word in
            let parts = word.split(separator: "=", maxSplits: 1)
            guard parts.count == 2, let value = Float(parts[1]) else {
                throw ValidationError("a setting is name=value, with a number: '\(word)'")
            }
            return (String(parts[0]), value)
        }
    }

    /// The model with these settings.
    func applied(to model: any CollaborativeModel) throws -> any CollaborativeModel {
        switch model {
        case let als as ImplicitALS:
            try set(
                als,
                [
                    "l2": { $0.l2 = $1 }, "confidence": { $0.confidence = $1 },
                    "other": { $0.otherPreference = $1 },
                ])
        case let bpr as BayesianPersonalizedRanking:
            try set(
                bpr,
                [
                    "l2": { $0.l2 = $1 }, "rate": { $0.learningRate = $1 },
                    "candidates": { $0.candidates = Int($1) },
                    "negatives": { $0.negatives = NegativeSampling.allCases[Int($1)] },
                ])
        case let triplet as TripletRanking:
            try set(
                triplet,
                [
                    "l2": { $0.l2 = $1 }, "rate": { $0.learningRate = $1 }, "margin": { $0.margin = $1 },
                    "candidates": { $0.candidates = Int($1) },
                    "negatives": { $0.negatives = NegativeSampling.allCases[Int($1)] },
                ])
        case let factorisation as BiasedFactorisation:
            try set(factorisation, ["l2": { $0.l2 = $1 }, "bias_l2": { $0.biasL2 = $1 }])
        default: try setShared(of: model)
        }
    }

    /// Only what every model has.
    private func setShared(of model: some CollaborativeModel) throws -> any CollaborativeModel {
        try set(model, [:])
    }

    private func set<Model: CollaborativeModel>(
        _ model: Model, _ own: [String: (inout Model, Float) -> Void]
    ) throws -> Model {
        var model = model
        for (name, value) in values {
            switch name {
            case "dimensions": model.dimensions = Int(value)
            case "epochs": model.epochs = Int(value)
            default:
                guard let setting = own[name] else {
                    throw ValidationError("\(Model.name) has no setting \(name)")
                }
                setting(&model, value)
            }
        }
        return model
    }
}
