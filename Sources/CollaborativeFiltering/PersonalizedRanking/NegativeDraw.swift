import FloatKernels

/// Draws items that a user did not rate.
struct NegativeDraw {
    /// The items to draw from; one that stands there several times is drawn as much more often.
    let items: UnsafeBufferPointer<Int32>
    /// What the user rated, ascending.
    let rated: UnsafeBufferPointer<Int32>

    /// Draws that may fail before a draw is given up: only who rated nearly everything gets there.
    private static let patience = 16

    /// A random item that the user did not rate; nil where the user rated so many that 17 draws find none.
    @inline(__always)
    func any(using generator: inout RandomGenerator) -> Int32? {
        for _ in 0...Self.patience {
            let item = items[generator.index(below: items.count)]
            if !isRated(item) { return item }
        }
        return nil
    }

    /// The highest-scored of `candidates` random items that the user did not rate; nil where 16 draws more find none.
    ///
    /// Only a draw that would become the highest is looked up among the user's ratings, the slower of the two tests.
    @inline(__always)
    func hardest(
        of candidates: Int, using generator: inout RandomGenerator, score: (Int) -> Float
    ) -> (item: Int, score: Float)? {
        var best: (item: Int, score: Float)?
        var draws = 0
        while draws < candidates || (best == nil && draws < candidates + Self.patience) {
            draws += 1
            let item = items[generator.index(below: items.count)]
            let score = score(Int(item))
            guard score > best?.score ?? -.infinity, !isRated(item) else { continue }
            best = (Int(item), score)
        }
        return best
    }

    /// Binary search. The sign of a difference says which half it is, because a branch would be mispredicted every other
    /// time, and the compiler makes one of a condition.
    @inline(__always)
    private func isRated(_ item: Int32) -> Bool {
        guard var place = rated.baseAddress, !rated.isEmpty else { return false }
        var count = rated.count
        while count > 1 {
            let half = count &>> 1
            place += half & ((Int(place[half]) &- Int(item) &- 1) &>> 63)
            count &-= half
        }
        return place.pointee == item
    }
}
