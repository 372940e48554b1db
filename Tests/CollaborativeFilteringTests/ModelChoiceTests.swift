import CollaborativeFiltering
import Diagnostics
import FloatKernels
import Testing

@Suite struct ModelChoiceTests {
    private let pool = ThreadPool(threads: 2)

    private func choice(_ models: [any CollaborativeModel], users: Int = 300) throws -> ModelChoice {
        let world = try Worlds.circle(users: users, items: 90, seed: 5).train
        return try ModelChoice(
            among: models, CollaborativeData(interactions: world), seed: 1, pool: pool, monitor: .silent)
    }

    @Test func theOneThatFindsHeldOutLikesIsTaken() throws {
        let choice = try choice([Indifferent(), ImplicitALS().small(dimensions: 8)])
        #expect(choice.model == "als")
        #expect(choice.trials.map(\.model) == ["indifferent", "als"])
        #expect(choice.trials[1].ndcg20 > 2 * choice.trials[0].ndcg20)
    }

    @Test func ofTwoAlikeTheFirstIsTaken() throws {
        let als = ImplicitALS().small(dimensions: 8)
        let choice = try choice([als, Copy(of: als)])
        #expect(choice.trials[0].ndcg20 == choice.trials[1].ndcg20)
        #expect(choice.model == "als")
    }

    @Test func aModelMayLookAtTheTimes() throws {
        let rows = (0..<120).flatMap { user in
            (0..<20).map { Interaction(user: user, item: $0, rating: 1, timestamp: Int64($0 + 1)) }
        }
        let data = CollaborativeData(
            interactions: try InteractionMatrix(userCount: 120, itemCount: 20, rows: rows))
        _ = try ModelChoice(
            among: [WantingTimes()], data, seed: 1, pool: pool, monitor: .silent)
    }

    @Test func withTooFewListsTheFirstIsTakenUntried() throws {
        let choice = try choice([Indifferent(), ImplicitALS()], users: 20)
        #expect(choice.model == "indifferent" && choice.trials.isEmpty)
    }
}

/// Every item is worth the same to everybody.
private struct Indifferent: CollaborativeModel {
    static let name = "indifferent"
    static let summary = ""
    var dimensions = 1
    var epochs = 1

    func fit(
        _ data: CollaborativeData, seed: UInt64, pool: ThreadPool, monitor: WorkMonitor
    ) throws -> CollaborativeSpace {
        let counts = (users: data.users.count, items: data.items.count)
        return CollaborativeSpace(
            items: ItemTable(
                vectors: Matrix(rows: counts.items, columns: 1),
                biases: [Float](repeating: 0, count: counts.items)),
            users: Matrix(rows: counts.users, columns: 1),
            userBiases: [Float](repeating: 0, count: counts.users), encoder: nil)
    }
}

/// Another model under its own name.
private struct Copy: CollaborativeModel {
    static let name = "copy"
    static let summary = ""
    var dimensions = 1
    var epochs = 1
    var model = ImplicitALS()

    init() {}
    init(of model: ImplicitALS) { self.model = model }

    func fit(
        _ data: CollaborativeData, seed: UInt64, pool: ThreadPool, monitor: WorkMonitor
    ) throws -> CollaborativeSpace {
        try model.fit(data, seed: seed, pool: pool, monitor: monitor)
    }
}

/// Fails where times are lost.
private struct WantingTimes: CollaborativeModel {
    static let name = "times"
    static let summary = ""
    var dimensions = 1
    var epochs = 1

    func fit(
        _ data: CollaborativeData, seed: UInt64, pool: ThreadPool, monitor: WorkMonitor
    ) throws -> CollaborativeSpace {
        #expect(data.interactions.history(ofUser: 3).allSatisfy { $0.timestamp == Int64($0.item + 1) })
        return try Indifferent().fit(data, seed: seed, pool: pool, monitor: monitor)
    }
}
