import CollaborativeFiltering
import FloatKernels

/// Small data whose right answer is known.
enum Worlds {
    /// Users like items of their own parity, except the pairs of a user and the item of the same number, which
    /// are held out: the held-out cell must score above every item of the other parity.
    static func checkerboard(_ size: Int) throws -> InteractionMatrix {
        var rows: [Interaction] = []
        for user in 0..<size {
            for item in 0..<size where user % 2 == item % 2 && user != item {
                rows.append(Interaction(user: user, item: item, rating: 1))
            }
        }
        return try InteractionMatrix(userCount: size, itemCount: size, rows: rows)
    }

    /// Users and items on the unit circle; a user likes the third of the items that is nearest in angle. One in
    /// five likes is held out.
    static func circle(users: Int, items: Int, seed: UInt64) throws -> (
        train: InteractionMatrix, heldOut: [Set<Int>]
    ) {
        var generator = RandomGenerator(seed: seed)
        var rows: [Interaction] = []
        var heldOut = [Set<Int>](repeating: [], count: users)
        for user in 0..<users {
            let place = generator.uniform()
            for item in 0..<items {
                let difference = abs(place - Float(item) / Float(items))
                guard min(difference, 1 - difference) < 1.0 / 6 else { continue }
                if generator.index(below: 5) == 0 {
                    heldOut[user].insert(item)
                } else {
                    rows.append(Interaction(user: user, item: item, rating: 1))
                }
            }
        }
        return (try InteractionMatrix(userCount: users, itemCount: items, rows: rows), heldOut)
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
