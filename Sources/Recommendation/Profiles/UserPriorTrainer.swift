package import CollaborativeFiltering
package import Diagnostics
package import FloatKernels

/// Learns what users' attributes say of their places.
package struct UserPriorTrainer {
    private let space: CollaborativeSpace
    private let profiles: [[String: String]]
    private let pool: ThreadPool
    private let monitor: WorkMonitor

    /// Users by whom it is chosen what counts; of more, every n-th.
    private static let mostSearched = 20_000

    /// - Parameter profiles: attributes of the space's users.
    package init(
        space: CollaborativeSpace, profiles: [[String: String]], pool: ThreadPool,
        monitor: WorkMonitor = .silent
    ) {
        precondition(profiles.count == space.users.rows, "attributes for every user")
        self.space = space
        self.profiles = profiles
        self.pool = pool
        self.monitor = monitor
    }

    /// - Parameter strength: how fast ratings take over from what was chosen; not asked where the space's encoder does
    ///   without, as it may take a second training to find out.
    /// - Returns: the prior, and what attributes are worth where users have any.
    package func train(
        strength: (ProfileChoice) throws -> TastePrior.Strength
    ) throws -> (prior: UserPrior, report: ProfileReport?) {
        let views = ProfileViews(learning: profiles)
        let sample = Array(
            stride(from: 0, to: profiles.count, by: 1 + profiles.count / Self.mostSearched))
        let search = ProfileSearch(
            views, sample.map { profiles[$0] }, users: space.users.selectingRows(sample), items: space.items,
            pool: pool, monitor: monitor)
        let penalties = try search.penalties()
        let choice = search.choice(penalties)
        let prior = UserPrior(
            views: choice.views,
            coefficients: choice.coefficients(profiles, users: space.users, pool: pool),
            strength: space.encoder?.readsPriorStrength == false
                ? TastePrior.Strength(halfway: 1, precision: 1) : try strength(choice))
        let hasAttributes = profiles.contains { !$0.isEmpty }
        return (prior, hasAttributes ? search.report(penalties) : nil)
    }
}
