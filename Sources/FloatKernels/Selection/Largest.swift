/// The `k` largest of `count` scores with their indices, in descending order; of equal scores the lower index
/// comes first. A NaN is never chosen, so there are fewer than `k` where fewer are comparable.
///
/// O(count + changes · log k): a heap holds the best so far, with the worst of them at its top.
public func largest(
    _ k: Int, of scores: UnsafePointer<Float>, count: Int
) -> [(index: Int, score: Float)] {
    precondition(k >= 0 && count >= 0, "cannot choose a negative number")
    guard k > 0 && count > 0 else { return [] }
    var heap = SelectionHeap(capacity: min(k, count))
    var index = 0
    while index < count && !heap.isFull {
        let score = scores[index]
        if !score.isNaN { heap.insert((index, score)) }
        index += 1
    }
    guard heap.isFull else { return heap.descending() }
    // Indices ascend, so a score equal to the worst one loses to it; and a NaN is not above anything.
    var worst = heap.worst.score
    while index < count {
        if index + 8 <= count && !any(SIMD8(at: scores + index) .> worst) {
            index += 8
            continue
        }
        for candidate in index..<min(index + 8, count) where scores[candidate] > worst {
            heap.replaceWorst(by: (candidate, scores[candidate]))
            worst = heap.worst.score
        }
        index += 8
    }
    return heap.descending()
}
