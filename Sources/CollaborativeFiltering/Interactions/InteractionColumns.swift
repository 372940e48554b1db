/// The rows of the data as columns, while an `InteractionMatrix` is built.
struct InteractionColumns {
    private var users: [Int32] = []
    private var items: [Int32] = []
    private(set) var ratings: [Float] = []
    /// 0 where the time is not known.
    private(set) var timestamps: [Int64] = []
    private(set) var hasTimes = false

    /// Adds a row whose indices are in range.
    mutating func append(_ row: Interaction) {
        users.append(Int32(row.user))
        items.append(Int32(row.item))
        ratings.append(row.rating)
        timestamps.append(row.timestamp ?? 0)
        hasTimes = hasTimes || (row.timestamp ?? 0) != 0
    }

    /// Orders the rows by user, then item; equal pairs keep their given order.
    mutating func sort(userCount: Int, itemCount: Int) {
        reorder(CountingSort(keys: items, below: itemCount).permutation)
        reorder(CountingSort(keys: users, below: userCount).permutation)
    }

    /// Of sorted rows, keeps the latest of each pair; of equally late ones the last.
    mutating func removeRepeatedPairs() {
        var kept: [Int] = []
        kept.reserveCapacity(users.count)
        for row in users.indices {
            if let last = kept.last, users[last] == users[row], items[last] == items[row] {
                if timestamps[row] >= timestamps[last] { kept[kept.count - 1] = row }
            } else {
                kept.append(row)
            }
        }
        if kept.count < users.count { reorder(kept) }
    }

    /// The ratings of sorted rows without repeated pairs.
    func compressedRows(userCount: Int, itemCount: Int) -> CompressedRows {
        CompressedRows(
            rows: userCount, columns: itemCount,
            rowStarts: CountingSort(keys: users, below: userCount).starts,
            columnIndices: items, values: ratings)
    }

    private mutating func reorder(_ order: [Int]) {
        users = order.map { users[$0] }
        items = order.map { items[$0] }
        ratings = order.map { ratings[$0] }
        timestamps = order.map { timestamps[$0] }
    }
}
