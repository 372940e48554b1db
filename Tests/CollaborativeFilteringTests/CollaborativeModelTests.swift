import CollaborativeFiltering
import Diagnostics
import FloatKernels
import Testing

/// What holds for every model: each test runs once for each registered name.
@Suite struct CollaborativeModelTests {
    private let pool = ThreadPool(threads: 2)

    @Test(arguments: CollaborativeModels.names)
    func aHeldOutCellOfTheCheckerboardBeatsTheOtherParity(name: String) throws {
        let size = 40
        let space = try CollaborativeModels.named(name).small(dimensions: 4)
            .fit(Worlds.checkerboard(size), seed: 1, pool: pool, monitor: .silent)
        for user in 0..<size {
            let scores = space.scores(ofUser: user)
            let others = (0..<size).filter { $0 % 2 != user % 2 }.map { scores[$0] }
            #expect(scores[user] > others.max() ?? .infinity)
        }
    }

    @Test(arguments: CollaborativeModels.names)
    func aPlantedModelIsRecovered(name: String) throws {
        let world = try Worlds.circle(users: 300, items: 90, seed: 5)
        let space = try CollaborativeModels.named(name).small(dimensions: 8)
            .fit(world.train, seed: 1, pool: pool, monitor: .silent)
        var found = 0
        for user in 0..<300 {
            let top = ranking(space.scores(ofUser: user), without: world.train.history(ofUser: user))
            found += world.heldOut[user].intersection(top.prefix(world.heldOut[user].count)).count
        }
        let total = world.heldOut.reduce(0) { $0 + $1.count }
        // A random order finds one in eleven, the order of popularity hardly more.
        #expect(Double(found) / Double(total) > 0.8)
    }

    @Test(arguments: CollaborativeModels.names, [1, 3])
    func theSameSeedAndThreadsGiveTheSameBits(name: String, threads: Int) throws {
        let world = try Worlds.circle(users: 120, items: 50, seed: 7).train
        let model = try CollaborativeModels.named(name).small(dimensions: 12, epochs: 5)
        let pool = ThreadPool(threads: threads)
        let first = try model.fit(world, seed: 3, pool: pool, monitor: .silent)
        let second = try model.fit(world, seed: 3, pool: pool, monitor: .silent)
        let other = try model.fit(world, seed: 4, pool: pool, monitor: .silent)
        #expect(first.items == second.items)
        #expect(first.users == second.users)
        #expect(first.items != other.items)
    }

    @Test(arguments: CollaborativeModels.names)
    func usersAreInTheCanonicalGauge(name: String) throws {
        let world = try Worlds.circle(users: 300, items: 90, seed: 9).train
        let space = try CollaborativeModels.named(name).small(dimensions: 8)
            .fit(world, seed: 1, pool: pool, monitor: .silent)
        expectWhite(space.users)
        var means = [Float](repeating: 0, count: 90)
        for user in 0..<300 {
            for (item, score) in space.scores(ofUser: user).enumerated() { means[item] += score / 300 }
        }
        for item in 0..<90 { #expect(abs(means[item] - space.items.biases[item]) < 1e-4) }
    }

    @Test(arguments: CollaborativeModels.names)
    func aUserWhoCameLaterRanksLikeATrainedOne(name: String) throws {
        let world = try Worlds.circle(users: 300, items: 90, seed: 5)
        let space = try CollaborativeModels.named(name).small(dimensions: 8)
            .fit(world.train, seed: 1, pool: pool, monitor: .silent)
        let encoder = try #require(space.encoder)
        var agreement: Float = 0
        for user in 0..<300 {
            let history = world.train.history(ofUser: user)
            let vector = encoder.vector(
                of: .init(history: history.reversed()), items: space.items, prior: nil)
            agreement += correlation(space.items.scores(userVector: vector), space.scores(ofUser: user)) / 300
        }
        #expect(agreement > 0.95)
    }

    @Test(arguments: CollaborativeModels.names)
    func aUserWithoutHistoryGetsFiniteScores(name: String) throws {
        let space = try CollaborativeModels.named(name).small(dimensions: 8)
            .fit(Worlds.circle(users: 60, items: 40, seed: 2).train, seed: 1, pool: pool, monitor: .silent)
        let vector = try #require(space.encoder).vector(of: .init(), items: space.items, prior: nil)
        #expect(space.items.scores(userVector: vector).allSatisfy { $0.isFinite })
    }

    @Test(arguments: CollaborativeModels.names, [(1, 1), (1, 9), (9, 1), (2, 2), (5, 3)])
    func tinyDataGiveFiniteNumbers(name: String, size: (users: Int, items: Int)) throws {
        let rows = (0..<size.users * size.items).map {
            Interaction(user: $0 % size.users, item: $0 / size.users, rating: Float($0 % 2))
        }
        let matrix = try InteractionMatrix(userCount: size.users + 1, itemCount: size.items + 1, rows: rows)
        let space = try CollaborativeModels.named(name)
            .fit(matrix, seed: 1, pool: ThreadPool(threads: 3), monitor: .silent)
        for user in 0...size.users { #expect(space.scores(ofUser: user).allSatisfy { $0.isFinite }) }
        let vector = space.vector(of: .init(history: matrix.history(ofUser: 0)))
        #expect(vector.allSatisfy { $0.isFinite })
    }

    @Test(arguments: CollaborativeModels.names)
    func emptyDataAreRefused(name: String) throws {
        let model = try CollaborativeModels.named(name)
        let matrix = try InteractionMatrix(userCount: 3, itemCount: 3, rows: [])
        let error = #expect(throws: Diagnostic.self) {
            try model.fit(matrix, seed: 1, pool: pool, monitor: .silent)
        }
        #expect(error?.kind == .badData)
        #expect(error?.fix.contains("import ratings") == true)
    }

    @Test(arguments: CollaborativeModels.names)
    func dataWithoutAnyLikeAreRefused(name: String) throws {
        let model = try CollaborativeModels.named(name)
        let matrix = try InteractionMatrix(
            userCount: 1, itemCount: 1, positiveThreshold: 4, rows: [Interaction(user: 0, item: 0, rating: 2)]
        )
        let error = #expect(throws: Diagnostic.self) {
            try model.fit(matrix, seed: 1, pool: pool, monitor: .silent)
        }
        #expect(error?.code == "ratings.none-positive")
        #expect(error?.fix.contains("threshold") == true)
    }

    @Test(arguments: CollaborativeModels.names, [(0, 5), (5, 0), (-1, 5)])
    func settingsThatLearnNothingAreRefused(name: String, settings: (dimensions: Int, epochs: Int)) throws {
        let model = try CollaborativeModels.named(name)
            .small(dimensions: settings.dimensions, epochs: settings.epochs)
        let error = #expect(throws: Diagnostic.self) {
            try model.fit(Worlds.checkerboard(4), seed: 1, pool: pool, monitor: .silent)
        }
        #expect(error?.kind == .usage)
    }

    @Test(arguments: CollaborativeModels.names)
    func aRequestToStopStopsAtOnce(name: String) throws {
        let model = try CollaborativeModels.named(name).small(dimensions: 4, epochs: 1_000_000)
        let counter = Counter()
        let monitor = WorkMonitor(
            onUpdate: { _ in counter.increment() }, shouldStop: { counter.value >= 2 })
        #expect(throws: Diagnostic.interrupted) {
            try model.fit(Worlds.checkerboard(10), seed: 1, pool: pool, monitor: monitor)
        }
        #expect(counter.value == 2)
    }

    @Test(arguments: CollaborativeModels.names)
    func progressCountsEveryEpoch(name: String) throws {
        let counter = Counter()
        let monitor = WorkMonitor(onUpdate: { update in
            counter.increment()
            #expect(update.completed == counter.value && update.total == 6 && !update.note.isEmpty)
        })
        _ = try CollaborativeModels.named(name).small(dimensions: 4, epochs: 6)
            .fit(Worlds.checkerboard(10), seed: 1, pool: pool, monitor: monitor)
        #expect(counter.value == 6)
    }

    @Test func anUnknownNameListsTheNamesThereAre() {
        let error = #expect(throws: Diagnostic.self) { try CollaborativeModels.named("svd++") }
        #expect(error?.kind == .usage)
        for name in CollaborativeModels.names { #expect(error?.fix.contains(name) == true) }
    }

    @Test func namesAreDifferent() {
        #expect(Set(CollaborativeModels.names).count == CollaborativeModels.names.count)
    }
}
