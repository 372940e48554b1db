import CollaborativeFiltering
import ContentProjection
import FloatKernels

/// Users who give their first ratings: some are revealed one after another, the likes among the rest are to be found among
/// all items.
///
/// Of every user at most `mostRevealed`, and at most half of his ratings, are revealed. What is asked for is the same
/// however many are.
struct NewUserExam: Sendable {
    static let mostRevealed = 20

    /// Which of the users given are examined, ascending.
    let users: [Int]
    /// What each of them reveals, in order (in that of time where all times are known), with the attributes.
    private let revealed: [UserProfile]
    /// Items revealed, ascending, and likes that stay hidden.
    private let excluded: [[Int32]], relevant: [Set<Int>]

    init(
        _ profiles: [UserProfile], likedFrom: Float, using generator: inout RandomGenerator
    ) {
        var users: [Int] = []
        var (revealed, excluded, relevant) = ([UserProfile](), [[Int32]](), [Set<Int>]())
        for user in profiles.indices {
            let ordered = Self.ordered(profiles[user].history, using: &generator)
            let shown = min(Self.mostRevealed, ordered.count / 2)
            let wanted = ordered.dropFirst(shown).filter { $0.rating >= likedFrom }
            guard shown > 0, !wanted.isEmpty else { continue }
            users.append(user)
            revealed.append(
                UserProfile(history: Array(ordered.prefix(shown)), attributes: profiles[user].attributes))
            excluded.append(ordered.prefix(shown).map { Int32($0.item) }.sorted())
            relevant.append(Set(wanted.map(\.item)))
        }
        (self.users, self.revealed, self.excluded, self.relevant) = (users, revealed, excluded, relevant)
    }

    private static func ordered(
        _ history: [HistoryEntry], using generator: inout RandomGenerator
    ) -> [HistoryEntry] {
        var entries = history
        generator.shuffle(&entries)
        let times = entries.compactMap(\.timestamp)
        guard times.count == entries.count else { return entries }
        return zip(times, entries).enumerated().sorted {
            ($0.element.0, $0.offset) < ($1.element.0, $1.offset)
        }.map(\.element.1)
    }

    /// The users after their first `count` ratings as scans ask for them, a row each.
    ///
    /// - Parameter prior: what is believed of a user, by the number among those given at first.
    func encode(
        _ space: CollaborativeSpace, count: Int, pool: ThreadPool, prior: (Int) -> TastePrior
    ) -> Matrix {
        var queries = Matrix(rows: users.count, columns: space.queries.columns)
        queries.withMutableRows(pool: pool) { row, values in
            var user = revealed[row]
            user.history = Array(user.history.prefix(count))
            let query = space.query(
                taste: space.vector(of: user, prior: prior(users[row])), attributes: user.attributes)
            for i in values.indices { values[i] = query[i] }
        }
        return queries
    }

    /// Judges queries (a row for each of `users`) by the lists that they give of a table.
    func score(_ queries: Matrix, _ scan: ItemScan, pool: ThreadPool) -> RankingScores {
        let lists = scan.largest(RankingScores.cutoff, queries: queries, excluded: excluded, pool: pool)
        return RankingScores(
            users: zip(relevant, lists).map { wanted, list in
                RankingScores.judge(
                    list.lazy.map(\.index), isRelevant: wanted.contains, relevantCount: wanted.count)
            })
    }
}
