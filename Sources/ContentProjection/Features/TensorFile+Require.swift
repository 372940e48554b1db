import Diagnostics
package import NeuralNetwork

extension TensorFile {
    /// Holds the parts of a model against each other.
    package func require(_ condition: Bool, _ name: String, _ expectation: String) throws {
        guard condition else {
            throw Diagnostic(
                .badData, code: "model.inconsistent",
                "the model's part '\(name)' is not one that \(expectation)",
                at: .init(file: path), fix: "activate another version (coldstart models list) or train again")
        }
    }
}
