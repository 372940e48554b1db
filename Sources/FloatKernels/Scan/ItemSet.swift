/// A set of items 0 ..< `count`, one bit an item.
public struct ItemSet: Sendable, Equatable {
    /// Number of items that may be members.
    public let count: Int
    /// Bit i mod 64 of word i / 64 stands for item i.
    private var words: [UInt64]

    /// The set without members.
    public init(count: Int) {
        precondition(count >= 0, "a set cannot have a negative size")
        self.count = count
        words = [UInt64](repeating: 0, count: (count + 63) / 64)
    }

    /// The set of all items.
    public init(allOf count: Int) {
        self.init(count: count)
        for index in words.indices { words[index] = .max }
        if count % 64 > 0 { words[words.count - 1] = (1 << UInt64(count % 64)) - 1 }
    }

    /// The set of `members`, which lie in 0 ..< `count`, in any order.
    public init(count: Int, members: some Sequence<Int>) {
        self.init(count: count)
        for member in members { insert(member) }
    }

    /// Makes `item` a member.
    public mutating func insert(_ item: Int) {
        precondition(item >= 0 && item < count, "an item of the set's range")
        words[item / 64] |= 1 << UInt64(item % 64)
    }

    /// Makes `item` none.
    public mutating func remove(_ item: Int) {
        precondition(item >= 0 && item < count, "an item of the set's range")
        words[item / 64] &= ~(1 << UInt64(item % 64))
    }

    /// Takes in the members of a set over the same items.
    public mutating func formUnion(_ other: ItemSet) {
        precondition(count == other.count, "sets over the same items")
        for index in words.indices { words[index] |= other.words[index] }
    }

    /// Leaves those that are also members of a set over the same items.
    public mutating func formIntersection(_ other: ItemSet) {
        precondition(count == other.count, "sets over the same items")
        for index in words.indices { words[index] &= other.words[index] }
    }

    /// The members, ascending.
    public var members: [Int] {
        var members: [Int] = []
        members.reserveCapacity(memberCount)
        for index in words.indices {
            var word = words[index]
            while word != 0 {
                members.append(index * 64 + word.trailingZeroBitCount)
                word &= word - 1
            }
        }
        return members
    }

    /// Number of members.
    public var memberCount: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

    /// Whether `item` is a member.
    public func contains(_ item: Int) -> Bool {
        precondition(item >= 0 && item < count, "an item of the set's range")
        return words[item / 64] >> UInt64(item % 64) & 1 == 1
    }

    /// Lends the words; the pointer is nil where the set has no items.
    @inline(__always)
    func withWords<R>(_ body: (UnsafePointer<UInt64>?) -> R) -> R {
        words.withUnsafeBufferPointer { body($0.baseAddress) }
    }
}
