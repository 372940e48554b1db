import CollaborativeFiltering
import Diagnostics
import FloatKernels
import Testing

@Suite("What is believed of a user, and ratings") struct TastePriorTests {
    private let pool = ThreadPool(threads: 2)

    /// Likes and lower ratings, so that both kinds count.
    private func world() throws -> InteractionMatrix {
        var generator = RandomGenerator(seed: 31)
        var rows: [Interaction] = []
        for user in 0..<60 {
            for item in 0..<50 where generator.uniform() < 0.4 {
                let isLiked = (user % 3 == item % 3) != (generator.uniform() < 0.2)
                rows.append(Interaction(user: user, item: item, rating: isLiked ? 5 : 2))
            }
        }
        return try InteractionMatrix(userCount: 60, itemCount: 50, positiveThreshold: 4, rows: rows)
    }

    private func prior(_ d: Int, halfway: Float, precision: Float) -> TastePrior {
        TastePrior(
            mean: (0..<d).map { 0.3 * Float($0 % 3) - 0.2 },
            strength: TastePrior.Strength(halfway: halfway, precision: precision))
    }

    @Test(arguments: CollaborativeModels.names)
    func theEndsAreThePriorAndTheHistory(name: String) throws {
        let data = try world()
        let space = try CollaborativeModels.named(name).small(dimensions: 6, epochs: 8)
            .fit(data, seed: 2, pool: pool, monitor: .silent)
        guard space.encoder?.readsPriorStrength == true else { return }
        let history = data.history(ofUser: 7)
        let sure = prior(6, halfway: 1e7, precision: 1e7), unsure = prior(6, halfway: 1e-7, precision: 0.5)
        #expect(space.vector(of: .init(), prior: sure) == sure.mean)
        #expect(space.vector(of: .init()) == [Float](repeating: 0, count: 6))
        let (believed, alone) = (
            space.vector(of: .init(history: history), prior: sure), space.vector(of: .init(history: history))
        )
        for (a, b) in zip(believed, sure.mean) { #expect(abs(a - b) < 1e-4) }
        for (a, b) in zip(space.vector(of: .init(history: history), prior: unsure), alone) {
            #expect(abs(a - b) < 1e-4)
        }
        #expect(zip(alone, sure.mean).contains { abs($0 - $1) > 0.1 })
    }

    /// The gradient of the loss of the documentation, term by term in double precision, is zero at the vector.
    @Test(arguments: [1, 2, 6, 15])
    func theVectorIsTheMinimumOfItsDefinition(count: Int) throws {
        let data = try world()
        let space = try ImplicitALS().small(dimensions: 6, epochs: 4)
            .fit(data, seed: 2, pool: pool, monitor: .silent)
        let encoder = try #require(space.encoder)
        let belief = prior(6, halfway: 4, precision: 0.7)
        let history = Array(data.history(ofUser: 3).prefix(count))
        #expect(history.count == count)
        let u = space.vector(of: .init(history: history), prior: belief).map(Double.init)
        let matrix = try #require(encoder.tensors["matrix"]),
            right = try #require(encoder.tensors["right_side"])
        let share = Double(count) / (Double(count) + 4)
        let trace = (0..<6).reduce(0.0) { $0 + Double(matrix[$1, $1]) }
        var (gradient, scale) = ([Double](repeating: 0, count: 6), 0.0)
        func add(_ weight: Double, _ vector: (Int) -> Double) {
            for i in 0..<6 {
                gradient[i] += weight * vector(i)
                scale += abs(weight * vector(i))
            }
        }
        // A₀u − r₀ is the gradient where nothing is rated.
        add(share) { i in
            (0..<6).reduce(-Double(right.elements[i])) { $0 + Double(matrix[i, $1]) * u[$1] }
        }
        add((1 - share) * 0.7 * trace / 6) { u[$0] - Double(belief.mean[$0]) }
        for entry in history {
            let v = space.items.vectors.row(entry.item).map(Double.init)
            let score = zip(u, v).reduce(Double(space.items.biases[entry.item])) { $0 + $1.0 * $1.1 }
            let confidence = entry.rating >= 4 ? Double(ImplicitALS().confidence) : 1
            add(confidence * (score - 1) - share * score) { v[$0] }
        }
        let length = gradient.reduce(0) { $0 + $1 * $1 }.squareRoot()
        #expect(length < 1e-4 * scale, "\(length) of \(scale)")
    }
}
