import Catalogue
import CollaborativeFiltering
import Diagnostics
import FloatKernels

/// How new items collect ratings under some policies of lists, round by round.
public struct ExplorationReport: Sendable, Codable {
    /// One policy after one round, over all folds.
    public struct Line: Sendable, Codable {
        /// The option that asks for it.
        public let policy: String
        /// From one.
        public let round: Int
        /// Likes that lists have found so far.
        public let likes: Int
        /// Those among them of new items.
        public let newLikes: Int
        /// Share of new items with five ratings or more, of those of which so many may be revealed.
        public let started: Double
        /// How well new items are then ranked among themselves, by likes that are never revealed.
        public let score: RankingScore
    }

    /// How many parts were held out in turn.
    public let folds: Int
    /// Items of a list.
    public let length: Int
    /// New items, over all folds.
    public let newItems: Int
    /// Likes that can be found, of all items and of new ones.
    public let findable: Int, newFindable: Int
    /// By policy, then by round.
    public let lines: [Line]
}

extension Evaluation {
    private static let rounds = 10
    private static let explorationLength = 10
    /// Ratings with which an item counts as started.
    private static let startedFrom = 5

    private static func explorationPolicies() throws -> [(name: String, policy: ListPolicy)] {
        try [Float(0), 0.5, 1, 2].map { ("--explore \($0)", try ListPolicy(exploration: $0)) }
            + [("--impressions 10", try ListPolicy(impressions: 10))]
    }

    /// Simulates exploration on ratings held out of the workspace's own: half of every new item's may be revealed, and those
    /// withheld of known items; the other half of the new items' judges where these then stand.
    ///
    /// - Parameter onInterrupt: gets what the folds say that were done, if there are some, before the interruption is thrown.
    public func explore(
        folds: Int, seed: UInt64, onInterrupt: (ExplorationReport) -> Void = { _ in }
    ) throws -> ExplorationReport {
        let catalogue = try RatedCatalogue(workspace.catalogue, monitor: monitor)
        let policies = try Self.explorationPolicies()
        var total = ExplorationTotal(policies: policies.count, rounds: Self.rounds)
        try forEachListFold(
            catalogue, folds: folds, seed: seed,
            onInterrupt: { onInterrupt(report(total, policies.map(\.name), folds: $0)) }
        ) { fold, monitor in
            // Taken over when all policies have been played in the fold.
            var next = total
            var generator = RandomGenerator(seed: seed, stream: 511)
            let items = fold.exam.heldOutItems
            let exam = WarmUpExam(
                catalogue.interactions, items: items, mostRevealed: .max, using: &generator)
            var answers = [[Int: Float]](repeating: [:], count: fold.users.rows)
            for row in fold.withheld { answers[row.user][row.item] = row.rating }
            for (item, raters) in zip(items, exam.revealed) {
                for rater in raters { answers[rater.user][item] = rater.rating }
            }
            let liked = catalogue.interactions.isPositive
            next.newItems += items.count
            next.newFindable += exam.revealed.joined().count { liked($0.rating) }
            next.findable += answers.reduce(0) { $0 + $1.values.count(where: liked) }
            let simulation = ExplorationSimulation(
                items: fold.items, users: fold.users, queries: fold.queries, layers: fold.layers,
                newItems: items, content: fold.content,
                foldIn: fold.foldIn, seen: fold.seen, answers: answers)
            let able = items.indices.filter { exam.revealed[$0].count >= Self.startedFrom }
            for (index, entry) in policies.enumerated() {
                try monitor.report("Exploring", index, of: policies.count, "policies", note: entry.name)
                let rounds = simulation.play(
                    entry.policy, rounds: Self.rounds, length: Self.explorationLength, pool: pool)
                for (number, round) in rounds.enumerated() {
                    next.tallies[index][number].likes += round.likes
                    next.tallies[index][number].newLikes += round.newLikes
                    next.tallies[index][number].started += able.count {
                        round.ratings[$0] >= Self.startedFrom
                    }
                    next.tallies[index][number].able += able.count
                    next.tallies[index][number].scores +=
                        exam.score(round.placements, users: fold.users, pool: pool).users
                }
            }
            total = next
        }
        return report(total, policies.map(\.name), folds: folds)
    }

    private func report(_ total: ExplorationTotal, _ names: [String], folds: Int) -> ExplorationReport {
        ExplorationReport(
            folds: folds, length: Self.explorationLength, newItems: total.newItems, findable: total.findable,
            newFindable: total.newFindable,
            lines: zip(names, total.tallies).flatMap { name, rounds in
                rounds.enumerated().map { $1.line(name, round: $0 + 1) }
            })
    }
}

/// What has been counted, while folds are added.
private struct ExplorationTotal {
    /// By policy, then by round.
    var tallies: [[ExplorationTally]]
    var (newItems, findable, newFindable) = (0, 0, 0)

    init(policies: Int, rounds: Int) {
        tallies = .init(repeating: .init(repeating: ExplorationTally(), count: rounds), count: policies)
    }
}

/// One policy after one round, while folds are added.
private struct ExplorationTally {
    var (likes, newLikes, started, able) = (0, 0, 0, 0)
    var scores: [(ndcg: Double, recall: Double)?] = []

    func line(_ policy: String, round: Int) -> ExplorationReport.Line {
        ExplorationReport.Line(
            policy: policy, round: round, likes: likes, newLikes: newLikes,
            started: Double(started) / Double(max(able, 1)), score: RankingScores(users: scores).mean)
    }
}
