/// Which items a scan may choose.
public struct ScanFilter: Sendable {
    /// Only these items, if given.
    public var allowed: ItemSet?
    /// None of these, in ascending order: what a user has seen.
    public var excluded: [Int32]

    /// A filter that only lets `allowed` pass, all items where it is nil, and nothing of `excluded` (ascending).
    public init(allowed: ItemSet? = nil, excluded: [Int32] = []) {
        self.allowed = allowed
        self.excluded = excluded
    }

    /// How many of `itemCount` items pass.
    public func count(of itemCount: Int) -> Int {
        guard let allowed else { return itemCount - excluded.count }
        return allowed.memberCount - excluded.count { allowed.contains(Int($0)) }
    }

    /// Puts −∞ in the place of every score whose item does not pass.
    ///
    /// - Parameter scores: one an item.
    public func mask(_ scores: inout [Float]) {
        precondition(allowed.map { $0.count == scores.count } ?? true, "a score for every item")
        for item in excluded { scores[Int(item)] = -.infinity }
        let count = scores.count
        allowed?.withWords { words in
            guard let words else { return }
            for index in 0..<((count + 63) / 64) {
                var others = ~words[index]
                while others != 0 {
                    let item = index * 64 + others.trailingZeroBitCount
                    if item >= count { return }
                    scores[item] = -.infinity
                    others &= others - 1
                }
            }
        }
    }

    /// Lends the filter in the form in which scans ask it.
    @inline(__always)
    func withView<R>(itemCount: Int, _ body: (View) -> R) -> R {
        precondition(allowed.map { $0.count == itemCount } ?? true, "a filter over the items of the table")
        return excluded.withUnsafeBufferPointer { excluded in
            guard let allowed else { return body(View(words: nil, excluded: excluded)) }
            return allowed.withWords { body(View(words: $0, excluded: excluded)) }
        }
    }

    /// A filter behind pointers.
    struct View {
        let words: UnsafePointer<UInt64>?
        let excluded: UnsafeBufferPointer<Int32>

        /// Whether any of the eight items from `start` on, a multiple of eight, is allowed.
        @inline(__always)
        func mayPass(eightFrom start: Int) -> Bool {
            guard let words else { return true }
            return words[start / 64] >> UInt64(start % 64) & 0xFF != 0
        }

        /// Whether any of the sixteen items from `start` on, a multiple of sixteen, is allowed.
        @inline(__always)
        func mayPass(sixteenFrom start: Int) -> Bool {
            guard let words else { return true }
            return words[start / 64] >> UInt64(start % 64) & 0xFFFF != 0
        }

        /// Whether `item` passes, in time logarithmic in the number of excluded items.
        @inline(__always)
        func passes(_ item: Int) -> Bool {
            if let words, words[item / 64] >> UInt64(item % 64) & 1 == 0 { return false }
            return !excludes(item)
        }

        private func excludes(_ item: Int) -> Bool {
            var (low, high) = (0, excluded.count)
            while low < high {
                let middle = (low + high) / 2
                if Int(excluded[middle]) < item { low = middle + 1 } else { high = middle }
            }
            return low < excluded.count && Int(excluded[low]) == item
        }
    }
}
