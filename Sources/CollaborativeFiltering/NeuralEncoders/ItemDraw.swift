package import FloatKernels

/// Draws items, those with many ratings more often: in proportion to (1 + ratings)^0.75.
package struct ItemDraw: Sendable {
    /// Of each item the chance that it or one before it is drawn.
    private let ends: [Double]

    /// - Parameter counts: ratings of every item.
    package init(counts: [Int]) {
        var total = 0.0
        let sums = counts.map { count in
            total += Double(power(Float(1 + count), 0.75))
            return total
        }
        ends = sums.map { $0 / total }
    }

    /// Number of items.
    package var itemCount: Int { ends.count }

    /// The chance of an item in a draw.
    package func probability(of item: Int) -> Float {
        Float(ends[item] - (item > 0 ? ends[item - 1] : 0))
    }

    /// A random item.
    package func item(using generator: inout RandomGenerator) -> Int {
        let place = Double(generator.next() >> 11) * 0x1p-53
        var (low, high) = (0, ends.count - 1)
        while low < high {
            let middle = (low + high) / 2
            if ends[middle] > place { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
