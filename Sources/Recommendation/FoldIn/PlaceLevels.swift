package import FloatKernels

/// Puts items with any number of ratings in one list with those that training has placed.
///
/// An estimate shrinks towards what it knows beforehand, the more the less it has seen, and first ratings flatter. So for
/// some numbers of ratings it is known, from items that training has placed, what mean and what spread their estimates
/// would have had, and what they should have had: an estimate is moved from the ones to the others. Among items with as
/// many ratings the order does not change.
package struct PlaceLevels: Sendable, Equatable {
    /// Numbers of ratings, ascending from 0.
    let counts: [Int]
    /// counts × outputs: the mean of the estimates, and of the places.
    let estimated: Matrix, actual: Matrix
    /// √(E|place − mean|² / E|estimate − mean|²).
    let gains: [Float]

    package init(counts: [Int], estimated: Matrix, actual: Matrix, gains: [Float]) {
        precondition(counts.first == 0 && counts.count == gains.count)
        self.counts = counts
        self.estimated = estimated
        self.actual = actual
        self.gains = gains
    }

    /// The place of an item from its estimate after `count` ratings; those of strangers count for a part of one.
    package func place(_ estimate: [Float], count: Double) -> [Float] {
        let (lower, upper, share) = interval(count)
        func between(_ a: Float, _ b: Float) -> Float { a + share * (b - a) }
        let gain = between(gains[lower], gains[upper])
        return estimate.indices.map { output in
            let mean = between(estimated[lower, output], estimated[upper, output])
            return between(actual[lower, output], actual[upper, output]) + gain * (estimate[output] - mean)
        }
    }

    /// The entries that `count` lies between, and how far it is from the lower to the upper, by the logarithm.
    private func interval(_ count: Double) -> (lower: Int, upper: Int, share: Float) {
        guard let upper = counts.firstIndex(where: { Double($0) >= count }) else {
            return (counts.count - 1, counts.count - 1, 0)
        }
        guard Double(counts[upper]) > count else { return (upper, upper, 0) }
        let (low, high) = (position(Double(counts[upper - 1])), position(Double(counts[upper])))
        let at = position(count)
        return (upper - 1, upper, Float((at - low) / (high - low)))
    }

    private func position(_ count: Double) -> Double { binaryLogarithm(count + 1) }
}
