/// Which source samples make up each target sample along one axis, and with what weights.
///
/// Scaling down is the area average: target sample `i` covers the source interval `[i·S/T, (i+1)·S/T)`, and each
/// source sample counts by the part of it that is covered. Scaling up is linear interpolation between sample
/// centres, held constant beyond the outermost ones. The weights of a target sample add up to one.
struct ResamplingAxis {
    /// For each target sample, its first source sample.
    private(set) var firsts: [Int] = []
    /// For each target sample, where its weights begin in `weights`; one more at the end.
    private(set) var bounds: [Int] = [0]
    /// The weights of all target samples, one after the other.
    private(set) var weights: [Float] = []

    init(source: Int, target: Int) {
        for index in 0..<target {
            target <= source ? cover(index, source, target) : interpolate(index, source, target)
            bounds.append(weights.count)
        }
    }

    /// The first source sample of a target sample, and the weights of it and those behind it.
    @inline(__always)
    func withTaps(of target: Int, _ use: (_ first: Int, _ weights: UnsafeBufferPointer<Float>) -> Void) {
        weights.withUnsafeBufferPointer {
            use(firsts[target], UnsafeBufferPointer(rebasing: $0[bounds[target]..<bounds[target + 1]]))
        }
    }

    /// Lengths are in units of 1/T of a source sample, which makes every overlap an exact whole number.
    private mutating func cover(_ index: Int, _ source: Int, _ target: Int) {
        let (start, end) = (index * source, (index + 1) * source)
        let first = start / target
        firsts.append(first)
        for sample in first...((end - 1) / target) {
            let overlap = min(end, (sample + 1) * target) - max(start, sample * target)
            weights.append(Float(overlap) / Float(source))
        }
    }

    private mutating func interpolate(_ index: Int, _ source: Int, _ target: Int) {
        let position = min(
            max((Float(index) + 0.5) * Float(source) / Float(target) - 0.5, 0), Float(source - 1))
        let first = min(Int(position), max(source - 2, 0))
        let fraction = position - Float(first)
        firsts.append(first)
        weights += source == 1 ? [1] : [1 - fraction, fraction]
    }
}
