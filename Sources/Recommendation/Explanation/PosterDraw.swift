import Catalogue
import CollaborativeFiltering
import ContentProjection
import FloatKernels

/// Whom either of two posters draws, among some users.
struct PosterDraw {
    enum Side { case a, b }

    /// With either poster, see `PosterComparison.Side`.
    let reach: [Double]
    let exchange: PosterComparison.Exchange
    /// Those users whose scores are highest with the one less with the other, by row among learned users: the first's, the
    /// second's.
    private let drawn: [[Int]]
    private let sampled: [Int]

    private static let listLength = 20, share = 10
    /// Standard deviations of a difference that is sure at 95 %.
    private static let sure = 1.96

    init(_ explainer: Explainer, places: [[Double]], _ difference: PlacementDifference) throws {
        let snapshot = explainer.snapshot
        let users = explainer.sampledUsers()
        sampled = users
        let dimensions = Double(difference.step.count - 1)
        var scores: [[Double]] = [[], []]
        var reached = [0.0, 0.0]
        var sure = [0, 0]
        for user in users {
            let query = snapshot.queries.row(user)
            let own = PlaceScorer(snapshot, query: query).scores(places)
            for side in 0..<2 { scores[side].append(own[side]) }
            var others = snapshot.scan.scores(query: query)
            if let stored = try explainer.recommender.users.user(id: snapshot.userIDs[user]) {
                let ratings = try explainer.recommender.users.ratings(ofUser: stored.key)
                ScanFilter(excluded: snapshot.rows(of: ratings)).mask(&others)
            }
            for side in 0..<2 {
                let above = others.count { Double($0) > own[side] }
                if above < Self.listLength { reached[side] += 1 }
            }
            let length = snapshot.users.row(user).reduce(0) { $0 + Double($1) * Double($1) }
            let deviation =
                (difference.vectorVariance * length / dimensions + difference.biasVariance).squareRoot()
            let step = own[0] - own[1]
            if abs(step) > Self.sure * deviation { sure[step > 0 ? 0 : 1] += 1 }
        }
        reach = reached.map { $0 / Double(max(users.count, 1)) }
        let size = max(users.count / Self.share, 1)
        func best(_ value: (Int) -> Double) -> [Int] {
            Array(users.indices.sorted { (-value($0), $0) < (-value($1), $1) }.prefix(size))
        }
        let audiences = scores.map { scores in Set(best { scores[$0] }) }
        let shared = audiences[0].intersection(audiences[1]).count
        exchange = PosterComparison.Exchange(
            users: users.count, size: audiences[0].count, shared: shared,
            onlyA: audiences[0].count - shared, onlyB: audiences[1].count - shared, surelyA: sure[0],
            surelyB: sure[1])
        drawn = [
            best { scores[0][$0] - scores[1][$0] }.map { users[$0] },
            best { scores[1][$0] - scores[0][$0] }.map { users[$0] },
        ]
    }

    /// What is commoner among those whom one of the posters draws most than among all.
    func traits(of side: Side, in explainer: Explainer) throws -> [AudienceProfile.Trait] {
        let ids = explainer.snapshot.userIDs
        return try explainer.traits(
            of: drawn[side == .a ? 0 : 1].map { ids[$0] }, among: explainer.people(sampled))
    }
}
