package import CollaborativeFiltering
package import FloatKernels

/// How high users' scores are, on average, of items that they liked and of those that they rated lower: some score
/// everything high.
package struct UserLevels: Sendable, Equatable {
    /// users × 2: of liked items, of others.
    package let levels: Matrix
    /// The same over all users' ratings: for those that the model does not know.
    package let overall: [Float]

    /// Ratings at the overall level that every user is given besides his own.
    private static let pseudoCount: Float = 5

    package init(levels: Matrix, overall: [Float]) {
        self.levels = levels
        self.overall = overall
    }

    /// From ratings of items that have a place.
    ///
    /// - Parameters:
    ///   - users: the users of the interactions, users × d.
    ///   - row: where an item of the interactions stands in `items`; nil where it has no place.
    package init(
        _ interactions: InteractionMatrix, users: Matrix, items: ItemTable, row: (Int) -> Int?
    ) {
        var sums = Matrix(rows: users.rows, columns: 2)
        var counts = sums
        let d = users.columns
        let rows = (0..<interactions.itemCount).map(row)
        users.elements.withUnsafeBufferPointer { users in
            items.vectors.elements.withUnsafeBufferPointer { vectors in
                guard let users = users.baseAddress, let vectors = vectors.baseAddress else { return }
                for user in 0..<sums.rows {
                    for entry in interactions.ratings.entries(ofRow: user) {
                        guard let item = rows[Int(interactions.ratings.columnIndices[entry])] else {
                            continue
                        }
                        let kind = interactions.isPositive(interactions.ratings.values[entry]) ? 0 : 1
                        sums[user, kind] +=
                            dotProduct(users + user * d, vectors + item * d, count: d) + items.biases[item]
                        counts[user, kind] += 1
                    }
                }
            }
        }
        overall = (0..<2).map { kind in
            let total = (0..<sums.rows).reduce(0) { $0 + Double(sums[$1, kind]) }
            let count = (0..<sums.rows).reduce(0) { $0 + Double(counts[$1, kind]) }
            return Float(total / max(count, 1))
        }
        var levels = sums
        for user in 0..<sums.rows {
            for kind in 0..<2 {
                levels[user, kind] =
                    (sums[user, kind] + Self.pseudoCount * overall[kind])
                    / (counts[user, kind] + Self.pseudoCount)
            }
        }
        self.levels = levels
    }

    /// The level of a user, nil for one that the model does not know, on items that he liked or did not.
    func level(ofUser row: Int?, isLiked: Bool) -> Float {
        row.map { levels[$0, isLiked ? 0 : 1] } ?? overall[isLiked ? 0 : 1]
    }
}
