#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Adam with decoupled weight decay (Loshchilov & Hutter 2019, algorithm 2), over flat buffers.
public struct AdamW: Sendable {
    /// Decay rates of the moments.
    public var beta1: Float = 0.9, beta2: Float = 0.999
    /// Keeps the division finite.
    public var epsilon: Float = 1e-8
    /// λ: each step shrinks a decaying parameter by rate · λ of itself.
    public var weightDecay: Float

    /// The usual rates, with that weight decay.
    public init(weightDecay: Float = 0.01) { self.weightDecay = weightDecay }

    /// One step, the `step`th from zero, over `count` parameters that all decay or all do not.
    ///
    /// - Parameters:
    ///   - first: running mean of the gradient, zero before the first step.
    ///   - second: running mean of its square, alike.
    public func update(
        _ parameters: UnsafeMutablePointer<Float>, gradient: UnsafePointer<Float>,
        first: UnsafeMutablePointer<Float>, second: UnsafeMutablePointer<Float>, count: Int, step: Int,
        rate: Float, decays: Bool
    ) {
        let correction1 = 1 / (1 - pow(beta1, Float(step + 1)))
        let correction2 = 1 / (1 - pow(beta2, Float(step + 1)))
        let keep = decays ? 1 - rate * weightDecay : 1
        for i in 0..<count {
            let g = gradient[i]
            let m = beta1 * first[i] + (1 - beta1) * g
            let v = beta2 * second[i] + (1 - beta2) * g * g
            first[i] = m
            second[i] = v
            let move = m * correction1 / ((v * correction2).squareRoot() + epsilon)
            parameters[i] = keep * parameters[i] - rate * move
        }
    }
}
