import Catalogue

/// What is told of a user when an audience is described: attributes, the genres of what he likes, and the items.
struct UserTraits {
    let snapshot: Snapshot
    /// Attributes whose values are numbers, too many to be told one by one.
    private let numeric: Set<String>

    /// More different values than these are told in tens, if they are numbers, and else not at all.
    private static let mostValues = 12

    /// - Parameter users: those that are looked at.
    init(_ snapshot: Snapshot, users: [User]) {
        self.snapshot = snapshot
        var values: [String: Set<String>] = [:]
        for user in users {
            for (name, value) in user.attributes { values[name, default: []].insert(value) }
        }
        numeric = Set(
            values.filter { $0.value.count > Self.mostValues && $0.value.allSatisfy { Double($0) != nil } }
                .keys)
    }

    func traits(of user: User, ratings: [KeyedRating]) -> [TraitCounts.Key: Double] {
        var traits: [TraitCounts.Key: Double] = [:]
        for (name, value) in user.attributes where !value.isEmpty {
            traits[.init(kind: .attribute, name: name, value: told(name, value))] = 1
        }
        let likedFrom = snapshot.model.foldIn.likelihood.likedFrom
        let liked = ratings.filter { $0.value >= likedFrom }.compactMap { snapshot.row(ofKey: $0.itemKey) }
            .map { snapshot.items[$0].item }
        for item in liked {
            traits[.init(kind: .item, name: item.id, value: item.title)] = 1
            for genre in item.genres {
                traits[.init(kind: .genre, name: genre, value: ""), default: 0] += 1 / Double(liked.count)
            }
        }
        return traits
    }

    /// `34` as `30–39` where there are many numbers.
    private func told(_ name: String, _ value: String) -> String {
        guard numeric.contains(name), let number = Double(value), abs(number) < 1e9 else { return value }
        let ten = Int((number / 10).rounded(.down)) * 10
        return "\(ten)–\(ten + 9)"
    }
}
