/// A group of users whose best items are looked for together: their vectors packed for the tiles, sixteen users a panel,
/// and a heap for each.
struct UserPanels {
    /// Users in a group, at most; with 64 dimensions their panels are 256 KiB.
    private static let groupSize = 1024
    /// Entries of all heaps of a group, about, at most.
    private static let entryCount = 1 << 21
    /// Values of items that the panels of a group are multiplied with one after another: half a second-level cache.
    private static let itemBlock = 65_536

    let rows: ItemRows
    let allowed: ScanFilter.View
    let panels: UnsafeMutablePointer<Float>
    let thresholds: UnsafeMutablePointer<Float>
    let heaps: UnsafeMutablePointer<SelectionHeap>

    /// Writes the best `k` items for the queries `users` to `lists`, group by group.
    static func scan(
        _ k: Int, _ queries: UnsafePointer<Float>, users: Range<Int>, rows: ItemRows,
        allowed: ScanFilter.View,
        excluded: [[Int32]], into lists: UnsafeMutablePointer<[SelectionHeap.Entry]>
    ) {
        let width = ScanTile.users
        let size = max(
            width, min(groupSize, entryCount / k / width * width, roundedUp(users.count, to: width)))
        withScratch(count: size * (rows.dimensions + 1)) { floats in
            withUnsafeTemporaryAllocation(of: UInt64.self, capacity: size * SelectionHeap.size(capacity: k)) {
                entries in
                withUnsafeTemporaryAllocation(of: SelectionHeap.self, capacity: size) { heaps in
                    guard let entries = entries.baseAddress, let heaps = heaps.baseAddress else { return }
                    let panels = UserPanels(
                        rows: rows, allowed: allowed, panels: floats,
                        thresholds: floats + size * rows.dimensions, heaps: heaps)
                    for start in stride(from: users.lowerBound, to: users.upperBound, by: size) {
                        panels.scan(
                            k, queries, users: start..<min(start + size, users.upperBound),
                            excluded: excluded,
                            entries: entries, into: lists)
                    }
                }
            }
        }
    }

    /// The best `k` of all items for the queries `users` of `queries`, written to `lists`.
    private func scan(
        _ k: Int, _ queries: UnsafePointer<Float>, users: Range<Int>, excluded: [[Int32]],
        entries: UnsafeMutablePointer<UInt64>,
        into lists: UnsafeMutablePointer<[SelectionHeap.Entry]>
    ) {
        let d = rows.dimensions
        let width = ScanTile.users
        ProductOperand(base: queries + users.lowerBound * d, outerStride: d, depthStride: 1)
            .pack(count: users.count, depth: d, width: width, into: panels)
        for user in 0..<users.count {
            (heaps + user).initialize(
                to: SelectionHeap(capacity: k, in: entries + user * SelectionHeap.size(capacity: k)))
            thresholds[user] = .nan
        }
        for user in users.count..<roundedUp(users.count, to: width) { thresholds[user] = .infinity }
        let step = max(ScanTile.items, Self.itemBlock / max(d, 1) / ScanTile.items * ScanTile.items)
        for start in stride(from: 0, to: rows.count, by: step) {
            let items = start..<min(start + step, rows.count)
            for first in stride(from: 0, to: users.count, by: width) {
                scan(
                    items, panel: first, userCount: min(width, users.count - first),
                    excluded: excluded.isEmpty ? [] : excluded[(users.lowerBound + first)...])
            }
        }
        for user in 0..<users.count { lists[users.lowerBound + user] = heaps[user].descending() }
    }

    /// Offers the items of a block to the users of a panel.
    private func scan(
        _ items: Range<Int>, panel first: Int, userCount: Int, excluded: ArraySlice<[Int32]>
    ) {
        let panel = panels + first * rows.dimensions
        withUnsafeTemporaryAllocation(of: Float.self, capacity: ScanTile.items * ScanTile.users) { scores in
            guard let scores = scores.baseAddress else { return }
            for item in stride(from: items.lowerBound, to: items.upperBound, by: ScanTile.items) {
                let tile = ScanTile(rows, from: item, users: panel)
                let entering = tile.entering(thresholds + first)
                guard entering.isAnySet else { continue }
                tile.store(at: scores)
                let count = min(ScanTile.items, items.upperBound - item)
                offer(
                    scores, entering, from: item, count: count, panel: first, userCount: userCount, excluded)
            }
        }
    }

    /// Offers the scores of a tile that may enter (see `ScanTile.entering`).
    @inline(never)
    private func offer(
        _ scores: UnsafePointer<Float>, _ entering: SIMD8<Int32>, from item: Int, count: Int,
        panel first: Int, userCount: Int, _ excluded: ArraySlice<[Int32]>
    ) {
        for lane in 0..<8 {
            var bits = entering[lane]
            while bits != 0 {
                let bit = bits.trailingZeroBitCount
                bits &= bits &- 1
                let isHigh = bit >= ScanTile.items
                let (row, user) = isHigh ? (bit &- ScanTile.items, lane &+ 8) : (bit, lane)
                guard row < count && user < userCount && allowed.passes(item &+ row) else { continue }
                offer(item &+ row, scores[row &* ScanTile.users &+ user], to: first, place: user, excluded)
            }
        }
    }

    /// Offers an item to the user at a place of the panel.
    @inline(__always)
    private func offer(
        _ item: Int, _ score: Float, to panel: Int, place: Int, _ excluded: ArraySlice<[Int32]>
    ) {
        if !excluded.isEmpty {
            let isExcluded = excluded[excluded.startIndex + place].withUnsafeBufferPointer {
                !ScanFilter.View(words: nil, excluded: $0).passes(item)
            }
            if isExcluded { return }
        }
        heaps[panel &+ place].offer(item, score)
        thresholds[panel &+ place] = heaps[panel &+ place].threshold
    }
}
