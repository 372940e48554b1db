/// A binary heap of a fixed capacity that has its worst entry at the top.
struct SelectionHeap {
    typealias Entry = (index: Int, score: Float)

    private var entries: [Entry] = []
    private let capacity: Int

    init(capacity: Int) {
        precondition(capacity > 0, "a heap holds at least one entry")
        self.capacity = capacity
        entries.reserveCapacity(capacity)
    }

    var isFull: Bool { entries.count == capacity }

    /// The entry that goes first; the heap must not be empty.
    var worst: Entry { entries[0] }

    /// Adds an entry to a heap that is not full.
    mutating func insert(_ entry: Entry) {
        entries.append(entry)
        var child = entries.count - 1
        while child > 0, SelectionHeap.isWorse(entries[child], than: entries[(child - 1) / 2]) {
            entries.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    /// Puts `entry` in the place of the worst one.
    mutating func replaceWorst(by entry: Entry) {
        entries[0] = entry
        var parent = 0
        while true {
            var child = 2 * parent + 1
            guard child < entries.count else { return }
            let sibling = child + 1
            if sibling < entries.count, SelectionHeap.isWorse(entries[sibling], than: entries[child]) {
                child = sibling
            }
            guard SelectionHeap.isWorse(entries[child], than: entries[parent]) else { return }
            entries.swapAt(parent, child)
            parent = child
        }
    }

    /// The entries, best first.
    func descending() -> [Entry] {
        entries.sorted { SelectionHeap.isWorse($1, than: $0) }
    }

    private static func isWorse(_ one: Entry, than other: Entry) -> Bool {
        one.score != other.score ? one.score < other.score : one.index > other.index
    }
}
