/// Part of a concatenation N×(C₁ + C₂ + …): one input N×Cᵢ that goes to columns `offset`… of rows of `total` values.
struct Concatenation: Sendable {
    let offset: Int
    let count: Int
    let total: Int

    func forward(
        _ input: UnsafePointer<Float>, samples: Int, into output: UnsafeMutablePointer<Float>
    ) {
        for sample in 0..<samples {
            (output + sample * total + offset).update(from: input + sample * count, count: count)
        }
    }

    func backward(
        outputGradient: UnsafePointer<Float>, samples: Int,
        addingTo inputGradient: UnsafeMutablePointer<Float>
    ) {
        for sample in 0..<samples {
            let source = outputGradient + sample * total + offset
            for i in 0..<count { inputGradient[sample * count + i] += source[i] }
        }
    }
}
