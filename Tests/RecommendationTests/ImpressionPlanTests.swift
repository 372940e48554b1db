import CollaborativeFiltering
import FloatKernels
import Recommendation
import Testing

@Suite("A minimum of impressions") struct ImpressionPlanTests {
    private static let users = 50, items = 80, d = 4, length = 10

    /// Lists of a world whose new items, from `firstNew` on, nobody would be shown, before and after.
    private struct World {
        let table: CandidateTable
        let users: Matrix
        let seen: [[Int32]]
        let before: [[ProductScan.Entry]]

        init(_ policy: ListPolicy, firstNew: Int = 60, newBias: Float = -30) {
            var generator = RandomGenerator(seed: 11)
            func normal(_ rows: Int) -> Matrix {
                Matrix(rows: rows, columns: d, elements: (0..<rows * d).map { _ in generator.normal() })
            }
            let items = ItemTable(
                vectors: normal(ImpressionPlanTests.items),
                biases: (0..<ImpressionPlanTests.items).map { $0 < firstNew ? 0 : newBias })
            let isNew = (0..<ImpressionPlanTests.items).map { $0 >= firstNew }
            table = CandidateTable(
                items, variances: isNew.map { $0 ? 0.3 : 0 }, isNew: isNew, policy: policy)
            users = normal(ImpressionPlanTests.users)
            seen = (0..<ImpressionPlanTests.users).map { _ in
                (0..<Int32(ImpressionPlanTests.items)).filter { _ in generator.index(below: 4) == 0 }
            }
            before = table.lists(length, queries: users, excluded: seen, pool: ThreadPool(threads: 1))
        }

        func plan(threads: Int = 1) -> (plan: ImpressionPlan, lists: [[ProductScan.Entry]]) {
            var lists = before
            let plan = ImpressionPlan(
                table, length: length, lists: &lists, queries: users, excluded: seen,
                pool: ThreadPool(threads: threads))
            return (plan, lists)
        }

        /// What must hold whatever is asked for.
        func expectSound(_ plan: ImpressionPlan, _ lists: [[ProductScan.Entry]]) {
            for (user, list) in lists.enumerated() {
                let items = list.map(\.index)
                #expect(Set(items).count == length && items.count == length)
                #expect(Set(items).isDisjoint(with: seen[user].map(Int.init)))
                // One place in five.
                #expect(Set(items).subtracting(before[user].map(\.index)).count <= 2)
                for (entry, next) in zip(list, list.dropFirst()) { #expect(entry.score >= next.score) }
            }
            #expect(
                plan.counts
                    == table.isNew.indices.map { item in lists.count { $0.contains { $0.index == item } } })
        }
    }

    @Test(arguments: [1, 3, 4])
    func everyNewItemGetsItsMinimum(minimum: Int) throws {
        let world = World(try ListPolicy(impressions: minimum))
        let (plan, lists) = world.plan()
        world.expectSound(plan, lists)
        #expect(world.before.joined().allSatisfy { !world.table.isNew[$0.index] })
        for item in 60..<Self.items { #expect(plan.counts[item] == minimum) }
    }

    @Test func withTooLittleRoomAllGetTheSame() throws {
        // Room for 100 places, 20 items. Of the last places one may be left that nobody can be offered.
        let world = World(try ListPolicy(impressions: 40))
        let (plan, lists) = world.plan()
        world.expectSound(plan, lists)
        for item in 60..<Self.items { #expect((4...5).contains(plan.counts[item])) }
        #expect(plan.counts[60...].reduce(0, +) >= 98)
    }

    @Test func whereAllItemsAreNewThePopularGiveWay() throws {
        let world = World(try ListPolicy(impressions: 3), firstNew: 0, newBias: 0)
        let (plan, lists) = world.plan()
        world.expectSound(plan, lists)
        let before = (0..<Self.items).map { item in
            world.before.count { $0.contains { $0.index == item } }
        }
        #expect(before.contains { $0 < 3 })
        for item in 0..<Self.items { #expect(plan.counts[item] >= min(3, before[item])) }
        #expect(plan.counts.allSatisfy { $0 >= 3 })
    }

    @Test func aListThatLosesLeastGivesThePlace() throws {
        // Both users' last item is worth 1; the new one is worth −1 to the first user and 0.5 to the second.
        let items = ItemTable(
            vectors: Matrix(rows: 3, columns: 1, elements: [0, 0, 1]), biases: [2, 1, 0])
        let table = CandidateTable(
            items, variances: [0, 0, 1], isNew: [false, false, true], policy: try ListPolicy(impressions: 1))
        let users = Matrix(rows: 2, columns: 1, elements: [-1, 0.5])
        let pool = ThreadPool(threads: 1)
        var lists = table.lists(2, queries: users, excluded: [[], []], pool: pool)
        _ = ImpressionPlan(table, length: 2, lists: &lists, queries: users, excluded: [[], []], pool: pool)
        #expect(lists.map { $0.map(\.index) } == [[0, 1], [0, 2]])
        #expect(lists[1][1].score == 0.5)
    }

    @Test func theSameForAnyNumberOfThreads() throws {
        let world = World(try ListPolicy(exploration: 0.5, impressions: 4))
        let one = world.plan(), three = world.plan(threads: 3)
        #expect(one.lists.map { $0.map(\.index) } == three.lists.map { $0.map(\.index) })
        #expect(one.lists.map { $0.map(\.score) } == three.lists.map { $0.map(\.score) })
    }
}
