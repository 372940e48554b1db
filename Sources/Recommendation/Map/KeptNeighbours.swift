package import FloatKernels

/// How well a layout keeps neighbourhoods: of an item's nearest in the space, the share that is among as many nearest in the
/// plane.
package enum KeptNeighbours {
    /// The neighbours of an item that are looked for.
    package static let count = 10
    /// Items that are judged at most, evenly spaced; each is held against all.
    package static let mostJudged = 2_000

    /// The mean share over items; 1 where nobody has a neighbour.
    ///
    /// - Parameters:
    ///   - places: rows × 2.
    ///   - neighbours: those of the space, at least as many as there are to be looked for, or all.
    package static func share(
        _ places: Matrix, _ neighbours: NearestNeighbours, pool: ThreadPool
    ) -> Double {
        let k = min(count, neighbours.count)
        let judged = rows(of: places.rows)
        guard k > 0, !judged.isEmpty else { return 1 }
        var kept = [Int](repeating: 0, count: judged.count)
        kept.withUnsafeMutableBufferPointer { kept in
            guard let kept = kept.baseAddress else { return }
            pool.forEachRange(judged.count) { range in
                var scores = [Float](repeating: 0, count: places.rows)
                for index in range {
                    let nearest = nearest(k, to: judged[index], places, &scores)
                    kept[index] = neighbours.of(judged[index]).prefix(k).count { nearest.contains(Int($0)) }
                }
            }
        }
        return Double(kept.reduce(0, +)) / Double(k * judged.count)
    }

    /// The rows that are judged, of so many.
    package static func rows(of count: Int) -> [Int] {
        let judged = min(count, mostJudged)
        return (0..<judged).map { $0 * count / judged }
    }

    private static func nearest(_ k: Int, to row: Int, _ places: Matrix, _ scores: inout [Float]) -> Set<Int>
    {
        let (x, y) = (places[row, 0], places[row, 1])
        return places.elements.withUnsafeBufferPointer { places in
            for other in scores.indices {
                let (dx, dy) = (places[2 * other] - x, places[2 * other + 1] - y)
                scores[other] = -(dx * dx + dy * dy)
            }
            scores[row] = -.infinity
            return scores.withUnsafeBufferPointer { scores in
                guard let base = scores.baseAddress else { return [] }
                return Set(largest(k, of: base, count: scores.count).map(\.index))
            }
        }
    }
}
