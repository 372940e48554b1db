import CollaborativeFiltering
import FloatKernels

/// A system's lists in one fold.
struct JudgedSystem {
    let name: String
    /// Ratings that every held-out item had, for `warm-up`, or every held-out user, for `new-users`.
    var ratings: Int?
    let scores: RankingScores
    /// For every held-out item, how many lists show it; empty where nobody asks.
    var shown: [Int] = []
}

/// What the systems of one task reach, fold after fold.
struct TaskTally {
    let task: Evaluation.Task
    /// The system that differences are taken to.
    let reference: String
    private var systems: [(name: String, ratings: Int?, folds: [RankingScores], shown: [Int])] = []

    init(_ task: Evaluation.Task, warmReference: String) {
        self.task = task
        reference =
            switch task {
            case .cold, .mixed, .warmUp: "coldstart"
            case .warm, .nextItem: warmReference
            case .newUsers: "profile and ratings"
            case .content: ContentAblation.everything
            }
    }

    mutating func add(_ judged: [JudgedSystem]) {
        for system in judged {
            var place = systems.firstIndex { $0.name == system.name && $0.ratings == system.ratings }
            if place == nil {
                systems.append((system.name, system.ratings, [], []))
                place = systems.count - 1
            }
            guard let place else { continue }
            systems[place].folds.append(system.scores)
            systems[place].shown += system.shown
        }
    }

    /// The table. A system that could not be judged in every fold is left out, as its lists are not those of the others.
    func result(folds: Int, seed: UInt64) -> Evaluation.Result {
        let complete = systems.filter { $0.folds.count == folds }
        let bootstrap = Self.bootstrap(complete.map(\.folds), seed: seed)
        let means = complete.map { RankingScores(joining: $0.folds).mean }
        let table = complete.indices.map { place in
            let system = complete[place]
            let other = complete.firstIndex { $0.name == reference && $0.ratings == system.ratings }
            let difference = other.flatMap { other in
                other == place
                    ? nil
                    : Evaluation.Difference(
                        mean: means[place].ndcg20 - means[other].ndcg20,
                        interval: bootstrap.interval(of: place, minus: other))
            }
            return Evaluation.System(
                name: system.name, ratings: system.ratings,
                exposure: task == .mixed ? Exposure(counts: system.shown) : nil, score: means[place],
                interval: bootstrap.interval(of: place), foldNdcg20: system.folds.map(\.mean.ndcg20),
                difference: difference)
        }
        let isRanked = !task.collectsRatings && task != .content
        return Evaluation.Result(
            task: task, folds: folds, users: table.first?.score.users ?? 0, reference: reference,
            systems: isRanked ? table.sorted { $0.score.ndcg20 > $1.score.ndcg20 } : table)
    }

    private static func bootstrap(_ systems: [[RankingScores]], seed: UInt64) -> Bootstrap {
        let lists = (systems.first ?? []).map { fold in fold.users.map { $0 == nil ? 0.0 : 1.0 } }
        let users = (lists.first ?? []).indices.filter { user in lists.contains { $0[user] > 0 } }
        var generator = RandomGenerator(seed: seed, stream: 520)
        return Bootstrap(
            sums: systems.map { folds in
                users.map { user in folds.reduce(0) { $0 + ($1.users[user]?.ndcg ?? 0) } }
            },
            counts: users.map { user in lists.reduce(0) { $0 + $1[user] } }, using: &generator)
    }
}
