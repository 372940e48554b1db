/// The pairs of a user and an item that the user liked, as two columns.
package struct LikedPairs {
    /// The user of each pair.
    package let users: [Int32]
    /// The item of each pair.
    package let items: [Int32]

    /// The positive ratings of `interactions`.
    package init(_ interactions: InteractionMatrix) {
        var users: [Int32] = []
        var items: [Int32] = []
        let ratings = interactions.ratings
        for user in 0..<ratings.rows {
            for entry in ratings.entries(ofRow: user) where interactions.isPositive(ratings.values[entry]) {
                users.append(Int32(user))
                items.append(ratings.columnIndices[entry])
            }
        }
        self.users = users
        self.items = items
    }
}
