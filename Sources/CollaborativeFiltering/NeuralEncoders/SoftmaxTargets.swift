/// What several user vectors, one a row, shall score high: items with weights, and items that are out of competition as the
/// user has rated them.
package struct SoftmaxTargets {
    /// Where each row's targets start, and behind the last row their number.
    package private(set) var starts = [0]
    /// The items that are wanted.
    package private(set) var items: [Int32] = []
    /// How much each of them is wanted.
    package private(set) var weights: [Float] = []
    private var seenStarts = [0]
    private var seen: [Int32] = []

    /// No row.
    package init() {}

    /// Number of rows.
    package var rows: Int { starts.count - 1 }

    /// Forgets all rows, and keeps the memory.
    package mutating func removeAll() {
        starts.removeLast(rows)
        seenStarts.removeLast(seenStarts.count - 1)
        items.removeAll(keepingCapacity: true)
        weights.removeAll(keepingCapacity: true)
        seen.removeAll(keepingCapacity: true)
    }

    /// Adds a target to the row that is being made.
    package mutating func add(_ item: Int32, weight: Float) {
        items.append(item)
        weights.append(weight)
    }

    /// Ends a row; `seen` are items that do not compete in it, none of them a target.
    package mutating func endRow(seen entries: some Collection<Int32>) {
        starts.append(items.count)
        seen += entries
        seenStarts.append(seen.count)
    }

    /// The places of a row's targets in `items` and `weights`.
    func targets(ofRow row: Int) -> Range<Int> { starts[row]..<starts[row + 1] }

    /// The items that do not compete in a row.
    func seen(ofRow row: Int) -> ArraySlice<Int32> { seen[seenStarts[row]..<seenStarts[row + 1]] }

    /// The sum of a row's weights.
    func weight(ofRow row: Int) -> Float { weights[targets(ofRow: row)].reduce(0, +) }
}
