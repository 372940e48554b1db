/// The `k` largest of `count` scores with their indices, in descending order; of equal scores the lower index
/// comes first. A NaN is never chosen, so there are fewer than `k` where fewer are comparable.
///
/// O(count + changes · log k): a heap holds the best so far, with the worst of them at its top.
public func largest(
    _ k: Int, of scores: UnsafePointer<Float>, count: Int
) -> [(index: Int, score: Float)] {
    precondition(k >= 0 && count >= 0, "cannot choose a negative number")
    guard k > 0 && count > 0 else { return [] }
    return selecting(min(k, count)) { heap in
        let vectors = count & ~7
        for start in stride(from: 0, to: vectors, by: 8)
        where enters(SIMD8(at: scores + start), heap.threshold) {
            for index in start..<start + 8 { heap.offer(index, scores[index]) }
        }
        for index in vectors..<count { heap.offer(index, scores[index]) }
    }
}

/// Whether one of `scores` may enter a heap of this threshold: none that is not above it does.
@inline(__always)
func enters(_ scores: SIMD8<Float>, _ threshold: Float) -> Bool {
    scores.exceeds(SIMD8(repeating: threshold)).isAnySet
}
