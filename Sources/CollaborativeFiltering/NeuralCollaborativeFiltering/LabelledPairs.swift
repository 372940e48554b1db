/// Pairs of a user and an item with what is known of them: 1 or 0 for a like or none, or a rating.
package struct LabelledPairs: Sendable, Equatable {
    package var users: [Int32] = [], items: [Int32] = [], labels: [Float] = []

    /// No pairs.
    package init() {}

    /// Number of pairs.
    package var count: Int { labels.count }

    package mutating func append(user: Int32, item: Int32, label: Float) {
        users.append(user)
        items.append(item)
        labels.append(label)
    }

    mutating func removeAll() {
        users.removeAll(keepingCapacity: true)
        items.removeAll(keepingCapacity: true)
        labels.removeAll(keepingCapacity: true)
    }
}
