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
    ///
    /// Row after row, as they lie in memory: two at a time would share the reading of the query, but what is read ahead
    /// of the processor is what continues.
    @inline(__always)
    private func scores(eightFrom item: Int, _ query: UnsafePointer<Float>) -> SIMD8<Float> {
        let row = base + item &* dimensions, d = dimensions
        var scores = SIMD8<Float>.totals(
            sum(row, query), sum(row + d, query), sum(row + 2 &* d, query), sum(row + 3 &* d, query),
            sum(row + 4 &* d, query), sum(row + 5 &* d, query), sum(row + 6 &* d, query),
            sum(row + 7 &* d, query))
        for k in (d & ~7)..<d {
            for lane in 0..<8 { scores[lane].addProduct(row[lane &* d &+ k], query[k]) }
        }
        if let biases { scores += SIMD8(at: biases + item) }
        return scores
    }

    /// The product of a row with the query in eight partial sums.
    @inline(__always)
    private func sum(_ row: UnsafePointer<Float>, _ query: UnsafePointer<Float>) -> SIMD8<Float> {
        var sums = PartialSums()
        _ = sums.forEachVector(dimensions) { sum, i in
            sum.addProduct(SIMD8(at: row + i), SIMD8(at: query + i))
        }
        return sums.vector
    }
}
