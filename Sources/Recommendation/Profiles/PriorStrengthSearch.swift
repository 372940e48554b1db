package import CollaborativeFiltering
package import Diagnostics
package import FloatKernels

/// Finds out how fast first ratings take over from what is believed of a user beforehand, on users held out of a training
/// of their own: those whom the items' vectors have seen would make ratings look better than they are.
package struct PriorStrengthSearch {
    private let model: any CollaborativeModel
    private let data: CollaborativeData
    private let profiles: [[String: String]]
    private let seed: UInt64
    private let pool: ThreadPool
    private let monitor: WorkMonitor

    /// The values tried: of the number of ratings at which prior and ratings are even, in units of what a user has on
    /// average, and of the prior's precision. The second of each is where the search starts, and what few users get.
    private static let halfways: [Float] = [0.5, 1, 2]
    private static let precisions: [Float] = [0.3, 0.6, 1.2]
    private static let ratingCounts = [1, 2, 5, 20]
    /// Users examined, at most a fifth of all, and users trained on. Fewer than the least say nothing.
    private static let mostExamined = 600, mostTrained = 2_000, leastExamined = 30

    /// - Parameters:
    ///   - model: what the users of the data are to be placed by.
    ///   - profiles: attributes of these users.
    package init(
        _ model: any CollaborativeModel, _ data: CollaborativeData, profiles: [[String: String]],
        seed: UInt64, pool: ThreadPool, monitor: WorkMonitor = .silent
    ) {
        precondition(profiles.count == data.users.count, "attributes for every user")
        self.model = model
        self.data = data
        self.profiles = profiles
        self.seed = seed
        self.pool = pool
        self.monitor = monitor
    }

    /// Ratings that a user is taken to have where users came along without theirs.
    private static let assumedRatings: Float = 20

    /// What is taken where too few users can be held out.
    static func fallback(_ interactions: InteractionMatrix) -> TastePrior.Strength {
        let average =
            interactions.count >= max(interactions.userCount, 1)
            ? Float(interactions.count) / Float(max(interactions.userCount, 1)) : assumedRatings
        return TastePrior.Strength(halfway: halfways[1] * max(average, 1), precision: precisions[1])
    }

    /// The strength with which held-out users' likes are found best after some of their ratings.
    package func strength(_ choice: ProfileChoice) throws -> TastePrior.Strength {
        let interactions = data.interactions
        let start = Self.fallback(interactions)
        var generator = RandomGenerator(seed: seed, stream: 720)
        var order = Array(profiles.indices)
        generator.shuffle(&order)
        let examined = order.prefix(min(Self.mostExamined, order.count / 5)).sorted()
        let trained = order.dropFirst(examined.count).prefix(Self.mostTrained).sorted()
        let exam = NewUserExam(
            examined.map(data.profile), likedFrom: interactions.positiveThreshold, using: &generator)
        let training = try data.selectingUsers(trained)
        guard exam.users.count >= Self.leastExamined,
            training.interactions.ratings.values.contains(where: interactions.isPositive)
        else { return start }
        let space = try model.fit(
            training, seed: seed, pool: pool, monitor: monitor.prefixing("With some users kept out: "))
        let prior = UserPrior(
            views: choice.views,
            coefficients: choice.coefficients(
                trained.map { profiles[$0] }, users: space.users, pool: pool), strength: start)
        let means = examined.map { prior.taste(of: profiles[$0]).mean }
        return try best(from: start, exam, means, space)
    }

    /// One setting after the other, from where the last one left off.
    private func best(
        from start: TastePrior.Strength, _ exam: NewUserExam, _ means: [[Float]], _ space: CollaborativeSpace
    ) throws -> TastePrior.Strength {
        try monitor.report(
            "Weighing users' first ratings", 0, of: Self.halfways.count + Self.precisions.count - 2)
        let scan = space.scan(pool: pool)
        func judge(_ strength: TastePrior.Strength) -> Double {
            Self.ratingCounts.reduce(0) { sum, count in
                let queries = exam.encode(space, count: count, pool: pool) {
                    TastePrior(mean: means[$0], strength: strength)
                }
                return sum + exam.score(queries, scan, pool: pool).mean.ndcg20
            }
        }
        var (best, reached, tried) = (start, judge(start), 0)
        func attempt(_ candidate: TastePrior.Strength) throws {
            let score = judge(candidate)
            tried += 1
            try monitor.report(
                "Weighing users' first ratings", tried, of: Self.halfways.count + Self.precisions.count - 2)
            if score > reached { (best, reached) = (candidate, score) }
        }
        for factor in Self.halfways where factor != Self.halfways[1] {
            try attempt(.init(halfway: start.halfway * factor / Self.halfways[1], precision: best.precision))
        }
        for precision in Self.precisions where precision != Self.precisions[1] {
            try attempt(.init(halfway: best.halfway, precision: precision))
        }
        return best
    }
}
