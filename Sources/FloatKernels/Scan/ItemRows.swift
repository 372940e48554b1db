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

    /// Offers every item of `range` that passes the filter; the range starts at a multiple of sixteen.
    func scan(
        _ range: Range<Int>, _ query: UnsafePointer<Float>, filter: ScanFilter.View, into heap: SelectionHeap
    ) {
        let whole = range.lowerBound + range.count / 8 * 8
        for start in stride(from: range.lowerBound, to: whole, by: 8) where filter.mayPass(eightFrom: start) {
            let scores = scores(eightFrom: start, query)
            guard scores.exceeds(SIMD8(repeating: heap.threshold)).isAnySet else { continue }
            for lane in 0..<8 where !(scores[lane] <= heap.threshold) && filter.passes(start + lane) {
                heap.offer(start + lane, scores[lane])
            }
        }
        for item in whole..<range.upperBound where filter.passes(item) {
            heap.offer(item, score(item, query))
        }
    }

    /// The scores of eight items, each as `score` rounds it.
    @inline(__always)
    private func scores(eightFrom item: Int, _ query: UnsafePointer<Float>) -> SIMD8<Float> {
        let row = base + item &* dimensions
        let (a, b) = sums(row, query)
        let (c, d) = sums(row + 2 &* dimensions, query)
        let (e, f) = sums(row + 4 &* dimensions, query)
        let (g, h) = sums(row + 6 &* dimensions, query)
        var scores = SIMD8<Float>.totals(a, b, c, d, e, f, g, h)
        for k in (dimensions & ~7)..<dimensions {
            for lane in 0..<8 { scores[lane].addProduct(row[lane &* dimensions &+ k], query[k]) }
        }
        if let biases { scores += SIMD8(at: biases + item) }
        return scores
    }

    /// The products of two rows with the query in eight partial sums each: two rows share the reading of the query.
    @inline(__always)
    private func sums(
        _ row: UnsafePointer<Float>, _ query: UnsafePointer<Float>
    ) -> (SIMD8<Float>, SIMD8<Float>) {
        let next = row + dimensions
        var (one, other) = (PartialSums(), PartialSums())
        one.forEachVector(dimensions, and: &other) { one, other, i in
            let q = SIMD8(at: query + i)
            one.addProduct(SIMD8(at: row + i), q)
            other.addProduct(SIMD8(at: next + i), q)
        }
        return (one.vector, other.vector)
    }
}
