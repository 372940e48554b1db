/// How many things a write added, updated and found as they were.
public struct ChangeCounts: Sendable, Equatable {
    /// New to the store.
    public var added: Int
    /// In the store already, with other content.
    public var updated: Int
    /// In the store already, with the same content.
    public var unchanged: Int

    /// Makes counts.
    public init(added: Int = 0, updated: Int = 0, unchanged: Int = 0) {
        self.added = added
        self.updated = updated
        self.unchanged = unchanged
    }

    /// Everything that was written or found.
    public var total: Int { added + updated + unchanged }

    /// Counts one change.
    public mutating func count(_ change: Change) {
        switch change {
        case .added: added += 1
        case .updated: updated += 1
        case .unchanged: unchanged += 1
        }
    }

    /// Adds the counts of another write.
    public static func += (left: inout ChangeCounts, right: ChangeCounts) {
        left.added += right.added
        left.updated += right.updated
        left.unchanged += right.unchanged
    }
}
