import CollaborativeFiltering
import FloatKernels
import Recommendation
import Testing

@Suite("Exploration, simulated") struct ExplorationSimulationTests {
    private static let d = 2, users = 60, known = 30, new = 10, length = 5
    private let pool = ThreadPool(threads: 1)

    /// Everybody likes the new items of even number and nobody the others, of which content knows nothing: it puts all of
    /// them below every known item. Known items have no more likes to give.
    private func world() -> ExplorationSimulation {
        var generator = RandomGenerator(seed: 21)
        let users = Matrix(
            rows: Self.users, columns: Self.d,
            elements: (0..<Self.users * Self.d).map { _ in generator.normal() })
        let count = Self.known + Self.new
        let items = ItemTable(
            vectors: Matrix(rows: count, columns: Self.d),
            biases: (0..<count).map { 0.5 + 0.001 * Float($0) })
        let newItems = Array(Self.known..<count)
        return ExplorationSimulation(
            items: items, users: users, newItems: newItems,
            content: newItems.map { _ in .init(vector: [0, 0], bias: 0, variance: 0.3) }, foldIn: foldIn,
            seen: [[Int32]](repeating: [], count: Self.users),
            answers: (0..<Self.users).map { _ in
                Dictionary(uniqueKeysWithValues: newItems.map { ($0, $0.isMultiple(of: 2) ? 5 : 1) })
            })
    }

    private var foldIn: ItemFoldIn {
        var precision = Matrix(rows: Self.d + 1, columns: Self.d + 1)
        for i in 0...Self.d { precision[i, i] = 10 }
        let zero = Matrix(rows: 1, columns: Self.d + 1)
        let levels = [[Float]](repeating: [0.8, 0], count: Self.users).flatMap(\.self)
        return ItemFoldIn(
            priorPrecision: precision, priorVariance: 0.3, spread: 1,
            likelihood: FoldInLikelihood(likedFrom: 4, likedScale: 1, precision: 5, attraction: 0),
            levels: PlaceLevels(counts: [0], estimated: zero, actual: zero, gains: [1]),
            users: UserLevels(
                levels: Matrix(rows: Self.users, columns: 2, elements: levels), overall: [0.8, 0]))
    }

    private func play(_ exploration: Float, rounds: Int, threads: Int = 1) throws -> [ExplorationSimulation
        .Round]
    {
        world().play(
            try ListPolicy(exploration: exploration), rounds: rounds, length: Self.length,
            pool: ThreadPool(threads: threads))
    }

    @Test func onlyWhoExploresFindsWhatContentDoesNotKnow() throws {
        let (shy, bold) = (try play(0, rounds: 4), try play(2, rounds: 4))
        #expect(shy.allSatisfy { $0.likes == 0 && $0.ratings.allSatisfy { $0 == 0 } })
        for (earlier, later) in zip(bold, bold.dropFirst()) { #expect(later.newLikes >= earlier.newLikes) }
        // All that there is to find, and each but once.
        #expect(bold[3].newLikes == Self.users * Self.new / 2)
        #expect(bold[3].ratings.allSatisfy { $0 <= Self.users })
        // What they like stands above what they do not.
        let biases = (0..<Self.new).map { bold[3].placements[$0, Self.d] }
        for item in stride(from: 0, to: Self.new, by: 2) {
            for other in stride(from: 1, to: Self.new, by: 2) { #expect(biases[item] > biases[other] + 0.3) }
        }
    }

    @Test func aMinimumOfImpressionsFindsThemToo() throws {
        let rounds = world().play(
            try ListPolicy(impressions: 5), rounds: 1, length: Self.length, pool: pool)
        #expect(rounds[0].ratings.allSatisfy { $0 == 5 })
        #expect(rounds[0].newLikes == 5 * Self.new / 2)
    }

    @Test func theSameForAnyNumberOfThreads() throws {
        #expect(try play(0.7, rounds: 3) == play(0.7, rounds: 3, threads: 3))
    }
}
