import FloatKernels

/// Rows of a table by token: N×L tokens to N×L×D; `weights` V×D for a vocabulary of V.
///
/// Positions from a sample's length on, and negative tokens (words outside the vocabulary), give zeros.
package struct Embedding: Sendable {
    let length: Int
    let vocabulary: Int
    let dimensions: Int

    /// Sequences of `length` tokens below `vocabulary`, each of which gets `dimensions` values.
    package init(length: Int, vocabulary: Int, dimensions: Int) {
        self.length = length
        self.vocabulary = vocabulary
        self.dimensions = dimensions
    }

    var parameters: [ParameterDeclaration] {
        [
            ParameterDeclaration(
                "weights", shape: [vocabulary, dimensions],
                .normal(deviation: 1 / Float(dimensions).squareRoot()),
                decays: false)
        ]
    }

    package func forward(
        _ tokens: UnsafePointer<Int32>, lengths: UnsafePointer<Int32>, count: Int,
        weights: UnsafePointer<Float>, into output: UnsafeMutablePointer<Float>
    ) {
        for sample in 0..<count {
            let used = Int(lengths[sample])
            for position in sample * length..<sample * length + used {
                let row = output + position * dimensions
                if tokens[position] >= 0 {
                    row.update(from: weights + Int(tokens[position]) * dimensions, count: dimensions)
                } else {
                    row.update(repeating: 0, count: dimensions)
                }
            }
            (output + (sample * length + used) * dimensions).update(
                repeating: 0, count: (length - used) * dimensions)
        }
    }

    /// Adds to the rows of `weightGradient` that were used, and to no others.
    package func backward(
        _ tokens: UnsafePointer<Int32>, lengths: UnsafePointer<Int32>, count: Int,
        outputGradient: UnsafePointer<Float>, weightGradient: UnsafeMutablePointer<Float>
    ) {
        for sample in 0..<count {
            for position in sample * length..<sample * length + Int(lengths[sample])
            where tokens[position] >= 0 {
                addScaled(
                    outputGradient + position * dimensions, by: 1,
                    to: weightGradient + Int(tokens[position]) * dimensions, count: dimensions)
            }
        }
    }
}
