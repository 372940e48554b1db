import CollaborativeFiltering
import Diagnostics
import FloatKernels
import Testing

@Suite struct BiasedFactorisationTests {
    private let pool = ThreadPool(threads: 2)

    /// μ + b_user + b_item + p·q of rank two with noise of deviation 0.1, two thirds of it rated; the rest is asked for.
    private func world(users: Int = 120, items: Int = 60) throws -> (
        train: InteractionMatrix, held: [Interaction]
    ) {
        var generator = RandomGenerator(seed: 41)
        func normals(_ count: Int) -> [Float] { (0..<count).map { _ in generator.normal() } }
        let (userBiases, itemBiases) = (normals(users), normals(items))
        let (p, q) = (normals(2 * users), normals(2 * items))
        var (rows, held): ([Interaction], [Interaction]) = ([], [])
        for user in 0..<users {
            for item in 0..<items {
                let product = p[2 * user] * q[2 * item] + p[2 * user + 1] * q[2 * item + 1]
                let row = Interaction(
                    user: user, item: item,
                    rating: 7 + userBiases[user] + itemBiases[item] + product + 0.1 * generator.normal())
                if generator.index(below: 3) == 0 { held.append(row) } else { rows.append(row) }
            }
        }
        return (try InteractionMatrix(userCount: users, itemCount: items, rows: rows), held)
    }

    private func error(_ space: CollaborativeSpace, on rows: [Interaction]) -> Float {
        let squares = rows.reduce(Float(0)) { sum, row in
            let difference = space.scores(ofUser: row.user)[row.item] - row.rating
            return sum + difference * difference
        }
        return (squares / Float(rows.count)).squareRoot()
    }

    /// Ratings vary by a deviation of two, by 1.4 beyond the biases.
    @Test func plantedRatingsArePredicted() throws {
        let (train, held) = try world()
        var model = BiasedFactorisation().small(dimensions: 4)
        let chosen = try model.fit(train, seed: 1, pool: pool, monitor: .silent)
        #expect(error(chosen, on: held) < 0.4)
        // Nearly the noise where the penalty is small and the rank right.
        model.dimensions = 2
        (model.l2, model.biasL2) = (0.01, 0.01)
        let exact = try model.fit(train, seed: 1, pool: pool, monitor: .silent)
        #expect(error(exact, on: held) < 0.13)
    }

    /// The users solve their half step: at a trained user the gradient of the squared error on his ratings, in his vector
    /// and in his bias, is that of the penalty alone, so almost nothing under a small one.
    @Test func trainedUsersMinimiseTheirLoss() throws {
        let (train, _) = try world()
        var model = BiasedFactorisation().small(dimensions: 3, epochs: 3)
        (model.l2, model.biasL2) = (1e-4, 1e-4)
        let space = try model.fit(train, seed: 2, pool: pool, monitor: .silent)
        for user in 0..<120 {
            let scores = space.scores(ofUser: user)
            var (sum, scale) = ([Double](repeating: 0, count: 4), 0.0)
            for entry in train.history(ofUser: user) {
                let difference = Double(entry.rating - scores[entry.item])
                for (i, value) in (space.items.vectors.row(entry.item) + [1]).enumerated() {
                    sum[i] += difference * Double(value)
                    scale += abs(difference * Double(value))
                }
            }
            #expect(sum.reduce(0) { $0 + abs($1) } < 5e-3 * scale)
        }
    }

    /// With as many dimensions as tastes have; directions in which users hardly differ are lost in rounding, and in no score.
    @Test(arguments: [2, 5])
    func theEncoderIsTheHalfStepOfATrainedUser(dimensions: Int) throws {
        let (train, _) = try world()
        let space = try BiasedFactorisation().small(dimensions: dimensions, epochs: 6)
            .fit(train, seed: 2, pool: pool, monitor: .silent)
        for user in 0..<120 {
            let encoded = space.vector(of: .init(history: train.history(ofUser: user)))
            if dimensions == 2 {
                for (a, b) in zip(encoded, space.users.row(user)) { #expect(abs(a - b) < 1e-3) }
            }
            let trained = space.items.scores(userVector: space.users.row(user))
            for (a, b) in zip(space.items.scores(userVector: encoded), trained) {
                #expect(abs(a - b) < 2e-3)
            }
        }
    }

    /// What users rate above others moves all their scores alike, and no item's mean.
    @Test func userBiasesAreCentredAndFollowTheUsers() throws {
        let (train, _) = try world()
        let space = try BiasedFactorisation().small(dimensions: 4)
            .fit(train, seed: 1, pool: pool, monitor: .silent)
        #expect(abs(space.userBiases.reduce(0, +)) < 1e-3)
        let means = (0..<120).map { user in
            let history = train.history(ofUser: user)
            return history.reduce(0) { $0 + $1.rating } / Float(history.count)
        }
        #expect(correlation(space.userBiases, means) > 0.7)
    }

    @Test func theErrorFallsAndThePenaltyIsChosenWhereThereAreRatingsEnough() throws {
        let recorder = Recorder()
        let monitor = WorkMonitor(onUpdate: { recorder.add($0.note) })
        _ = try BiasedFactorisation().small(dimensions: 4, epochs: 10)
            .fit(world().train, seed: 2, pool: pool, monitor: monitor)
        #expect(recorder.notes.contains { $0.hasPrefix("0.5: RMSE") })
        let errors = recorder.notes.filter { $0.hasPrefix("RMSE ") }.compactMap { Double($0.dropFirst(5)) }
        #expect(errors.count == 10)
        #expect(try #require(errors.last) < #require(errors.first))
    }

    @Test func aTenthOfTheRatingsIsHeldOutAndNothingElse() throws {
        let ratings = try world().train.ratings
        var generator = RandomGenerator(seed: 1)
        let held = HeldOutRatings(ratings, using: &generator)
        #expect(held.count + held.training.values.count == ratings.values.count)
        #expect(abs(held.count - ratings.values.count / 10) < ratings.values.count / 50)
        #expect(held.rootMeanSquareError { _, _ in 7 } > 1)
        let known = Dictionary(
            uniqueKeysWithValues: (0..<120).flatMap { user in
                ratings.entries(ofRow: user).map {
                    ([user, Int(ratings.columnIndices[$0])], ratings.values[$0])
                }
            })
        #expect(held.rootMeanSquareError { known[[$0, $1]] ?? .infinity } == 0)
    }
}
