import CollaborativeFiltering
import Diagnostics
import FloatKernels
import Testing

/// What the perceptron does beside what every model does.
@Suite struct NeuralCollaborativeFilteringTests {
    private let pool = ThreadPool(threads: 2)

    /// Users of two kinds, told apart by an attribute, each of whom likes most of the items whose attribute is the same. The last
    /// two items nobody has rated.
    private func worldOfTwoKinds(users: Int = 80, items: Int = 42) throws -> CollaborativeData {
        var generator = RandomGenerator(seed: 3)
        var rows: [Interaction] = []
        for user in 0..<users {
            for item in 0..<items - 2 where item % 2 == user % 2 && generator.index(below: 3) > 0 {
                rows.append(Interaction(user: user, item: item, rating: 1))
            }
        }
        func kinds(_ name: String, _ count: Int) -> AttributeTable {
            AttributeTable(rows: (0..<count).map { [name: [$0.isMultiple(of: 2) ? "even" : "odd"]] })
        }
        return CollaborativeData(
            interactions: try InteractionMatrix(userCount: users, itemCount: items, rows: rows),
            items: kinds("genres", items), users: kinds("country", users))
    }

    private func fit(_ data: CollaborativeData, loss: NetworkLoss = .logistic) throws -> CollaborativeSpace {
        var model = NeuralCollaborativeFiltering().small(dimensions: 16, epochs: loss == .squared ? 60 : 20)
        model.loss = loss
        model.weightDecay = 0.3
        return try model.fit(data, seed: 1, pool: pool, monitor: .silent)
    }

    @Test func aUserWithoutHistoryIsServedByAttributes() throws {
        let space = try fit(worldOfTwoKinds())
        for (kind, parity) in [("even", 0), ("odd", 1)] {
            let query = space.query(
                taste: space.vector(of: .init()), attributes: ["country": [kind]])
            let best = space.scan().largest(10, query: query).map(\.index)
            #expect(best.allSatisfy { $0 % 2 == parity })
        }
    }

    @Test func itemsAlikeButForTheirAttributesAreToldApart() throws {
        let space = try fit(worldOfTwoKinds())
        for user in 0..<80 {
            let scores = space.scores(ofUser: user)
            #expect(user.isMultiple(of: 2) ? scores[40] > scores[41] : scores[40] < scores[41])
        }
    }

    /// Wherever a row comes from, it goes through the same layers.
    @Test func aColdItemScoresByItsRow() throws {
        let space = try fit(worldOfTwoKinds())
        var table = space.items
        table.vectors = Matrix(
            rows: table.count + 1, columns: table.dimensions,
            elements: table.vectors.elements + table.vectors.row(7))
        table.biases.append(table.biases[7])
        let scan = space.scan(table)
        for user in 0..<80 {
            let scores = scan.scores(query: space.queries.row(user))
            #expect(scores[table.count - 1] == scores[7])
        }
    }

    /// Every part of the score in Double, as the definition has it.
    @Test func scansGiveTheScoresOfTheDefinition() throws {
        let space = try fit(worldOfTwoKinds())
        let layers = try #require(space.layers), scan = space.scan()
        let twin = ScoringTwin(layers.tensors, users: 80)
        let biases = space.items.biases.map { 2 * $0 + 1 }
        let shifted = scan.replacing(biases: biases)
        let excluded = (0..<80).map { [Int32($0 % 5), Int32(20 + $0 % 5)] }
        let lists = shifted.largest(6, queries: space.queries, excluded: excluded, pool: pool)
        for user in 0..<80 {
            let expected = (0..<42).map { twin.centred(user, space.items.vectors.row($0)) }
            for (item, score) in space.scores(ofUser: user).enumerated() {
                #expect(abs(Double(score - space.items.biases[item]) - expected[item]) < 1e-4)
            }
            for (item, score) in lists[user] {
                #expect(abs(Double(score - biases[item]) - expected[item]) < 1e-4)
                #expect(!excluded[user].contains(Int32(item)))
            }
            let left = (0..<42).filter { !excluded[user].contains(Int32($0)) }
            let best = left.map { expected[$0] + Double(biases[$0]) }.max() ?? 0
            #expect(abs(Double(lists[user][0].score) - best) < 1e-4 && lists[user].count == 6)
        }
        let prices = (0..<80).map { -Float($0 % 7) / 10 }
        let wanted = ItemSet(count: 80, members: 10..<80)
        let found = scan.largestQueries(
            5, ofItems: [3, 40], queries: space.queries, biases: prices, allowed: wanted,
            excluded: [[11, 12], []], pool: pool)
        for (item, list) in zip([3, 40], found) {
            let row = space.items.vectors.row(item)
            let values = (0..<80).map { twin.centred($0, row) + Double(prices[$0]) }
            for (user, score) in list { #expect(abs(Double(score) - values[user]) < 1e-4 && user >= 10) }
            let open = (10..<80).filter { item != 3 || ($0 != 11 && $0 != 12) }
            #expect(abs(Double(list[0].score) - (open.map { values[$0] }.max() ?? 0)) < 1e-4)
        }
    }

    /// v′ = vL with L⁻¹ in the layers changes no score by more than its rounding, be L as graded as it may.
    @Test func aChangeOfGaugeKeepsEveryScore() throws {
        let space = try fit(worldOfTwoKinds())
        var generator = RandomGenerator(seed: 8)
        var factor = Matrix(rows: 16, columns: 16)
        for row in 0..<16 {
            for column in 0...row {
                let size: Float = column % 4 == 3 ? 1e-5 : 1
                factor[row, column] = size * (row == column ? 1 : 0.3 * generator.normal())
            }
        }
        let layers = try #require(space.layers)
        let moved = ItemTable(
            vectors: matrixProduct(space.items.vectors, factor, pool: pool), biases: space.items.biases)
        let before = space.scan(), after = ItemScan(moved, layers: layers.reading(rowsTimes: factor))
        for user in 0..<80 {
            let query = space.queries.row(user)
            for (one, other) in zip(before.scores(query: query), after.scores(query: query)) {
                #expect(abs(one - other) < 1e-3)
            }
        }
    }

    /// Least squares over the rated items, a constant a user apart: no step to either side comes nearer to the scores.
    @Test func tastesAreTheNearestProducts() throws {
        let space = try fit(worldOfTwoKinds())
        let rated = 0..<40
        func miss(_ user: Int, _ taste: [Float]) -> Float {
            let scores = space.scores(ofUser: user), products = space.items.scores(userVector: taste)
            let errors = rated.map { scores[$0] - products[$0] }
            let mean = errors.reduce(0, +) / Float(errors.count)
            return errors.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        }
        for user in stride(from: 0, to: 80, by: 9) {
            let taste = space.users.row(user)
            let least = miss(user, taste)
            #expect(least < 0.5 * miss(user, [Float](repeating: 0, count: 16)))
            for column in 0..<16 {
                for step: Float in [-0.1, 0.1] {
                    var other = taste
                    other[column] += step
                    #expect(least < 1.001 * miss(user, other) + 1e-4)
                }
            }
        }
    }

    @Test func tensorsBringTheLayersBack() throws {
        let space = try fit(worldOfTwoKinds())
        let layers = try #require(space.layers)
        let again = try #require(ScoringLayers(tensors: layers.tensors, users: 80, dimensions: 16))
        #expect(again.tensors == layers.tensors)
        let attributes = ["country": ["odd"]]
        #expect(
            again.input(taste: space.users.row(3), attributes: attributes)
                == layers.input(taste: space.users.row(3), attributes: attributes))
        #expect(ScoringLayers(tensors: layers.tensors, users: 81, dimensions: 16) == nil)
        #expect(ScoringLayers(tensors: layers.tensors, users: 80, dimensions: 15) == nil)
        #expect(ScoringLayers(tensors: [:], users: 80, dimensions: 16) == nil)
    }

    /// Ratings are a level of the user, one of the item and whether both are of a kind: biases alone are off by 0.5.
    @Test func squaredScoresAreRatings() throws {
        var generator = RandomGenerator(seed: 4)
        var (rows, held): ([Interaction], [Interaction]) = ([], [])
        for user in 0..<100 {
            for item in 0..<50 where generator.index(below: 2) == 0 {
                let rating =
                    3 + Float(user % 3) / 2 - Float(item % 5) / 4 + (user % 2 == item % 2 ? 0.5 : -0.5)
                let row = Interaction(user: user, item: item, rating: rating)
                if generator.index(below: 5) == 0 { held.append(row) } else { rows.append(row) }
            }
        }
        let matrix = try InteractionMatrix(userCount: 100, itemCount: 50, rows: rows)
        let space = try fit(CollaborativeData(interactions: matrix), loss: .squared)
        var sum: Float = 0
        for row in held {
            let error = space.scores(ofUser: row.user)[row.item] - row.rating
            sum += error * error
        }
        #expect((sum / Float(held.count)).squareRoot() < 0.35)
    }

    @Test func theNumberOfThreadsChangesNothing() throws {
        let data = try worldOfTwoKinds()
        let model = NeuralCollaborativeFiltering().small(dimensions: 16, epochs: 3)
        let one = try model.fit(data, seed: 2, pool: ThreadPool(threads: 1), monitor: .silent)
        let three = try model.fit(data, seed: 2, pool: ThreadPool(threads: 3), monitor: .silent)
        #expect(one.items == three.items)
        #expect(one.layers?.tensors == three.layers?.tensors)
    }

    @Test func onlyTheModelThatHasALossTakesOne() throws {
        let model = try CollaborativeModels.named("mlp", loss: .squared)
        #expect((model as? NeuralCollaborativeFiltering)?.loss == .squared)
        let error = #expect(throws: Diagnostic.self) { try CollaborativeModels.named("als", loss: .squared) }
        #expect(error?.kind == .usage && error?.fix.contains("mlp") == true)
    }
}

/// g(p, v) − ḡ(v) as it is defined, in Double, from what a model file keeps.
private struct ScoringTwin {
    let tensors: [String: Matrix]
    let users: Int

    init(_ tensors: [String: Matrix], users: Int) {
        self.tensors = tensors
        self.users = users
    }

    func centred(_ user: Int, _ vector: [Float]) -> Double {
        var sum = 0.0
        for other in 0..<users { sum += score(other, vector) }
        return score(user, vector) - sum / Double(users)
    }

    private func score(_ user: Int, _ vector: [Float]) -> Double {
        let input: [Double] = doubles(tensors["inputs"]?.row(user) ?? [])
        let item: [Double] = doubles(vector)
        var z = rectified(times(input, "user_weights"), times(item, "item_weights"), values("biases"))
        var layer = 0
        while tensors["layer.\(layer).weights"] != nil {
            let sums = times(z, "layer.\(layer).weights")
            z = rectified(sums, values("layer.\(layer).biases"), [Double](repeating: 0, count: sums.count))
            layer += 1
        }
        var result: Double = input.last ?? 0
        for (value, weight) in zip(z, values("output")) { result += value * weight }
        for (value, weight) in zip(times(input, "products"), item) { result += value * weight }
        return result
    }

    /// x W, of which x may be longer.
    private func times(_ x: [Double], _ name: String) -> [Double] {
        guard let matrix = tensors[name] else { return [] }
        var result = [Double](repeating: 0, count: matrix.columns)
        for row in 0..<matrix.rows {
            for column in result.indices { result[column] += x[row] * Double(matrix[row, column]) }
        }
        return result
    }

    private func rectified(_ a: [Double], _ b: [Double], _ c: [Double]) -> [Double] {
        a.indices.map { max(0, a[$0] + b[$0] + c[$0]) }
    }

    private func values(_ name: String) -> [Double] { doubles(tensors[name]?.elements ?? []) }

    private func doubles(_ values: [Float]) -> [Double] { values.map { Double($0) } }
}
