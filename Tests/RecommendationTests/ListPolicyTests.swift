import CollaborativeFiltering
import Diagnostics
import FloatKernels
import Recommendation
import Testing

@Suite("Policies of lists") struct ListPolicyTests {
    private static let d = 5
    private let pool = ThreadPool(threads: 1)

    private func random(_ rows: Int, seed: UInt64) -> Matrix {
        var generator = RandomGenerator(seed: seed)
        return Matrix(
            rows: rows, columns: Self.d, elements: (0..<rows * Self.d).map { _ in generator.normal() })
    }

    private func candidates(
        _ items: ItemTable, variances: [Float]? = nil, _ policy: ListPolicy
    ) -> CandidateTable {
        let variances = variances ?? [Float](repeating: 0, count: items.count)
        return CandidateTable(
            items, variances: variances, isNew: variances.map { $0 > 0 }, policy: policy)
    }

    private func lists(_ table: CandidateTable, _ count: Int, _ users: Matrix) -> [[ProductScan.Entry]] {
        table.lists(
            count, queries: users, excluded: [[Int32]](repeating: [], count: users.rows), pool: pool)
    }

    @Test func valuesOutOfRangeAreRefusedWithTheRange() throws {
        func refusal(_ make: () throws -> ListPolicy) -> Diagnostic? {
            do {
                _ = try make()
                return nil
            } catch { return error as? Diagnostic }
        }
        let refused = [
            (refusal { try ListPolicy(exploration: -0.1) }, "explore", "from 0 to 100"),
            (refusal { try ListPolicy(exploration: .infinity) }, "explore", "from 0 to 100"),
            (refusal { try ListPolicy(diversity: 1.5) }, "diversity", "from 0 to 1"),
            (refusal { try ListPolicy(diversity: .nan) }, "diversity", "from 0 to 1"),
            (
                refusal { try ListPolicy(popularityCorrection: -1) }, "popularity_correction",
                "from 0 to 1"
            ),
            (refusal { try ListPolicy(impressions: -1) }, "impressions", "from 0"),
        ]
        for (diagnostic, code, range) in refused {
            #expect(diagnostic?.kind == .usage && diagnostic?.code == "recommend.\(code)")
            #expect(diagnostic?.message.contains(range) == true)
        }
        #expect(try ListPolicy() == .plain)
        #expect(refusal { try ListPolicy(exploration: 100, diversity: 1, popularityCorrection: 1) } == nil)
    }

    @Test func explorationLiftsTheUncertainAndKeepsTheScores() throws {
        let items = ItemTable(vectors: random(40, seed: 1), biases: (0..<40).map { Float($0) / 40 })
        let variances = (0..<40).map { $0.isMultiple(of: 4) ? 0.2 + Float($0) / 100 : 0 }
        let users = random(9, seed: 2)
        let explored = candidates(items, variances: variances, try ListPolicy(exploration: 0.75))
        for (user, list) in lists(explored, 40, users).enumerated() {
            let scores = items.scores(userVector: users.row(user))
            let values = scores.indices.map { scores[$0] + 0.75 * variances[$0].squareRoot() }
            #expect(list.count == 40)
            for (entry, next) in zip(list, list.dropFirst()) { #expect(entry.score >= next.score) }
            for entry in list {
                #expect(abs(entry.score - values[entry.index]) < 1e-4)
                #expect(abs(explored.score(entry) - scores[entry.index]) < 1e-4)
            }
        }
        // Of items that are worth the same, the one of which least is known.
        let same = ItemTable(vectors: Matrix(rows: 3, columns: Self.d), biases: [1, 1, 1])
        let order = lists(
            candidates(same, variances: [0, 0.1, 0.4], try ListPolicy(exploration: 0.1)), 3, users)
        for list in order { #expect(list.map(\.index) == [2, 1, 0]) }
    }

    @Test func aFullCorrectionLeavesNothingOfTheBias() throws {
        let vectors = random(60, seed: 3), users = random(7, seed: 4)
        let popular = ItemTable(vectors: vectors, biases: (0..<60).map { Float($0 % 7) })
        let alike = ItemTable(vectors: vectors, biases: [Float](repeating: 0, count: 60))
        let corrected = candidates(popular, try ListPolicy(popularityCorrection: 1))
        let plain = lists(candidates(alike, .plain), 20, users)
        for (user, list) in lists(corrected, 20, users).enumerated() {
            #expect(list.map(\.index) == plain[user].map(\.index))
            let scores = popular.scores(userVector: users.row(user))
            for entry in list { #expect(abs(corrected.score(entry) - scores[entry.index]) < 1e-4) }
        }
    }

    @Test func withoutWeightNothingChanges() throws {
        let items = ItemTable(vectors: random(300, seed: 5), biases: random(60, seed: 6).elements)
        let users = random(5, seed: 7)
        let plain = lists(candidates(items, .plain), 30, users)
        let scan = ProductScan(vectors: items.vectors, biases: items.biases).largest(30, queries: users)
        let relevance = MarginalRelevance(weight: 0, vectors: items.vectors)
        let deep = lists(candidates(items, .plain), 200, users)
        for user in 0..<5 {
            #expect(plain[user].map(\.index) == scan[user].map(\.index))
            #expect(plain[user].map(\.score) == scan[user].map(\.score))
            #expect(relevance.list(30, of: deep[user]).map(\.index) == scan[user].map(\.index))
        }
    }

    @Test func fullDiversityAvoidsTwins() throws {
        // Items 2 i and 2 i + 1 point the same way.
        let axes = (0..<Self.d).flatMap { axis in
            (0..<2).flatMap { twin in
                (0..<Self.d).map { $0 == axis ? 1 + Float(twin) : 0 }
            }
        }
        let items = ItemTable(
            vectors: Matrix(rows: 2 * Self.d, columns: Self.d, elements: axes),
            biases: [Float](repeating: 0, count: 2 * Self.d))
        let users = Matrix(rows: 1, columns: Self.d, elements: [5, 4, 3, 2, 1])
        let plain = lists(candidates(items, .plain), Self.d, users)[0].map { $0.index / 2 }
        let diverse = lists(candidates(items, try ListPolicy(diversity: 1)), Self.d, users)[0]
        #expect(Set(plain).count < Self.d)
        #expect(Set(diverse.map { $0.index / 2 }).count == Self.d)
        #expect(diverse[0].index == 1)
    }

    /// Carbonell and Goldstein's definition, looked up anew at each place.
    @Test(arguments: [Float(0.1), 0.4, 0.9])
    func relevanceIsMarginalAsDefined(weight: Float) {
        let vectors = random(120, seed: 8)
        let items = ItemTable(vectors: vectors, biases: [Float](repeating: 0, count: 120))
        let scores = lists(candidates(items, .plain), 120, random(1, seed: 9))[0]
        func cosine(_ a: Int, _ b: Int) -> Double {
            func product(_ a: Int, _ b: Int) -> Double {
                zip(vectors.row(a), vectors.row(b)).reduce(0) { $0 + Double($1.0) * Double($1.1) }
            }
            return product(a, b) / (product(a, a) * product(b, b)).squareRoot()
        }
        var rest = scores, expected = [rest.removeFirst().index]
        let (high, low) = (Double(scores[0].score), Double(scores[119].score))
        while expected.count < 15 {
            let gains = rest.map { entry in
                (1 - Double(weight)) * (Double(entry.score) - low) / (high - low)
                    - Double(weight) * (expected.map { cosine($0, entry.index) }.max() ?? 0)
            }
            let best = gains.indices.reduce(0) { gains[$1] > gains[$0] ? $1 : $0 }
            expected.append(rest.remove(at: best).index)
        }
        let found = MarginalRelevance(weight: weight, vectors: vectors).list(15, of: scores)
        #expect(found.map(\.index) == expected)
    }
}
