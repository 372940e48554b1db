/// A stable order of entries by a small integer key, in time linear in entries + keys.
struct CountingSort {
    /// The entries in order of their key; equal keys stay in their given order.
    let permutation: [Int]
    /// Where each key starts in `permutation`, and behind the last key the number of entries; `bound` + 1 values.
    let starts: [Int]

    /// Sorts the entries 0..<keys.count by `keys`, which lie in 0..<bound.
    init(keys: [Int32], below bound: Int) {
        var starts = [Int](repeating: 0, count: bound + 1)
        for key in keys { starts[Int(key) + 1] += 1 }
        for key in 0..<bound { starts[key + 1] += starts[key] }
        var next = starts
        var permutation = [Int](repeating: 0, count: keys.count)
        for (entry, key) in keys.enumerated() {
            permutation[next[Int(key)]] = entry
            next[Int(key)] += 1
        }
        self.permutation = permutation
        self.starts = starts
    }
}
