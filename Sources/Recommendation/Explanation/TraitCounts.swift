/// Sums over users of what each has or likes, 0 to 1, by trait: enough for means, and for how far they may be off.
struct TraitCounts {
    struct Key: Hashable, Comparable {
        let kind: AudienceProfile.Trait.Kind
        let name: String
        let value: String

        static func < (a: Key, b: Key) -> Bool {
            (a.kind.rawValue, a.name, a.value) < (b.kind.rawValue, b.name, b.value)
        }
    }

    private(set) var users = 0
    private var sums: [Key: (sum: Double, squares: Double)] = [:]

    mutating func add(_ traits: [Key: Double]) {
        users += 1
        for (key, value) in traits {
            let before = sums[key] ?? (0, 0)
            sums[key] = (before.sum + value, before.squares + value * value)
        }
    }

    /// What is shown is at least so many standard errors and so many times above the mean of all.
    private static let leastDeviations = 3.0, leastLift = 1.15

    /// What is commoner here than among all, at most so many of each kind, the surest first.
    func traits(beyond all: TraitCounts, most: Int) -> [(key: Key, trait: AudienceProfile.Trait)] {
        guard users > 1, all.users > 1 else { return [] }
        let found = sums.keys.compactMap { key -> (key: Key, trait: AudienceProfile.Trait)? in
            guard let own = sums[key], let others = all.sums[key] else { return nil }
            let share = own.sum / Double(users)
            let mean = others.sum / Double(all.users)
            let variance = others.squares / Double(all.users) - mean * mean
            let error = (max(variance, 0) / Double(users)).squareRoot()
            guard error > 0, share > Self.leastLift * mean, share - mean > Self.leastDeviations * error else {
                return nil
            }
            return (
                key,
                AudienceProfile.Trait(
                    kind: key.kind, name: key.name, value: key.kind == .genre ? nil : key.value, share: share,
                    shareOfAll: mean, deviations: (share - mean) / error)
            )
        }.sorted { (-$0.trait.deviations, $0.key) < (-$1.trait.deviations, $1.key) }
        var shown: [AudienceProfile.Trait.Kind: Int] = [:]
        return found.filter { entry in
            shown[entry.key.kind, default: 0] += 1
            return shown[entry.key.kind, default: 0] <= most
        }
    }
}
