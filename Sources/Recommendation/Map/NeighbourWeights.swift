import Foundation

/// How strongly rows belong together: the fuzzy union of everybody's view of the own neighbourhood, symmetric, in compressed
/// rows (L. McInnes, J. Healy and J. Melville, "UMAP: Uniform Manifold Approximation and Projection for Dimension Reduction",
/// arXiv:1802.03426, 2018, algorithms 2 and 3).
package struct NeighbourWeights: Sendable {
    /// Where each row's entries begin; one more at the end.
    package let bounds: [Int]
    /// The other row of each entry, ascending within a row.
    package let others: [Int32]
    /// The weight of each entry, in 0…1.
    package let weights: [Float]

    package init(_ neighbours: NearestNeighbours) {
        let k = neighbours.count
        let count = k > 0 ? neighbours.rows.count / k : 0
        var entries: [(row: Int32, other: Int32, weight: Float)] = []
        entries.reserveCapacity(2 * neighbours.rows.count)
        for row in 0..<count {
            let weights = Self.memberships(neighbours.distances[(row * k)..<((row + 1) * k)])
            for (other, weight) in zip(neighbours.of(row), weights) {
                entries.append((Int32(row), other, weight))
                entries.append((other, Int32(row), weight))
            }
        }
        // Two views of a pair stand side by side then.
        entries.sort { ($0.row, $0.other) < ($1.row, $1.other) }
        var bounds = [0]
        var others: [Int32] = []
        var weights: [Float] = []
        for (index, entry) in entries.enumerated() {
            if index > 0, entries[index - 1].row == entry.row, entries[index - 1].other == entry.other {
                // Probabilistic sum, a + b − ab: whether either of them counts the other in.
                weights[weights.count - 1] += entry.weight * (1 - weights[weights.count - 1])
                continue
            }
            while bounds.count <= Int(entry.row) { bounds.append(others.count) }
            others.append(entry.other)
            weights.append(entry.weight)
        }
        while bounds.count <= count { bounds.append(others.count) }
        self.bounds = bounds
        self.others = others
        self.weights = weights
    }

    /// exp(−(d − ρ)/σ) of ascending distances: ρ is the nearest one, σ makes the sum log₂ k, so that dense and sparse
    /// regions count alike.
    package static func memberships(_ distances: ArraySlice<Float>) -> [Float] {
        let nearest = distances.first ?? 0
        let excess = distances.map { Double($0 - nearest) }
        let wanted = log2(Double(distances.count))
        let mean = excess.reduce(0, +) / Double(max(1, excess.count))
        // From the least width, at which nothing divides by zero, in doublings and halvings.
        var (low, high, width) = (0.0, Double.infinity, max(mean, 1e-6))
        for _ in 0..<64 {
            let sum = excess.reduce(0) { $0 + exp(-$1 / width) }
            if abs(sum - wanted) < 1e-5 { break }
            if sum > wanted { high = width } else { low = width }
            width = high == .infinity ? 2 * width : (low + high) / 2
        }
        width = max(width, 1e-3 * mean, 1e-9)
        return excess.map { Float(exp(-$0 / width)) }
    }
}
