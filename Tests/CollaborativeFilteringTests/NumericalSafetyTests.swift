import CollaborativeFiltering
import Diagnostics
import FloatKernels
import Testing

/// Losses that explode, factors that are no numbers, and ratings far off the scale.
@Suite("Training that would end in no numbers") struct NumericalSafetyTests {
    private let pool = ThreadPool(threads: 2)

    /// Ratings from 1 to 5 by 40 users of 30 items, of two tastes, and what one more user rates.
    private func matrix(_ extra: [(item: Int, rating: Float)] = []) throws -> InteractionMatrix {
        var generator = RandomGenerator(seed: 2)
        var rows: [Interaction] = []
        for user in 0..<40 {
            for item in 0..<30 where generator.uniform() < 0.6 {
                let likes = user % 2 == item % 2
                rows.append(
                    Interaction(
                        user: user, item: item, rating: Float((likes ? 4 : 1) + generator.index(below: 2))))
            }
        }
        rows += extra.map { Interaction(user: 40, item: $0.item, rating: $0.rating) }
        return try InteractionMatrix(userCount: 41, itemCount: 30, rows: rows)
    }

    @Test("A step that is far too long is an error, and no model")
    func explodingLoss() throws {
        func code(_ model: any CollaborativeModel) -> String? {
            do {
                let space = try model.fit(try matrix(), seed: 1, pool: pool, monitor: .silent)
                // Whoever does not explode has to be right.
                #expect(space.items.vectors.elements.allSatisfy { $0.isFinite }, "\(type(of: model).name)")
                return nil
            } catch { return (error as? Diagnostic)?.code }
        }
        var ranking = BayesianPersonalizedRanking()
        ranking.learningRate = 1e30
        var network = NeuralCollaborativeFiltering()
        network.learningRate = 1e30
        var profile = ProfileNetwork()
        profile.learningRate = 1e30
        var recurrent = GatedRecurrentNetwork()
        recurrent.learningRate = 1e30
        let codes = [code(ranking), code(network), code(profile), code(recurrent)]
        #expect(
            codes.compactMap(\.self).allSatisfy { ["training.diverged", "training.not_finite"].contains($0) })
        #expect(codes.contains("training.diverged") || codes.contains("training.not_finite"))
    }

    @Test(
        "Factors that are no numbers, or whose squares are not, have no gauge",
        arguments: [Float.nan, .infinity, 1e30])
    func gauge(value: Float) {
        var users = Matrix(rows: 3, columns: 2, elements: [1, 2, 3, 5, 8, 13])
        let items = ItemTable(vectors: Matrix(rows: 2, columns: 2, elements: [1, 2, 3, 4]), biases: [0, 1])
        users[1, 1] = value
        let error = #expect(throws: Diagnostic.self) {
            try CanonicalGauge(users: users, items: items, pool: pool)
        }
        #expect(error?.code == "training.not_finite")
    }

    @Test(
        "One user's ratings off the scale move nobody's predictions by a step of it",
        arguments: ["mf", "mlp"])
    func ratingsOffTheScale(name: String) throws {
        var model = try #require(try CollaborativeModels.predictor(named: name))
        model.dimensions = 4
        let usual = try model.fit(
            matrix((0..<30).map { ($0, Float(1 + $0 % 5)) }), seed: 1, pool: pool, monitor: .silent)
        let hostile = try model.fit(
            matrix((0..<30).map { ($0, $0 % 2 == 0 ? 1e9 : -1e9) }), seed: 1, pool: pool, monitor: .silent)
        var error = 0.0
        for user in 0..<40 {
            for (a, b) in zip(usual.scores(ofUser: user), hostile.scores(ofUser: user)) {
                error += Double((a - b) * (a - b)) / (40 * 30)
            }
        }
        #expect(error.squareRoot() < 1, "\(name)")
    }

    @Test func theScaleIsThatOfTheUsers() throws {
        #expect(try matrix().scale == -3...9)
        #expect(try matrix((0..<30).map { ($0, 1e9) }).scale == -3...9)
        #expect(try matrix().withinScale() == matrix())
        let given = try matrix([(3, 1e9), (4, -1e9), (5, 5)])
        #expect(given.withinScale().history(ofUser: 40).map(\.rating) == [9, -3, 5])
        #expect(given.withinScale().positiveThreshold == given.positiveThreshold)
    }
}
