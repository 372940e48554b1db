import CollaborativeFiltering
import Diagnostics
import FloatKernels
import Testing

/// What holds for every model: each test runs once for each registered name.
@Suite struct CollaborativeModelTests {
    private let pool = ThreadPool(threads: 2)

    /// A model of eight dimensions, and a circle of 300 users and 90 items that it can learn.
    private func modelAndWorld(_ name: String, seed: UInt64) throws -> (
        any CollaborativeModel, (train: InteractionMatrix, heldOut: [Set<Int>])
    ) {
        let model = try CollaborativeModels.named(name).small(dimensions: 8)
        return (
            model, try Worlds.circle(users: 300, items: 90, seed: seed, dislikes: model.predictsRatings)
        )
    }

    @Test(arguments: CollaborativeModels.names)
    func aHeldOutCellOfTheCheckerboardBeatsTheOtherParity(name: String) throws {
        let size = 40
        let model = try CollaborativeModels.named(name).small(dimensions: 4)
        let space = try model.fit(
            Worlds.checkerboard(size, dislikes: model.predictsRatings), seed: 1, pool: pool, monitor: .silent)
        for user in 0..<size {
            let scores = space.scores(ofUser: user)
            let others = (0..<size).filter { $0 % 2 != user % 2 }.map { scores[$0] }
            #expect(scores[user] > others.max() ?? .infinity)
        }
    }

    @Test(arguments: CollaborativeModels.names)
    func aPlantedModelIsRecovered(name: String) throws {
        let (model, world) = try modelAndWorld(name, seed: 5)
        let space = try model.fit(world.train, seed: 1, pool: pool, monitor: .silent)
        var found = 0
        for user in 0..<300 {
            let top = ranking(space.scores(ofUser: user), without: world.train.history(ofUser: user))
            found += world.heldOut[user].intersection(top.prefix(world.heldOut[user].count)).count
        }
        let total = world.heldOut.reduce(0) { $0 + $1.count }
        // A random order finds one in eleven (of rating predictors, one in six), the order of popularity hardly more.
        #expect(Double(found) / Double(total) > 0.8)
    }

    @Test(arguments: CollaborativeModels.names, [1, 3])
    func theSameSeedAndThreadsGiveTheSameBits(name: String, threads: Int) throws {
        let model = try CollaborativeModels.named(name).small(dimensions: 12, epochs: 5)
        let world = try Worlds.circle(users: 120, items: 50, seed: 7, dislikes: model.predictsRatings).train
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
        let (model, (world, _)) = try modelAndWorld(name, seed: 9)
        let space = try model.fit(world, seed: 1, pool: pool, monitor: .silent)
        expectWhite(space.users)
        var means = [Float](repeating: 0, count: 90)
        for user in 0..<300 {
            for (item, score) in space.scores(ofUser: user).enumerated() { means[item] += score / 300 }
        }
        for item in 0..<90 { #expect(abs(means[item] - space.items.biases[item]) < 1e-4) }
    }

    @Test(arguments: CollaborativeModels.names)
    func aUserWhoCameLaterRanksLikeATrainedOne(name: String) throws {
        let (model, world) = try modelAndWorld(name, seed: 5)
        let space = try model.fit(world.train, seed: 1, pool: pool, monitor: .silent)
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

    /// What a model file keeps of an encoder is all that it knows.
    @Test(arguments: CollaborativeModels.names)
    func anEncoderReadBackEncodesTheSame(name: String) throws {
        let (model, (world, _)) = try modelAndWorld(name, seed: 5)
        let space = try model.fit(world, seed: 1, pool: pool, monitor: .silent)
        let encoder = try #require(space.encoder)
        let restored = try #require(UserEncoders.restore(encoder.tensors, dimensions: 8))
        #expect(restored.tensors == encoder.tensors)
        let prior = TastePrior(
            mean: (0..<8).map { 0.1 * Float($0) - 0.3 }, strength: .init(halfway: 20, precision: 0.6))
        for user in 0..<30 {
            let profile = UserProfile(history: Array(world.history(ofUser: user).prefix(user)))
            for prior in [nil, prior] {
                #expect(
                    restored.vector(of: profile, items: space.items, prior: prior)
                        == encoder.vector(of: profile, items: space.items, prior: prior))
            }
        }
        #expect(UserEncoders.restore(encoder.tensors, dimensions: 7) == nil)
    }

    /// An item that nobody rated in training is put between its neighbours, as content would: users who came later are
    /// encoded and find it where it stands, and may have rated it themselves.
    @Test(arguments: CollaborativeModels.names)
    func anItemPlacedAfterTrainingIsServedWithoutARefit(name: String) throws {
        let (model, (world, _)) = try modelAndWorld(name, seed: 5)
        let cold = 40
        let training = try InteractionMatrix(
            userCount: 300, itemCount: 90, positiveThreshold: 1,
            rows: (0..<300).flatMap { user in
                world.history(ofUser: user).filter { $0.item != cold }.map {
                    Interaction(user: user, item: $0.item, rating: $0.rating)
                }
            })
        let space = try model.fit(training, seed: 1, pool: pool, monitor: .silent)
        let encoder = try #require(space.encoder)
        var replaced = space.items
        for column in 0..<8 {
            replaced.vectors[cold, column] =
                (space.items.vectors[cold - 1, column] + space.items.vectors[cold + 1, column]) / 2
        }
        replaced.biases[cold] = (space.items.biases[cold - 1] + space.items.biases[cold + 1]) / 2
        // The same item once more, as a row that training did not have.
        let appended = ItemTable(
            vectors: Matrix(
                rows: 91, columns: 8, elements: replaced.vectors.elements + replaced.vectors.row(cold)),
            biases: replaced.biases + [replaced.biases[cold]])

        var (ranks, raters) = (0, 0)
        for user in 0..<300 {
            let all = world.history(ofUser: user)
            guard let own = all.first(where: { $0.item == cold }), own.rating > 0 else { continue }
            let history = training.history(ofUser: user)
            let vector = encoder.vector(of: .init(history: history), items: replaced, prior: nil)
            let scores = replaced.scores(userVector: vector)
            ranks += scores.count { $0 > scores[cold] }
            raters += 1
            // In an order of its own, which the number of the row does not change.
            let timed = all.enumerated().map { place, entry in
                HistoryEntry(item: entry.item, rating: entry.rating, timestamp: Int64(place + 1))
            }
            let asRow = encoder.vector(of: .init(history: timed), items: replaced, prior: nil)
            let moved = timed.map { entry in
                HistoryEntry(
                    item: entry.item == cold ? 90 : entry.item, rating: entry.rating,
                    timestamp: entry.timestamp)
            }
            let asAppended = encoder.vector(of: .init(history: moved), items: appended, prior: nil)
            for (a, b) in zip(asRow, asAppended) { #expect(abs(a - b) < 1e-3) }
        }
        // Who likes the item likes 29 others as much; by chance it would have rank 45.
        #expect(raters > 50 && ranks < 20 * raters, "\(ranks) of \(raters)")
    }

    @Test(arguments: CollaborativeModels.names)
    func ratingsThatAreNoNumbersAreRefused(name: String) throws {
        let model = try CollaborativeModels.named(name)
        let error = #expect(throws: Diagnostic.self) {
            let rows = [Float(1), .nan].enumerated().map {
                Interaction(user: $0, item: $0, rating: $1)
            }
            _ = try model.fit(
                InteractionMatrix(userCount: 2, itemCount: 2, rows: rows), seed: 1, pool: pool,
                monitor: .silent)
        }
        #expect(error?.kind == .badData && error?.code == "ratings.not-finite")
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
            #expect(update.completed == counter.value && update.total == 6 && update.unit == "epochs")
            #expect(update.note.isEmpty == (counter.value == 0))
            counter.increment()
        })
        _ = try CollaborativeModels.named(name).small(dimensions: 4, epochs: 6)
            .fit(Worlds.checkerboard(10), seed: 1, pool: pool, monitor: monitor)
        // The beginning, too: an epoch may take long.
        #expect(counter.value == 7)
    }

    @Test func anUnknownNameListsTheNamesThereAre() {
        let error = #expect(throws: Diagnostic.self) { try CollaborativeModels.named("svd++") }
        #expect(error?.kind == .usage)
        for name in CollaborativeModels.names { #expect(error?.fix.contains(name) == true) }
    }

    @Test func namesAreDifferent() {
        #expect(Set(CollaborativeModels.names).count == CollaborativeModels.names.count)
    }

    @Test(arguments: CollaborativeModels.names)
    func negativesAreChosenWhereAModelDrawsAny(name: String) throws {
        var model = try CollaborativeModels.named(name)
        guard model is any DrawsNegatives else {
            let error = #expect(throws: Diagnostic.self) { try CollaborativeModels.set(.uniform, of: &model) }
            #expect(error?.kind == .usage && error?.fix.contains("triplet") == true)
            return
        }
        let world = try Worlds.circle(users: 60, items: 40, seed: 2).train
        let tables = try NegativeSampling.allCases.map { negatives in
            try CollaborativeModels.set(negatives, of: &model)
            return try model.small(dimensions: 4, epochs: 3)
                .fit(world, seed: 1, pool: pool, monitor: .silent).items.vectors
        }
        #expect(tables[0] != tables[1] && tables[0] != tables[2] && tables[1] != tables[2])
    }
}
