import CollaborativeFiltering
import Diagnostics
import FloatKernels
import Testing

@Suite struct ImplicitALSTests {
    private let pool = ThreadPool(threads: 2)

    /// Ratings 1 … 5, so that both kinds of rated pairs occur.
    private func world() throws -> InteractionMatrix {
        var generator = RandomGenerator(seed: 21)
        var rows: [Interaction] = []
        for user in 0..<40 {
            for item in 0..<25 where generator.uniform() < 0.3 {
                rows.append(Interaction(user: user, item: item, rating: Float(1 + generator.index(below: 5))))
            }
        }
        return try InteractionMatrix(userCount: 40, itemCount: 25, rows: rows)
    }

    /// The users solve their half step: at a trained vector the gradient of Σ c (y − s)² over all items, taken here
    /// in Double from its definition, is that of the L2 alone, so almost nothing under a small L2.
    @Test func trainedUsersMinimiseTheirLoss() throws {
        let data = try world()
        let space = try tuned(l2: 1e-3).fit(data, seed: 2, pool: pool, monitor: .silent)
        for user in 0..<40 {
            let gradient = gradientOfLoss(space, data, user: user)
            #expect(gradient.residual < 2e-3 * gradient.scale)
        }
    }

    private func tuned(l2: Float) -> ImplicitALS {
        var model = ImplicitALS().small(dimensions: 6, epochs: 4)
        model.l2 = l2
        return model
    }

    /// The length of Σ c (y − s) v over all items, and the sum of its terms' lengths.
    private func gradientOfLoss(
        _ space: CollaborativeSpace, _ data: InteractionMatrix, user: Int
    ) -> (residual: Double, scale: Double) {
        let scores = space.scores(ofUser: user)
        let ratings = Dictionary(
            uniqueKeysWithValues: data.history(ofUser: user).map { ($0.item, $0.rating) })
        var sum = [Double](repeating: 0, count: 6)
        var scale = 0.0
        for item in 0..<data.itemCount {
            let liked = ratings[item].map(data.isPositive) ?? false
            let confidence = liked ? Double(ImplicitALS().confidence) : 1
            let preference = ratings[item] == nil ? 0.0 : 1.0
            let error = confidence * (preference - Double(scores[item]))
            let vector = space.items.vectors.row(item).map(Double.init)
            for i in 0..<6 { sum[i] += error * vector[i] }
            scale += abs(error) * vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
        }
        return (sum.reduce(0) { $0 + $1 * $1 }.squareRoot(), scale)
    }

    @Test func theEncoderIsTheHalfStepOfATrainedUser() throws {
        let data = try world()
        let space = try ImplicitALS().small(dimensions: 6, epochs: 4)
            .fit(data, seed: 2, pool: pool, monitor: .silent)
        let encoder = try #require(space.encoder)
        for user in 0..<40 {
            let encoded = encoder.vector(
                of: .init(history: data.history(ofUser: user)), items: space.items, prior: nil)
            for (a, b) in zip(encoded, space.users.row(user)) { #expect(abs(a - b) < 2e-4) }
        }
    }

    @Test func theLossNeverRises() throws {
        let recorder = Recorder()
        let monitor = WorkMonitor(onUpdate: { recorder.add($0.note) })
        _ = try ImplicitALS().small(dimensions: 6, epochs: 12)
            .fit(world(), seed: 2, pool: pool, monitor: monitor)
        let values = recorder.notes.compactMap { Double($0.dropFirst("loss ".count)) }
        #expect(values.count == 12)
        for (earlier, later) in zip(values, values.dropFirst()) { #expect(later <= earlier + 1e-4) }
    }

    @Test func moreLikesThanABlockHoldsCountInFull() throws {
        // User 0 likes 300 items, more than one gathered block; the equations must hold as for the others.
        var rows = (0..<300).map { Interaction(user: 0, item: $0, rating: 1) }
        var generator = RandomGenerator(seed: 22)
        for user in 1..<20 {
            for item in 0..<310 where generator.uniform() < 0.3 {
                rows.append(Interaction(user: user, item: item, rating: 1))
            }
        }
        let data = try InteractionMatrix(userCount: 20, itemCount: 310, rows: rows)
        let space = try tuned(l2: 1e-3).fit(data, seed: 1, pool: pool, monitor: .silent)
        let gradient = gradientOfLoss(space, data, user: 0)
        #expect(gradient.residual < 2e-3 * gradient.scale)
    }
}
