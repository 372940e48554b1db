/// A table of items as a scan reads it: `count` rows of `dimensions` values, one after another, with one bias a row
/// where there are biases.
struct ItemRows {
    let base: UnsafePointer<Float>
    let biases: UnsafePointer<Float>?
    let count: Int
    let dimensions: Int

    /// vᵢ · q + bᵢ, rounded exactly as `dotProduct(_:_:count:)` and one addition.
    @inline(__always)
    func score(_ item: Int, _ query: UnsafePointer<Float>) -> Float {
        let product = dotProduct(base + item * dimensions, query, count: dimensions)
        return biases.map { $0[item] + product } ?? product
    }

    /// The scores of two items, each as `score` rounds it: two rows share the reading of the query.
    @inline(__always)
    private func pair(_ one: Int, _ other: Int, _ query: UnsafePointer<Float>) -> (Float, Float) {
        let (x, y) = (base + one * dimensions, base + other * dimensions)
        var (a, b) = (PartialSums(), PartialSums())
        let vectors = a.forEachVector(dimensions, and: &b) { a, b, i in
            let q = SIMD8(at: query + i)
            a.addProduct(SIMD8(at: x + i), q)
            b.addProduct(SIMD8(at: y + i), q)
        }
        var (first, second) = (a.total, b.total)
        for i in vectors..<dimensions {
            first.addProduct(x[i], query[i])
            second.addProduct(y[i], query[i])
        }
        guard let biases else { return (first, second) }
        return (biases[one] + first, biases[other] + second)
    }

    /// Offers every item of `range` that passes the filter; the range starts at a multiple of sixteen.
    func scan(
        _ range: Range<Int>, _ query: UnsafePointer<Float>, filter: ScanFilter.View,
        into heap: SelectionHeap
    ) {
        withUnsafeTemporaryAllocation(of: Float.self, capacity: 16) { scores in
            guard let scores = scores.baseAddress else { return }
            for start in stride(from: range.lowerBound, to: range.upperBound, by: 16)
            where filter.mayPass(sixteenFrom: start) {
                let count = min(16, range.upperBound - start)
                for i in stride(from: 0, to: 16, by: 2) {
                    // Behind the last row it stands in for those that are not there.
                    let (one, other) = pair(min(start + i, self.count - 1), min(start + i + 1, self.count - 1), query)
                    scores[i] = one
                    scores[i + 1] = other
                }
                guard enters(SIMD8(at: scores), heap.threshold) || enters(SIMD8(at: scores + 8), heap.threshold)
                else { continue }
                for i in 0..<count where !(scores[i] <= heap.threshold) && filter.passes(start + i) {
                    heap.offer(start + i, scores[i])
                }
            }
        }
    }
}
