import FloatKernels

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension RandomGenerator {
    mutating func uniform(_ range: ClosedRange<Float>) -> Float {
        range.lowerBound + (range.upperBound - range.lowerBound) * uniform()
    }

    mutating func integer(_ range: ClosedRange<Int>) -> Int {
        range.lowerBound + index(below: range.count)
    }

    mutating func chance(_ probability: Float) -> Bool {
        uniform() < probability
    }

    /// One element, each as likely; the array must not be empty.
    mutating func pick<Element>(_ choices: [Element]) -> Element {
        choices[index(below: choices.count)]
    }

    /// An index with probability proportional to its weight; weights are not negative.
    mutating func index(weights: [Float]) -> Int {
        var left = uniform() * weights.reduce(0, +)
        for (index, weight) in weights.enumerated() {
            left -= weight
            if left < 0 { return index }
        }
        return weights.count - 1
    }

    /// An index with probability proportional to the exponential of its score.
    mutating func index(scores: [Float]) -> Int {
        let highest = scores.max() ?? 0
        return index(weights: scores.map { expf($0 - highest) })
    }

    mutating func normals(_ count: Int, deviation: Float = 1) -> [Float] {
        (0..<count).map { _ in normal() * deviation }
    }
}
