import CollaborativeFiltering
import FloatKernels

/// Small data whose right answer is known.
enum Worlds {
    /// Users like items of their own parity, except the pairs of a user and the item of the same number, which
    /// are held out: the held-out cell must score above every item of the other parity.
    ///
    /// - Parameter dislikes: whether the other parity is rated too, and low: models that predict ratings learn nothing
    ///   from likes alone.
    static func checkerboard(_ size: Int, dislikes: Bool = false) throws -> InteractionMatrix {
        var rows: [Interaction] = []
        for user in 0..<size {
            for item in 0..<size where user != item {
                let isOwn = user % 2 == item % 2
                guard isOwn || dislikes else { continue }
                rows.append(Interaction(user: user, item: item, rating: isOwn ? 1 : -1))
            }
        }
        return try InteractionMatrix(
            userCount: size, itemCount: size, positiveThreshold: 1, rows: rows)
    }

    /// Users and items on the unit circle; a user likes the third of the items that is nearest in angle. One in
    /// five likes is held out.
    ///
    /// - Parameter dislikes: whether every other one of the rest is rated, and low.
    static func circle(users: Int, items: Int, seed: UInt64, dislikes: Bool = false) throws -> (
        train: InteractionMatrix, heldOut: [Set<Int>]
    ) {
        var generator = RandomGenerator(seed: seed)
        var rows: [Interaction] = []
        var heldOut = [Set<Int>](repeating: [], count: users)
        for user in 0..<users {
            let place = generator.uniform()
            for item in 0..<items {
                let difference = abs(place - Float(item) / Float(items))
                guard min(difference, 1 - difference) < 1.0 / 6 else {
                    if dislikes && generator.index(below: 2) == 0 {
                        rows.append(Interaction(user: user, item: item, rating: -1))
                    }
                    continue
                }
                if generator.index(below: 5) == 0 {
                    heldOut[user].insert(item)
                } else {
                    rows.append(Interaction(user: user, item: item, rating: 1))
                }
            }
        }
        return (
            try InteractionMatrix(userCount: users, itemCount: items, positiveThreshold: 1, rows: rows),
            heldOut
        )
    }
}

extension CollaborativeModel {
    /// The model with settings that suit a small world.
    func small(dimensions: Int, epochs: Int = 40) -> Self {
        var copy = self
        copy.dimensions = dimensions
        copy.epochs = epochs
        return copy
    }
}
