import CollaborativeFiltering
import Diagnostics
import FloatKernels
import Testing

/// What holds for the models whose encoder is a network.
@Suite("Networks as user encoders") struct NeuralEncoderTests {
    private let pool = ThreadPool(threads: 2)
    private static let names = ["profile", "gru"]

    /// Users walk round a ring of 20 items, half of them up and half down: only the order says which item is next.
    private func ring() throws -> InteractionMatrix {
        var generator = RandomGenerator(seed: 6)
        var rows: [Interaction] = []
        for user in 0..<400 {
            let start = generator.index(below: 20)
            for step in 0..<8 {
                rows.append(
                    Interaction(
                        user: user, item: (start + (user % 2 == 0 ? step : 20 - step)) % 20, rating: 1,
                        timestamp: Int64(100 + step)))
            }
        }
        return try InteractionMatrix(userCount: 400, itemCount: 20, rows: rows)
    }

    @Test(arguments: names)
    func theOrderDecidesWhatIsNext(name: String) throws {
        let space = try CollaborativeModels.named(name).small(dimensions: 8, epochs: 60)
            .fit(ring(), seed: 1, pool: pool, monitor: .silent)
        var hits = 0
        for start in 0..<20 {
            for (isUp, next) in [(true, start + 6), (false, start + 19)] {
                let history = (0..<6).map { step in
                    HistoryEntry(
                        item: (start + step) % 20, rating: 1,
                        timestamp: Int64(isUp ? 100 + step : 200 - step))
                }
                let scores = space.items.scores(userVector: space.vector(of: .init(history: history)))
                if ranking(scores, without: history).first == next % 20 { hits += 1 }
            }
        }
        // An order that is not read finds one end of the walk as often as the other.
        #expect(hits >= 34, "\(hits) of 40")
    }

    @Test(arguments: names)
    func theEncoderGivesTheTrainedVectors(name: String) throws {
        let data = CollaborativeData(interactions: try ring())
        let space = try CollaborativeModels.named(name).small(dimensions: 8, epochs: 10)
            .fit(data, seed: 1, pool: pool, monitor: .silent)
        let encoder = try #require(space.encoder)
        for user in 0..<400 {
            let vector = encoder.vector(of: data.profile(ofUser: user), items: space.items, prior: nil)
            // The gauge takes the trained vectors to white ones, the encoder's weights are taken there apart from them.
            for (a, b) in zip(vector, space.users.row(user)) { #expect(abs(a - b) < 2e-3) }
        }
    }

    @Test(arguments: names)
    func aRestoredEncoderIsTheSame(name: String) throws {
        let data = try countries()
        let space = try CollaborativeModels.named(name).small(dimensions: 6, epochs: 3)
            .fit(data, seed: 1, pool: pool, monitor: .silent)
        let encoder = try #require(space.encoder)
        let restored = try #require(UserEncoders.restore(encoder.tensors, dimensions: 6))
        #expect(restored.readsAttributes == encoder.readsAttributes && !restored.readsPriorStrength)
        for user in 0..<20 {
            let profile = data.profile(ofUser: user)
            #expect(
                restored.vector(of: profile, items: space.items, prior: nil)
                    == encoder.vector(of: profile, items: space.items, prior: nil))
        }
        #expect(UserEncoders.restore(encoder.tensors, dimensions: 7) == nil)
        for key in encoder.tensors.keys {
            var tensors = encoder.tensors
            tensors[key] = nil
            #expect(UserEncoders.restore(tensors, dimensions: 6) == nil, "without \(key)")
        }
    }

    /// People like what their country likes, one item in four; their ages say nothing.
    private func countries() throws -> CollaborativeData {
        var generator = RandomGenerator(seed: 17)
        var rows: [Interaction] = [], users: [AttributeTable.Row] = []
        for user in 0..<200 {
            users.append(["country": ["C\(user % 4)"], "age": ["\(20 + generator.index(below: 60))"]])
            for item in 0..<40 where generator.uniform() < (item % 4 == user % 4 ? 0.5 : 0.03) {
                rows.append(Interaction(user: user, item: item, rating: 5))
            }
        }
        return CollaborativeData(
            interactions: try InteractionMatrix(
                userCount: 200, itemCount: 40, positiveThreshold: 4, rows: rows),
            users: AttributeTable(rows: users))
    }

    @Test func attributesServeUsersWithoutHistory() throws {
        var model = ProfileNetwork().small(dimensions: 8, epochs: 30)
        model.learningRate = 0.01
        let space = try model.fit(countries(), seed: 1, pool: pool, monitor: .silent)
        for country in 0..<4 {
            let user = UserProfile(attributes: ["country": ["C\(country)"], "age": ["35"]])
            let best = ranking(space.items.scores(userVector: space.vector(of: user)), without: []).prefix(8)
            #expect(best.count { $0 % 4 == country } >= 7, "\(country): \(Array(best))")
        }
        #expect(space.vector(of: .init()) == [Float](repeating: 0, count: 8))
    }

    @Test(arguments: names)
    func whatIsBelievedCountsLessWithEveryRating(name: String) throws {
        let data = try countries()
        let space = try CollaborativeModels.named(name).small(dimensions: 6, epochs: 5)
            .fit(data, seed: 1, pool: pool, monitor: .silent)
        let prior = TastePrior(
            mean: (0..<6).map { 3 - Float($0) }, strength: .init(halfway: 1, precision: 1))
        #expect(space.vector(of: .init(), prior: prior) == prior.mean)
        let history = data.interactions.history(ofUser: 0)
        var before = Float.infinity
        for count in [1, 3, 6] {
            let user = UserProfile(history: Array(history.prefix(count)))
            let alone = space.vector(of: user), blended = space.vector(of: user, prior: prior)
            // blended = share · mean + (1 − share) · alone
            var (product, square): (Float, Float) = (0, 0)
            for i in 0..<6 {
                let away = prior.mean[i] - alone[i]
                product += (blended[i] - alone[i]) * away
                square += away * away
            }
            let share = product / square
            #expect(share < before && share > 0)
            before = share
        }
    }
}
