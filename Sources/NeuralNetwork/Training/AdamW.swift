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
    package struct Step: BitwiseCopyable {
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
            withUnsafePointer(to: self) {
                Self.take(
                    UnsafeBufferPointer(start: $0, count: 1), parameters, gradients: gradients, parts: parts,
                    offset: offset, first: first, second: second, count: count)
            }
        }

        /// Takes several steps, the first with the gradient and the others without one, in one pass; otherwise like
        /// `update`. The bits are those of one step after another.
        @inline(__always)
        package static func take(
            _ steps: UnsafeBufferPointer<Step>, _ parameters: UnsafeMutablePointer<Float>,
            gradients: UnsafePointer<UnsafeMutablePointer<Float>>, parts: Int, offset: Int,
            first: UnsafeMutablePointer<Float>, second: UnsafeMutablePointer<Float>, count: Int
        ) {
            let vectors = count & ~7
            for i in stride(from: 0, to: vectors, by: 8) {
                var g = sum(gradients, parts: parts, offset: offset + i)
                var p = SIMD8(at: parameters + i)
                var m = SIMD8(at: first + i), v = SIMD8(at: second + i)
                for step in steps {
                    step.move(&p, &m, &v, by: g)
                    g = .zero
                }
                p.store(at: parameters + i)
                m.store(at: first + i)
                v.store(at: second + i)
            }
            for i in vectors..<max(vectors, count) {
                var g = sumOne(gradients, parts: parts, offset: offset + i)
                for step in steps {
                    step.moveOne(parameters + i, first + i, second + i, by: g)
                    g = 0
                }
            }
        }
    }
}

extension AdamW.Step {
    /// The sum of eight values of every part, which become zero.
    @inline(__always)
    private static func sum(
        _ gradients: UnsafePointer<UnsafeMutablePointer<Float>>, parts: Int, offset: Int
    ) -> SIMD8<Float> {
        var total = SIMD8(at: gradients[0] + offset)
        SIMD8<Float>.zero.store(at: gradients[0] + offset)
        for part in 1..<max(parts, 1) {
            total += SIMD8(at: gradients[part] + offset)
            SIMD8<Float>.zero.store(at: gradients[part] + offset)
        }
        return total
    }

    /// The same for one value.
    private static func sumOne(
        _ gradients: UnsafePointer<UnsafeMutablePointer<Float>>, parts: Int, offset: Int
    ) -> Float {
        var total: Float = 0
        for part in 0..<parts {
            total += gradients[part][offset]
            gradients[part][offset] = 0
        }
        return total
    }

    @inline(__always)
    private func move(
        _ p: inout SIMD8<Float>, _ m: inout SIMD8<Float>, _ v: inout SIMD8<Float>, by g: SIMD8<Float>
    ) {
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + ((1 - beta2) * g) * g
        let move = m * correction1 / ((v * correction2).squareRoot() + epsilon)
        p = keep * p - rate * move
    }

    private func moveOne(
        _ p: UnsafeMutablePointer<Float>, _ m: UnsafeMutablePointer<Float>,
        _ v: UnsafeMutablePointer<Float>, by g: Float
    ) {
        m.pointee = beta1 * m.pointee + (1 - beta1) * g
        v.pointee = beta2 * v.pointee + ((1 - beta2) * g) * g
        let move = m.pointee * correction1 / ((v.pointee * correction2).squareRoot() + epsilon)
        p.pointee = keep * p.pointee - rate * move
    }
}

extension SIMD8<Float> {
    @inline(__always)
    fileprivate init(at pointer: UnsafePointer<Float>) {
        self = UnsafeRawPointer(pointer).loadUnaligned(as: SIMD8<Float>.self)
    }

    @inline(__always)
    fileprivate func store(at pointer: UnsafeMutablePointer<Float>) {
        UnsafeMutableRawPointer(pointer).storeBytes(of: self, as: SIMD8<Float>.self)
    }
}
