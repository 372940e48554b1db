import Diagnostics

/// The collaborative models by name.
public enum CollaborativeModels {
    /// Every model, the default one first.
    public static let all: [any CollaborativeModel.Type] = [
        ImplicitALS.self, BayesianPersonalizedRanking.self, TripletRanking.self, BiasedFactorisation.self,
        NeuralCollaborativeFiltering.self, ProfileNetwork.self, GatedRecurrentNetwork.self,
    ]

    /// The names of those that learn from a million ratings in seconds, the default one first.
    public static let fast = [ImplicitALS.name, BayesianPersonalizedRanking.name]

    /// The names of all models, the default one first.
    public static var names: [String] { all.map { $0.name } }

    /// The names of those that predict ratings with their defaults.
    public static var predictorNames: [String] {
        all.filter { $0.init().predictsRatings }.map { $0.name }
    }

    /// The model called `name`, with its defaults.
    ///
    /// - Throws: `Diagnostic` of kind `usage`, which lists the names there are.
    public static func named(_ name: String) throws -> any CollaborativeModel {
        guard let type = all.first(where: { $0.name == name }) else {
            throw Diagnostic(
                .usage, code: "model.unknown", "there is no model called \(name)",
                fix: "choose one of: " + names.joined(separator: ", "))
        }
        return type.init()
    }

    /// The model called `name`, fitted to `loss`; nil takes the model's own.
    ///
    /// - Throws: `Diagnostic` of kind `usage` where there is no such model, or where it cannot choose.
    public static func named(_ name: String, loss: NetworkLoss?) throws -> any CollaborativeModel {
        let model = try named(name)
        guard let loss else { return model }
        guard var network = model as? NeuralCollaborativeFiltering else {
            throw Diagnostic(
                .usage, code: "model.loss", "the loss of \(name) cannot be chosen",
                fix: "leave out the loss, or choose the model \(NeuralCollaborativeFiltering.name)")
        }
        network.loss = loss
        return network
    }

    /// The model called `name` as one that predicts ratings, by itself or with the loss for it; nil where it only orders items.
    ///
    /// - Throws: `Diagnostic` of kind `usage` where there is no such model.
    public static func predictor(named name: String) throws -> (any CollaborativeModel)? {
        var model = try named(name)
        if model is NeuralCollaborativeFiltering { model = try named(name, loss: .squared) }
        return model.predictsRatings ? model : nil
    }

    /// Chooses what `model` holds a liked item against.
    ///
    /// - Throws: `Diagnostic` of kind `usage` for a model that does not learn by triplets, which lists those that do.
    public static func set(
        _ negatives: NegativeSampling, of model: inout any CollaborativeModel
    ) throws {
        guard var drawing = model as? any DrawsNegatives else {
            let able = all.filter { $0 is any DrawsNegatives.Type }.map { $0.name }
            throw Diagnostic(
                .usage, code: "model.no_negatives", "\(type(of: model).name) does not learn by triplets",
                fix: "leave out the negatives, or choose one of: " + able.joined(separator: ", "))
        }
        drawing.negatives = negatives
        model = drawing
    }
}
