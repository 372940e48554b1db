package import FloatKernels

/// Lists whose items differ: maximal marginal relevance (Carbonell & Goldstein, SIGIR 1998).
///
/// From the best candidates a list takes, one after another, the item with the largest
///
///     (1 − W) · value − W · largest cosine with what is on the list,
///
/// the values brought to 0…1 over the user's candidates. In the canonical gauge the cosine of two items is the correlation of
/// their scores over users: a second item that the same people want adds little.
package struct MarginalRelevance: Sendable {
    private let weight: Float
    /// One row an item, of length 1, or 0 where the item has no direction.
    private let directions: Matrix

    package init(weight: Float, vectors: Matrix) {
        self.weight = weight
        directions = vectors.normalisingRows()
    }

    /// How many candidates a list of `count` items is chosen from.
    package static func depth(_ count: Int) -> Int { max(200, 2 * count) }

    /// At most `count` of the candidates of one user, which come best first. The first of them stays the first.
    package func list(_ count: Int, of candidates: [ProductScan.Entry]) -> [ProductScan.Entry] {
        guard let best = candidates.first, let worst = candidates.last else { return [] }
        let range = max(best.score - worst.score, .leastNormalMagnitude)
        let gains = candidates.map { (1 - weight) * ($0.score - worst.score) / range }
        var nearest = [Float](repeating: -1, count: candidates.count)
        var isTaken = [Bool](repeating: false, count: candidates.count)
        var list: [ProductScan.Entry] = []
        var next = 0
        while list.count < count {
            list.append(candidates[next])
            isTaken[next] = true
            var found: (place: Int, gain: Float)?
            for place in candidates.indices where !isTaken[place] {
                nearest[place] = max(nearest[place], cosine(candidates[place].index, candidates[next].index))
                let gain = gains[place] - weight * nearest[place]
                if gain > found?.gain ?? -.infinity { found = (place, gain) }
            }
            guard let found else { break }
            next = found.place
        }
        return list
    }

    private func cosine(_ a: Int, _ b: Int) -> Float {
        let width = directions.columns
        return directions.elements.withUnsafeBufferPointer { rows in
            rows.baseAddress.map { dotProduct($0 + a * width, $0 + b * width, count: width) } ?? 0
        }
    }
}

extension Matrix {
    /// Rows of length 1; rows of zeros stay.
    package func normalisingRows() -> Matrix {
        var result = self
        for start in stride(from: 0, to: elements.count, by: Swift.max(columns, 1)) {
            let row = elements[start..<(start + columns)]
            let length = row.reduce(0) { $0 + $1 * $1 }.squareRoot()
            guard length > 0 else { continue }
            for i in row.indices { result.elements[i] /= length }
        }
        return result
    }
}
