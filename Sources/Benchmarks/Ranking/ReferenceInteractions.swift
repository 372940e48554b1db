import CollaborativeFiltering
import FloatKernels
import Foundation

/// Likes of the shape of MovieLens 1M: 6,040 users, 3,706 items, 1,000,209 pairs; some users and some items have far
/// more than others. Every user and every item has at least one. Peers get the same pairs as a file.
struct ReferenceInteractions {
    static let users = 6_040, items = 3_706, count = 1_000_209

    /// user · items + item, ascending.
    let pairs: [Int]

    init() {
        var generator = RandomGenerator(seed: 42)
        let users = Draw(weights: (0..<Self.users).map { _ in exp(0.95 * Double(generator.normal())) })
        var popularity = (0..<Self.items).map { pow(Double($0) + Double(Self.items) * 0.03, -1.05) }
        generator.shuffle(&popularity)
        let items = Draw(weights: popularity)
        var chosen = Set<Int>(minimumCapacity: 2 * Self.count)
        for user in 0..<Self.users { chosen.insert(user * Self.items + items.index(using: &generator)) }
        for item in 0..<Self.items { chosen.insert(users.index(using: &generator) * Self.items + item) }
        while chosen.count < Self.count {
            let user = users.index(using: &generator)
            chosen.insert(user * Self.items + items.index(using: &generator))
        }
        pairs = chosen.sorted()
    }

    /// The pairs as ratings of one.
    func matrix() throws -> InteractionMatrix {
        try InteractionMatrix(
            userCount: Self.users, itemCount: Self.items, positiveThreshold: 1,
            rows: pairs.lazy.map { Interaction(user: $0 / Self.items, item: $0 % Self.items, rating: 1) })
    }

    /// Writes little-endian 32-bit numbers: users, items, pairs, then user and item of each.
    func write(to file: URL) throws {
        var numbers = [Self.users, Self.items, Self.count]
        for pair in pairs { numbers += [pair / Self.items, pair % Self.items] }
        let words = numbers.map { UInt32($0).littleEndian }
        try words.withUnsafeBytes { try Data($0).write(to: file) }
    }
}

/// Draws indices with given weights.
private struct Draw {
    private var cumulated: [Double] = []

    init(weights: [Double]) {
        var sum = 0.0
        for weight in weights {
            sum += weight
            cumulated.append(sum)
        }
    }

    func index(using generator: inout RandomGenerator) -> Int {
        let target = Double(generator.next() >> 11) * 0x1p-53 * (cumulated.last ?? 0)
        var (low, high) = (0, cumulated.count - 1)
        while low < high {
            let middle = (low + high) / 2
            if cumulated[middle] > target { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
