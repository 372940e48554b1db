import Diagnostics
package import FloatKernels
package import NeuralNetwork

extension TensorFileWriter {
    /// Adds a matrix as a tensor of shape rows × columns.
    package mutating func add(_ name: String, matrix: Matrix) {
        add(name, shape: [matrix.rows, matrix.columns], floats: matrix.elements)
    }
}

extension TensorFile {
    /// Reads a tensor of two dimensions.
    package func matrix(_ name: String) throws -> Matrix {
        let shape = try shape(name)
        try require(shape.count == 2, name, "is a matrix")
        return Matrix(rows: shape[0], columns: shape[1], elements: try floats(name))
    }

    /// Holds the parts of a model against each other.
    package func require(_ condition: Bool, _ name: String, _ expectation: String) throws {
        guard condition else {
            throw Diagnostic(
                .badData, code: "model.inconsistent", "the model's part '\(name)' is not one that \(expectation)",
                at: .init(file: path), fix: "activate another version (coldstart models list) or train again")
        }
    }
}
