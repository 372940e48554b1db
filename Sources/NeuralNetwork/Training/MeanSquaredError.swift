/// Σⱼ wⱼ (outputⱼ − targetⱼ)² / n, over n outputs.
public struct MeanSquaredError: Loss {
    /// wⱼ: what each output counts for; nil for 1.
    public let outputWeights: [Float]?

    /// With a weight for each output, or 1 for all.
    public init(outputWeights: [Float]? = nil) { self.outputWeights = outputWeights }

    /// One example's loss and gradient.
    public func evaluate(
        outputs: UnsafeBufferPointer<Float>, targets: UnsafeBufferPointer<Float>,
        gradient: UnsafeMutableBufferPointer<Float>
    ) -> Float {
        precondition(
            outputWeights == nil || outputWeights?.count == outputs.count, "a weight for each output")
        let scale = 1 / Float(outputs.count)
        var sum: Float = 0
        for j in outputs.indices {
            let difference = targets[j].isNaN ? 0 : outputs[j] - targets[j]
            let weight = scale * (outputWeights?[j] ?? 1)
            sum += weight * difference * difference
            gradient[j] = 2 * weight * difference
        }
        return sum
    }
}
