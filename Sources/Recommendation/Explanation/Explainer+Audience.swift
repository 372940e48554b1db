import Catalogue
import CollaborativeFiltering
import FloatKernels

extension Explainer {
    /// Users whose lists are looked at: at most so many, and at most so many scores in all, but some.
    private static let mostUsers = 4_000, mostScores = 40_000_000, leastUsers = 500
    /// The part of the users that is described, within bounds.
    private static let describedShare = 10, leastDescribed = 10, mostDescribed = 1_000
    private static let listLength = 20, mostTraits = 5

    /// Who is expected to want the item of a row.
    func audience(ofRow row: Int, likeliest count: Int) throws -> AudienceProfile {
        let sampled = sampledUsers()
        let item = snapshot.items[row]
        let raters = Set(try recommender.store.ratings(ofItem: item.key).map(\.userKey))
        var (takers, reached, users) = (0.0, 0, 0)
        var people: [Person] = []
        for user in sampled {
            guard let stored = try recommender.users.user(id: snapshot.userIDs[user]) else { continue }
            let ratings = try recommender.users.ratings(ofUser: stored.key)
            people.append((stored, ratings))
            guard !raters.contains(stored.key) else { continue }
            users += 1
            let scores = snapshot.scan.scores(query: snapshot.queries.row(user))
            let candidates = ScanFilter(excluded: snapshot.rows(of: ratings))
            if let scale = snapshot.softmaxScale {
                takers += CandidateSoftmax(scores, of: candidates, scale: scale)
                    .probability(ofScore: scores[row])
            }
            if place(of: row, in: scores, among: candidates) < Self.listLength { reached += 1 }
        }
        let described = min(
            max(snapshot.userIDs.count / Self.describedShare, Self.leastDescribed), Self.mostDescribed)
        let members = try recommender.audience(ofItem: item.item.id, count: max(described, count))
        return AudienceProfile(
            users: users,
            expectedTakers: snapshot.softmaxScale.map { _ in
                takers * Double(snapshot.userIDs.count) / Double(max(people.count, 1))
            },
            reach: Double(reached) / Double(max(users, 1)), listLength: Self.listLength,
            described: min(described, members.count),
            traits: try traits(of: members.prefix(described).map(\.userId), among: people),
            likeliest: Array(members.prefix(count)))
    }

    /// How many candidates stand above the item.
    private func place(of row: Int, in scores: [Float], among candidates: ScanFilter) -> Int {
        var values = scores
        candidates.mask(&values)
        return values.count { $0 > scores[row] }
    }

    /// Rows of users, evenly spaced.
    func sampledUsers() -> [Int] {
        let all = snapshot.userIDs.count
        let affordable = max(Self.mostScores / max(snapshot.items.count, 1), Self.leastUsers)
        let taken = min(all, Self.mostUsers, affordable)
        return (0..<taken).map { $0 * all / taken }
    }

    /// A user with what he rated.
    typealias Person = (user: StoredUser, ratings: [KeyedRating])

    /// Learned users by their rows; those who are gone from the catalogue are left out.
    func people(_ rows: [Int]) throws -> [Person] {
        try rows.compactMap { row in
            guard let user = try recommender.users.user(id: snapshot.userIDs[row]) else { return nil }
            return (user, try recommender.users.ratings(ofUser: user.key))
        }
    }

    /// What is commoner among some users than among all.
    func traits(
        of members: some Sequence<String>, among people: [Person]
    ) throws -> [AudienceProfile.Trait] {
        let reader = UserTraits(snapshot, users: people.map(\.user.user))
        var (own, all) = (TraitCounts(), TraitCounts())
        for person in people { all.add(reader.traits(of: person.user.user, ratings: person.ratings)) }
        for id in members {
            guard let user = try recommender.users.user(id: id) else { continue }
            own.add(
                reader.traits(of: user.user, ratings: try recommender.users.ratings(ofUser: user.key)))
        }
        return own.traits(beyond: all, most: Self.mostTraits).map(\.trait)
    }
}
