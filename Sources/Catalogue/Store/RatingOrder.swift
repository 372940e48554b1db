/// Puts ratings in the order of user, then item, each pair once: the last of several.
enum RatingOrder {
    /// O(n) where the ratings are in that order already, else O(n log n) and a copy.
    static func sorted(_ ratings: [KeyedRating]) -> [KeyedRating] {
        if isAscending(ratings) { return ratings }
        // The index breaks ties, so that the last of equal pairs comes last: `sort` promises no order of equals.
        let order = ratings.withUnsafeBufferPointer { ratings in
            (0..<UInt32(ratings.count)).sorted { left, right in
                let (a, b) = (ratings[Int(left)], ratings[Int(right)])
                if a.userKey != b.userKey { return a.userKey < b.userKey }
                if a.itemKey != b.itemKey { return a.itemKey < b.itemKey }
                return left < right
            }
        }
        var sorted: [KeyedRating] = []
        sorted.reserveCapacity(ratings.count)
        for index in order {
            let rating = ratings[Int(index)]
            if let last = sorted.last, last.userKey == rating.userKey, last.itemKey == rating.itemKey {
                sorted[sorted.count - 1] = rating
            } else {
                sorted.append(rating)
            }
        }
        return sorted
    }

    private static func isAscending(_ ratings: [KeyedRating]) -> Bool {
        zip(ratings, ratings.dropFirst()).allSatisfy { ($0.userKey, $0.itemKey) < ($1.userKey, $1.itemKey) }
    }
}
