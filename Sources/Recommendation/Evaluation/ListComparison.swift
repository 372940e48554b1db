import Catalogue
import CollaborativeFiltering
import Diagnostics
import FloatKernels

/// What policies of lists gain and cost, side by side.
public struct ListComparison: Sendable, Codable {
    /// One policy's figures, over all folds.
    public struct Line: Sendable, Codable {
        /// The option that asks for it.
        public let policy: String
        /// How well lists find held-out likes, of new items and of known ones.
        public let score: RankingScore
        /// The same where only those of new items are asked for.
        public let newItemScore: RankingScore
        /// How many lists show new items, and how evenly.
        public let exposure: Exposure
        /// Mean cosine of two items of a list.
        public let similarity: Double
        /// Mean rank by number of ratings, 1 the most rated, of the known items on lists.
        public let popularityRank: Double
    }

    /// How many parts were held out in turn.
    public let folds: Int
    /// Items of a list.
    public let length: Int
    /// Lists made for every policy, over all folds.
    public let lists: Int
    /// The plain lists first.
    public let lines: [Line]
}

extension Evaluation {
    /// Items of a list: as many as NDCG@20 looks at.
    private static let listLength = RankingScores.cutoff
    /// The policies compared, and the options that ask for them.
    private static func policies() throws -> [(name: String, policy: ListPolicy)] {
        let diversities = try [Float(0.1), 0.3, 0.5].map {
            ("--diversity \($0)", try ListPolicy(diversity: $0))
        }
        let corrections = try [Float(0.25), 0.5, 1].map {
            ("--popularity-correction \($0)", try ListPolicy(popularityCorrection: $0))
        }
        let explorations = try [Float(0.5), 1, 2].map {
            ("--explore \($0)", try ListPolicy(exploration: $0))
        }
        return [("plain", .plain)] + diversities + corrections + explorations
            + [("--impressions 20", try ListPolicy(impressions: 20))]
    }

    /// Makes the lists of every policy for every fold and judges them.
    ///
    /// - Parameter onInterrupt: gets what the folds say that were done, if there are some, before the interruption is thrown.
    public func compareLists(
        folds: Int, seed: UInt64, onInterrupt: (ListComparison) -> Void = { _ in }
    ) throws -> ListComparison {
        let catalogue = try RatedCatalogue(workspace.catalogue, monitor: monitor)
        let policies = try Self.policies()
        var tallies = policies.map { _ in ListTally() }
        func comparison(_ folds: Int) -> ListComparison {
            ListComparison(
                folds: folds, length: Self.listLength, lists: folds * catalogue.users.count,
                lines: zip(policies, tallies).map { $1.line($0.name) })
        }
        try forEachListFold(
            catalogue, folds: folds, seed: seed, onInterrupt: { onInterrupt(comparison($0)) }
        ) { fold, monitor in
            // Taken over when all policies have been judged in the fold.
            var next = tallies
            for (index, entry) in policies.enumerated() {
                try monitor.report("Making lists", index, of: policies.count, "policies", note: entry.name)
                next[index].add(lists(entry.policy, fold), fold)
            }
            tallies = next
        }
        return comparison(folds)
    }

    private func lists(_ policy: ListPolicy, _ fold: ListFold) -> [[ProductScan.Entry]] {
        let (candidates, seen) = (fold.candidates(policy), fold.seen)
        var lists = candidates.lists(Self.listLength, queries: fold.queries, excluded: seen, pool: pool)
        if policy.impressions > 0 {
            _ = ImpressionPlan(
                candidates, length: Self.listLength, lists: &lists, queries: fold.queries, excluded: seen,
                pool: pool)
        }
        return lists
    }
}

/// Collects the lists of one policy.
private struct ListTally {
    private var scores: [(ndcg: Double, recall: Double)?] = []
    private var newItemScores: [(ndcg: Double, recall: Double)?] = []
    private var shown: [Int] = []
    private var similarity = (sum: 0.0, lists: 0.0)
    private var popularity = (sum: 0.0, items: 0.0)

    mutating func add(_ lists: [[ProductScan.Entry]], _ fold: ListFold) {
        let directions = fold.items.vectors.normalisingRows()
        let counts = fold.exam.ratingCounts
        var rank = [Int](repeating: 0, count: counts.count)
        let ordered = fold.exam.knownItems.sorted { (counts[$1], $0) < (counts[$0], $1) }
        for (place, item) in ordered.enumerated() { rank[item] = place + 1 }
        var appearances = [Int](repeating: 0, count: counts.count)
        for (user, list) in lists.enumerated() {
            let items = list.map(\.index)
            let liked = Set(fold.exam.liked[user])
            let new = liked.filter { fold.isNew[$0] }
            scores.append(
                RankingScores.judge(items, isRelevant: liked.contains, relevantCount: liked.count))
            newItemScores.append(
                RankingScores.judge(items, isRelevant: new.contains, relevantCount: new.count))
            for item in items {
                appearances[item] += 1
                if !fold.isNew[item] {
                    popularity.sum += Double(rank[item])
                    popularity.items += 1
                }
            }
            if items.count > 1 {
                similarity.sum += Self.meanCosine(items, directions)
                similarity.lists += 1
            }
        }
        shown += fold.exam.heldOutItems.map { appearances[$0] }
    }

    func line(_ name: String) -> ListComparison.Line {
        ListComparison.Line(
            policy: name, score: RankingScores(users: scores).mean,
            newItemScore: RankingScores(users: newItemScores).mean, exposure: Exposure(counts: shown),
            similarity: similarity.sum / max(similarity.lists, 1),
            popularityRank: popularity.sum / max(popularity.items, 1))
    }

    /// Over pairs of the n unit vectors: (‖Σ‖² − n) / (n (n − 1)).
    private static func meanCosine(_ items: [Int], _ directions: Matrix) -> Double {
        let width = directions.columns
        var total = [Double](repeating: 0, count: width)
        for item in items {
            for i in 0..<width { total[i] += Double(directions.elements[item * width + i]) }
        }
        let count = Double(items.count)
        return (total.reduce(0) { $0 + $1 * $1 } - count) / (count * (count - 1))
    }
}
