/// The best entries so far: a binary heap of a fixed size with the worst entry at the top, in memory that its user owns.
///
/// An entry is one whole number that grows with the score and, of equal scores, falls with the index: comparing two of
/// them needs no branch. Empty places hold zero, which is worse than every entry.
struct SelectionHeap {
    typealias Entry = (index: Int, score: Float)

    private let keys: UnsafeMutablePointer<UInt64>
    private let capacity: Int

    /// Numbers of memory that a heap of `capacity` entries takes.
    static func size(capacity: Int) -> Int { capacity + 1 }

    /// An empty heap at `memory`, which need not be initialised.
    init(capacity: Int, in memory: UnsafeMutablePointer<UInt64>) {
        precondition(capacity > 0, "a heap holds at least one entry")
        keys = memory
        self.capacity = capacity
        keys.initialize(repeating: 0, count: capacity)
        // Stands for the right child where there is none.
        keys[capacity] = .max
    }

    /// What a score has to exceed to enter, given that indices ascend: NaN while there are empty places. So
    /// `!(score <= threshold)` holds for every score that enters; and for NaN, which does not.
    @inline(__always)
    var threshold: Float { SelectionHeap.score(keys[0]) }

    /// Lets an entry in if it is better than the worst one. A NaN never is.
    @inline(__always)
    func offer(_ index: Int, _ score: Float) {
        guard score == score else { return }
        let key = SelectionHeap.key(index, score)
        if key > keys[0] { sink(key, below: capacity) }
    }

    /// The entries, best first. The heap is not to be used again.
    func descending() -> [Entry] {
        for end in stride(from: capacity - 1, to: 0, by: -1) {
            let (worst, last) = (keys[0], keys[end])
            keys[end] = .max
            sink(last, below: end)
            keys[end] = worst
        }
        let count = (0..<capacity).first { keys[$0] == 0 } ?? capacity
        return (0..<count).map { (Int(~UInt32(truncatingIfNeeded: keys[$0])), SelectionHeap.score(keys[$0])) }
    }

    /// Puts `key` in the place of the top of the first `end` entries; behind them stands a larger number.
    @inline(__always)
    private func sink(_ key: UInt64, below end: Int) {
        var parent = 0
        while true {
            var child = 2 &* parent &+ 1
            guard child < end else { break }
            child &+= keys[child &+ 1] < keys[child] ? 1 : 0
            guard keys[child] < key else { break }
            keys[parent] = keys[child]
            parent = child
        }
        keys[parent] = key
    }

    /// The bits of a Float in the order of the numbers, above the complement of the index.
    @inline(__always)
    private static func key(_ index: Int, _ score: Float) -> UInt64 {
        // Adding zero makes −0 the 0 that it equals.
        let bits = (score + 0).bitPattern
        let ordered = bits ^ (UInt32(bitPattern: Int32(bitPattern: bits) &>> 31) | 0x8000_0000)
        return UInt64(ordered) &<< 32 | UInt64(~UInt32(truncatingIfNeeded: index))
    }

    /// The score of a key; NaN for an empty place.
    @inline(__always)
    private static func score(_ key: UInt64) -> Float {
        let ordered = UInt32(truncatingIfNeeded: key &>> 32)
        return Float(
            bitPattern: ordered ^ (~UInt32(bitPattern: Int32(bitPattern: ordered) &>> 31) | 0x8000_0000))
    }
}

/// Lends an empty heap of `capacity` entries and returns what is in it at the end, best first.
@inline(__always)
func selecting(_ capacity: Int, _ body: (SelectionHeap) -> Void) -> [SelectionHeap.Entry] {
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: SelectionHeap.size(capacity: capacity)) {
        memory in
        guard let memory = memory.baseAddress else { return [] }
        let heap = SelectionHeap(capacity: capacity, in: memory)
        body(heap)
        return heap.descending()
    }
}
