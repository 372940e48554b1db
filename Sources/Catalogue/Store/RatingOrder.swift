/// Walks ratings in the order of user, then item, each pair once: the last of several.
enum RatingOrder {
    /// O(n) where the ratings are in that order already, else O(n log n) and one integer a rating.
    static func forEach(_ ratings: [KeyedRating], _ body: (KeyedRating) throws -> Void) throws {
        try ratings.withUnsafeBufferPointer { ratings in
            if isAscending(ratings) { return try ratings.forEach(body) }
            var order = Array(0..<UInt32(ratings.count))
            order.sort { left, right in
                let a = ratings[Int(left)]
                let b = ratings[Int(right)]
                return (a.userKey, a.itemKey, left) < (b.userKey, b.itemKey, right)
            }
            for (place, index) in order.enumerated() {
                let rating = ratings[Int(index)]
                if place + 1 < order.count {
                    let next = ratings[Int(order[place + 1])]
                    if next.userKey == rating.userKey && next.itemKey == rating.itemKey { continue }
                }
                try body(rating)
            }
        }
    }

    private static func isAscending(_ ratings: UnsafeBufferPointer<KeyedRating>) -> Bool {
        zip(ratings, ratings.dropFirst()).allSatisfy { ($0.userKey, $0.itemKey) < ($1.userKey, $1.itemKey) }
    }
}
