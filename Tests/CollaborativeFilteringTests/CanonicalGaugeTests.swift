import CollaborativeFiltering
import FloatKernels
import Testing

@Suite struct CanonicalGaugeTests {
    private let pool = ThreadPool(threads: 2)

    /// Correlated, off-centre factors: condition number of the users' covariance about 10⁴.
    private func factors(users: Int, items: Int, dimensions: Int) -> (users: Matrix, items: ItemTable) {
        var generator = RandomGenerator(seed: 11)
        var p = Matrix(rows: users, columns: dimensions)
        for row in 0..<users {
            let common = generator.normal()
            for column in 0..<dimensions { p[row, column] = 1 + common + 0.1 * generator.normal() }
        }
        let q = Matrix(
            rows: items, columns: dimensions,
            elements: (0..<items * dimensions).map { _ in generator.normal() })
        return (p, ItemTable(vectors: q, biases: (0..<items).map { _ in generator.normal() }))
    }

    /// Scores and the sums of the sizes of their terms, in Double.
    private func scores(_ users: Matrix, _ items: ItemTable) -> (values: [Double], sizes: [Double]) {
        var values: [Double] = []
        var sizes: [Double] = []
        for user in 0..<users.rows {
            for item in 0..<items.count {
                let terms = (0..<users.columns).map {
                    Double(users[user, $0]) * Double(items.vectors[item, $0])
                }
                values.append(terms.reduce(Double(items.biases[item]), +))
                sizes.append(terms.reduce(Double(abs(items.biases[item]))) { $0 + abs($1) })
            }
        }
        return (values, sizes)
    }

    @Test(arguments: [(200, 50, 16), (5, 7, 16), (1, 3, 4), (2, 3, 4)])
    func scoresAreKept(users: Int, items: Int, dimensions: Int) throws {
        let given = factors(users: users, items: items, dimensions: dimensions)
        let gauge = try CanonicalGauge(users: given.users, items: given.items, pool: pool)
        let before = scores(given.users, given.items)
        let after = scores(gauge.users, gauge.items)
        for (index, value) in before.values.enumerated() {
            // Backward error of the products and of the triangular solve: d roundings of the terms' sizes each.
            let size = before.sizes[index] + after.sizes[index]
            let bound = 4 * Double(dimensions) * Double(Float.ulpOfOne) * size
            #expect(abs(value - after.values[index]) < bound)
        }
    }

    @Test func usersAreWhite() throws {
        let given = factors(users: 200, items: 50, dimensions: 16)
        expectWhite(try CanonicalGauge(users: given.users, items: given.items, pool: pool).users)
    }

    @Test func theWayBackLeadsToTheGivenUsers() throws {
        let given = factors(users: 60, items: 10, dimensions: 8)
        let gauge = try CanonicalGauge(users: given.users, items: given.items, pool: pool)
        let back = matrixProduct(gauge.users, gauge.factor, transposingB: true, pool: pool)
        for user in 0..<60 {
            for i in 0..<8 { #expect(abs(back[user, i] + gauge.mean[i] - given.users[user, i]) < 1e-5) }
        }
    }

    @Test func squaredErrorOnItemsIsSquaredErrorOnScores() throws {
        let given = factors(users: 200, items: 2, dimensions: 16)
        let gauge = try CanonicalGauge(users: given.users, items: given.items, pool: pool)
        let all = scores(given.users, given.items).values
        var onScores = 0.0
        for index in stride(from: 0, to: all.count, by: 2) {
            let difference = all[index] - all[index + 1]
            onScores += difference * difference / 200
        }
        let items = gauge.items
        let biasDifference = Double(items.biases[0] - items.biases[1])
        var onItems = biasDifference * biasDifference
        for i in 0..<16 {
            let difference = Double(items.vectors[0, i] - items.vectors[1, i])
            onItems += difference * difference
        }
        #expect(abs(onItems / onScores - 1) < 1e-4)
    }

    @Test func usersWhoAreAllAlikeChangeNothingButTheBiases() throws {
        let users = Matrix(rows: 3, columns: 2, elements: [1, 2, 1, 2, 1, 2])
        let items = ItemTable(vectors: Matrix(rows: 1, columns: 2, elements: [3, 4]), biases: [5])
        let gauge = try CanonicalGauge(users: users, items: items, pool: pool)
        #expect(gauge.users.elements.allSatisfy { $0 == 0 })
        #expect(gauge.items.vectors == items.vectors)
        #expect(gauge.items.biases == [16])
    }
}
