package import CollaborativeFiltering
package import FloatKernels

/// How high users' scores are, on average, of items that they liked and of those that they rated lower: some score
/// everything high.
package struct UserLevels: Sendable, Equatable {
    /// users × 2: of liked items, of others.
    package let levels: Matrix
    /// The same over all users' ratings: for those that the model does not know.
    package let overall: [Float]
    /// The part of `overall` that is the items' biases: what somebody of whom nothing is known scores what he liked or did not.
    package let biases: [Float]

    /// Ratings at the overall level that every user is given besides his own.
    private static let pseudoCount: Float = 5

    /// - Parameter biases: `overall` where nil.
    package init(levels: Matrix, overall: [Float], biases: [Float]? = nil) {
        self.levels = levels
        self.overall = overall
        self.biases = biases ?? overall
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
        var biasSums: [Double] = [0, 0]
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
                        biasSums[kind] += Double(items.biases[item])
                    }
                }
            }
        }
        let ratings = (0..<2).map { kind in
            max((0..<sums.rows).reduce(0) { $0 + Double(counts[$1, kind]) }, 1)
        }
        overall = (0..<2).map { kind in
            Float((0..<sums.rows).reduce(0) { $0 + Double(sums[$1, kind]) } / ratings[kind])
        }
        biases = (0..<2).map { Float(biasSums[$0] / ratings[$0]) }
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

    /// The level of a user of the model on items that he liked or did not.
    func level(ofUser row: Int, isLiked: Bool) -> Float { levels[row, isLiked ? 0 : 1] }

    /// The level of a user whom the model does not know, of whose taste his ratings tell the share `certainty`.
    func level(ofStranger certainty: Float, isLiked: Bool) -> Float {
        let kind = isLiked ? 0 : 1
        return biases[kind] + certainty * (overall[kind] - biases[kind])
    }
}
