/// Rows of a table by token: N×L tokens to N×L×D; `weights` V×D for a vocabulary of V.
///
/// Positions from a sample's length on, and negative tokens (words outside the vocabulary), give zeros.
struct Embedding: Sendable {
    let length: Int
    let vocabulary: Int
    let dimensions: Int

    var parameters: [ParameterDeclaration] {
        [
            ParameterDeclaration(
                "weights", shape: [vocabulary, dimensions],
                .normal(deviation: 1 / Float(dimensions).squareRoot()),
                decays: false)
        ]
    }

    func forward(
        _ tokens: UnsafePointer<Int32>, lengths: UnsafePointer<Int32>, count: Int,
        weights: UnsafePointer<Float>, into output: UnsafeMutablePointer<Float>
    ) {
        output.update(repeating: 0, count: count * length * dimensions)
        for sample in 0..<count {
            for position in sample * length..<sample * length + Int(lengths[sample])
            where tokens[position] >= 0 {
                (output + position * dimensions).update(
                    from: weights + Int(tokens[position]) * dimensions, count: dimensions)
            }
        }
    }

    /// Adds to the rows of `weightGradient` that were used, and to no others.
    func backward(
        _ tokens: UnsafePointer<Int32>, lengths: UnsafePointer<Int32>, count: Int,
        outputGradient: UnsafePointer<Float>, weightGradient: UnsafeMutablePointer<Float>
    ) {
        for sample in 0..<count {
            for position in sample * length..<sample * length + Int(lengths[sample])
            where tokens[position] >= 0 {
                let row = weightGradient + Int(tokens[position]) * dimensions
                for i in 0..<dimensions { row[i] += outputGradient[position * dimensions + i] }
            }
        }
    }
}
