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

    /// What one step does to a parameter, `step` counted from zero.
    package func step(_ step: Int, rate: Float, decays: Bool) -> Step {
        Step(
            beta1: beta1, beta2: beta2, epsilon: epsilon, rate: rate,
            correction1: 1 / (1 - pow(beta1, Float(step + 1))),
            correction2: 1 / (1 - pow(beta2, Float(step + 1))), keep: decays ? 1 - rate * weightDecay : 1)
    }

    /// One step over many parameters.
    package struct Step {
        let beta1: Float, beta2: Float, epsilon: Float, rate: Float
        let correction1: Float, correction2: Float
        /// What decay leaves of a parameter.
        let keep: Float

        /// Takes the step for `count` parameters, in one pass: sums the parts of the gradient in order and sets them to
        /// zero on the way.
        ///
        /// - Parameters:
        ///   - gradients: where each of the `parts` of the gradient starts; `offset` is added to each.
        ///   - first: running mean of the gradient, zero before the first step.
        ///   - second: running mean of its square, alike.
        package func update(
            _ parameters: UnsafeMutablePointer<Float>,
            gradients: UnsafePointer<UnsafeMutablePointer<Float>>, parts: Int, offset: Int,
            first: UnsafeMutablePointer<Float>, second: UnsafeMutablePointer<Float>, count: Int
        ) {
            let total = gradients[0] + offset
            for i in stride(from: 0, to: count & ~7, by: 8) {
                var g = load(total + i)
                store(SIMD8(), total + i)
                for part in 1..<max(parts, 1) {
                    let more = gradients[part] + offset + i
                    g += load(more)
                    store(SIMD8(), more)
                }
                move(parameters + i, first + i, second + i, by: g)
            }
            for i in (count & ~7)..<max(count & ~7, count) {
                var g: Float = 0
                for part in 0..<parts {
                    g += gradients[part][offset + i]
                    gradients[part][offset + i] = 0
                }
                moveOne(parameters + i, first + i, second + i, by: g)
            }
        }

        /// The same where the gradient is zero.
        package func coast(
            _ parameters: UnsafeMutablePointer<Float>, first: UnsafeMutablePointer<Float>,
            second: UnsafeMutablePointer<Float>, count: Int
        ) {
            for i in stride(from: 0, to: count & ~7, by: 8) {
                move(parameters + i, first + i, second + i, by: SIMD8())
            }
            for i in (count & ~7)..<max(count & ~7, count) {
                moveOne(parameters + i, first + i, second + i, by: 0)
            }
        }

        @inline(__always)
        private func move(
            _ p: UnsafeMutablePointer<Float>, _ m: UnsafeMutablePointer<Float>,
            _ v: UnsafeMutablePointer<Float>, by g: SIMD8<Float>
        ) {
            let mean = beta1 * load(m) + (1 - beta1) * g
            let square = beta2 * load(v) + ((1 - beta2) * g) * g
            store(mean, m)
            store(square, v)
            let move = mean * correction1 / ((square * correction2).squareRoot() + epsilon)
            store(keep * load(p) - rate * move, p)
        }

        @inline(__always)
        private func moveOne(
            _ p: UnsafeMutablePointer<Float>, _ m: UnsafeMutablePointer<Float>,
            _ v: UnsafeMutablePointer<Float>, by g: Float
        ) {
            let mean = beta1 * m.pointee + (1 - beta1) * g
            let square = beta2 * v.pointee + ((1 - beta2) * g) * g
            (m.pointee, v.pointee) = (mean, square)
            p.pointee =
                keep * p.pointee - rate
                * (mean * correction1 / ((square * correction2).squareRoot() + epsilon))
        }

        @inline(__always)
        private func load(_ p: UnsafeMutablePointer<Float>) -> SIMD8<Float> {
            UnsafeRawPointer(p).loadUnaligned(as: SIMD8<Float>.self)
        }

        @inline(__always)
        private func store(_ value: SIMD8<Float>, _ p: UnsafeMutablePointer<Float>) {
            UnsafeMutableRawPointer(p).storeBytes(of: value, as: SIMD8<Float>.self)
        }
    }
}
