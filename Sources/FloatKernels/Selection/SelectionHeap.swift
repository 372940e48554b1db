/// A binary heap of a fixed capacity that has its worst entry at the top, in memory that its user owns.
///
/// Of equal scores the lower index is the better one.
struct SelectionHeap {
    typealias Entry = (index: Int, score: Float)

    private let entries: UnsafeMutablePointer<Entry>
    private let capacity: Int
    private var count = 0

    /// An empty heap of `capacity` entries at `memory`, which need not be initialised.
    init(capacity: Int, in memory: UnsafeMutablePointer<Entry>) {
        precondition(capacity > 0, "a heap holds at least one entry")
        entries = memory
        self.capacity = capacity
    }

    /// What a score has to exceed to enter, given that indices ascend: NaN, which nothing compares with, while the
    /// heap has room. So `!(score <= threshold)` holds for every score that enters, and for NaN besides.
    var threshold: Float { count == capacity ? entries[0].score : .nan }

    /// Lets an entry in if it belongs here. Indices ascend from offer to offer; a NaN never belongs.
    mutating func offer(_ index: Int, _ score: Float) {
        if count == capacity {
            guard score > entries[0].score else { return }
            sink((index, score), below: capacity)
        } else if !score.isNaN {
            insert((index, score))
        }
    }

    /// Lets an entry in whatever its index; its score is a number.
    mutating func merge(_ entry: Entry) {
        if count < capacity {
            insert(entry)
        } else if SelectionHeap.isWorse(entries[0], than: entry) {
            sink(entry, below: capacity)
        }
    }

    /// Empties the heap into an array, best first.
    mutating func removeAll() -> [Entry] {
        let sorted = UnsafeBufferPointer(start: entries, count: count)
        while count > 1 {
            count -= 1
            let worst = entries[0]
            sink(entries[count], below: count)
            entries[count] = worst
        }
        count = 0
        return Array(sorted)
    }

    private mutating func insert(_ entry: Entry) {
        var child = count
        count += 1
        while child > 0, SelectionHeap.isWorse(entry, than: entries[(child - 1) / 2]) {
            (entries + child).initialize(to: entries[(child - 1) / 2])
            child = (child - 1) / 2
        }
        (entries + child).initialize(to: entry)
    }

    /// Puts `entry` in the place of the top of the first `end` entries.
    private func sink(_ entry: Entry, below end: Int) {
        var parent = 0
        while true {
            var child = 2 * parent + 1
            guard child < end else { break }
            let sibling = child + 1
            if sibling < end, SelectionHeap.isWorse(entries[sibling], than: entries[child]) { child = sibling }
            guard SelectionHeap.isWorse(entries[child], than: entry) else { break }
            entries[parent] = entries[child]
            parent = child
        }
        entries[parent] = entry
    }

    private static func isWorse(_ one: Entry, than other: Entry) -> Bool {
        one.score != other.score ? one.score < other.score : one.index > other.index
    }
}

/// Lends an empty heap of `capacity` entries and returns what is in it at the end, best first.
@inline(__always)
func selecting(_ capacity: Int, _ body: (inout SelectionHeap) -> Void) -> [SelectionHeap.Entry] {
    withUnsafeTemporaryAllocation(of: SelectionHeap.Entry.self, capacity: capacity) { memory in
        guard let memory = memory.baseAddress else { return [] }
        var heap = SelectionHeap(capacity: capacity, in: memory)
        body(&heap)
        return heap.removeAll()
    }
}
