/// The pairs of a user and an item that the user liked, by user.
package struct LikedPairs {
    /// Where each user's pairs start, and behind the last user the number of pairs.
    package let starts: [Int]
    /// The item of each pair.
    package let items: [Int32]
    /// Users and items, each in descending order of their pairs.
    let usersByCount, itemsByCount: [Int32]

    /// The positive ratings of `interactions`.
    package init(_ interactions: InteractionMatrix) {
        let liked = interactions.ratings.filter(interactions.isPositive)
        starts = liked.rowStarts
        items = liked.columnIndices
        usersByCount = Self.order((0..<liked.rows).map { liked.entries(ofRow: $0).count })
        var counts = [Int](repeating: 0, count: liked.columns)
        for item in liked.columnIndices { counts[Int(item)] += 1 }
        itemsByCount = Self.order(counts)
    }

    private static func order(_ counts: [Int]) -> [Int32] {
        let most = counts.max() ?? 0
        return CountingSort(keys: counts.map { Int32(most - $0) }, below: most + 1).permutation.map(
            Int32.init)
    }
}
