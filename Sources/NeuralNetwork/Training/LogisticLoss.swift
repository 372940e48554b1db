#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Σⱼ [ln(1 + e^zⱼ) − targetⱼ zⱼ] / n: cross entropy of targets in 0…1 with probabilities 1/(1 + e⁻ᶻ), over n outputs.
public struct LogisticLoss: Loss {
    /// No options.
    public init() {}

    /// One example's loss and gradient.
    public func evaluate(
        outputs: UnsafeBufferPointer<Float>, targets: UnsafeBufferPointer<Float>,
        gradient: UnsafeMutableBufferPointer<Float>
    ) -> Float {
        let scale = 1 / Float(outputs.count)
        var sum: Float = 0
        for j in outputs.indices {
            guard !targets[j].isNaN else {
                gradient[j] = 0
                continue
            }
            // In terms of e^−|z|, which does not overflow.
            let z = outputs[j], small = exp(-abs(z))
            sum += scale * (max(z, 0) + log1p(small) - targets[j] * z)
            gradient[j] = scale * ((z >= 0 ? 1 : small) / (1 + small) - targets[j])
        }
        return sum
    }
}
