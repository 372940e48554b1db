import CollaborativeFiltering
import FloatKernels
import Testing

@Suite("Factors of another recommender: scores are kept, and the way back is exact")
struct ImportedFactorsTests {
    static let pool = ThreadPool(threads: 2)
    static let (itemCount, userCount, dimensions) = (40, 60, 5)

    /// Coordinates of different scale, and users who are not centred.
    private static func matrix(rows: Int, stream: UInt64) -> Matrix {
        var generator = RandomGenerator(seed: 3, stream: stream)
        var matrix = Matrix(rows: rows, columns: dimensions)
        for row in 0..<rows {
            for column in 0..<dimensions {
                matrix[row, column] = (generator.normal() + 0.7) * [1, 3, 0.3, 2, 0.4][column]
            }
        }
        return matrix
    }

    private static let items = matrix(rows: itemCount, stream: 1)
    private static let users = matrix(rows: userCount, stream: 2)
    private static let biases = (0..<itemCount).map { Float($0) / 7 - 2 }

    private static func ratings() throws -> InteractionMatrix {
        var rows: [Interaction] = []
        for user in 0..<userCount {
            let scores = ItemTable(vectors: items, biases: biases).scores(userVector: users.row(user))
            let order = scores.indices.sorted { scores[$0] > scores[$1] }
            rows += order.prefix(12).enumerated().map {
                Interaction(user: user, item: $1, rating: $0 < 9 ? 5 : 2)
            }
        }
        return try InteractionMatrix(userCount: userCount, itemCount: itemCount, rows: rows)
    }

    private static func nothing(users: Int) throws -> InteractionMatrix {
        try InteractionMatrix(userCount: users, itemCount: itemCount, rows: [])
    }

    private static func largest(_ matrix: Matrix) -> Float { matrix.elements.map(abs).max() ?? 0 }

    @Test(arguments: [true, false]) func scoresAreThoseOfTheOtherRecommender(hasBiases: Bool) throws {
        let factors = ImportedFactors(
            items: Self.items, itemBiases: hasBiases ? Self.biases : nil, users: Self.users)
        let (space, _) = try factors.space(Self.ratings(), pool: Self.pool)
        for user in 0..<Self.userCount {
            let own = factors.items.scores(userVector: Self.users.row(user))
            let scale = own.map(abs).max() ?? 1
            for (expected, score) in zip(own, space.scores(ofUser: user)) {
                #expect(abs(expected - score) <= 1e-4 * scale)
            }
        }
    }

    @Test(arguments: [true, false]) func theWayBackGivesTheSameNumbers(hasBiases: Bool) throws {
        let factors = ImportedFactors(
            items: Self.items, itemBiases: hasBiases ? Self.biases : nil, users: Self.users)
        let (space, original) = try factors.space(Self.nothing(users: Self.userCount), pool: Self.pool)
        let items = original.items(space.items, pool: Self.pool)
        let users = original.users(space.users, pool: Self.pool)
        for column in 0..<Self.dimensions {
            func error(_ a: Matrix, _ b: Matrix) -> Float {
                let pairs = (0..<a.rows).map { (a[$0, column], b[$0, column]) }
                return (pairs.map { abs($0 - $1) }.max() ?? 0) / (pairs.map { abs($0.0) }.max() ?? 1)
            }
            #expect(error(Self.items, items.vectors) < 2e-5)
            #expect(error(Self.users, users) < 2e-5)
        }
        let wanted = hasBiases ? Self.biases : [Float](repeating: 0, count: Self.itemCount)
        for (bias, wanted) in zip(items.biases, wanted) {
            #expect(hasBiases ? abs(bias - wanted) < 1e-3 : bias == 0)
        }
    }

    /// A place that no vector without a bias has is given to the vector that differs least in users' scores.
    @Test func withoutBiasesTheNearestScoresAreFound() throws {
        let factors = ImportedFactors(items: Self.items, itemBiases: nil, users: Self.users)
        let (space, original) = try factors.space(Self.nothing(users: Self.userCount), pool: Self.pool)
        let place = ItemTable(
            vectors: Matrix(rows: 1, columns: Self.dimensions, elements: [0.5, -1, 2, 0.1, 1]), biases: [3])
        func error(_ vector: [Float]) -> Float {
            (0..<Self.userCount).reduce(0) { sum, user in
                let wanted = place.scores(userVector: space.users.row(user))[0]
                let score = zip(vector, Self.users.row(user)).reduce(Float(0)) { $0 + $1.0 * $1.1 }
                return sum + (wanted - score) * (wanted - score)
            }
        }
        let best = original.items(place, pool: Self.pool).vectors.row(0)
        for index in best.indices {
            for factor: Float in [0.97, 1.03] {
                var other = best
                other[index] *= factor
                #expect(error(other) > error(best))
            }
        }
    }

    @Test func withoutUsersTheyAreWhereTheirRatingsPutThem() throws {
        let factors = ImportedFactors(items: Self.items, itemBiases: nil, users: nil)
        let ratings = try Self.ratings()
        let (space, original) = try factors.space(ratings, pool: Self.pool)
        #expect(space.users.rows == Self.userCount)
        var liked: (sum: Float, count: Float) = (0, 0), others = liked
        for user in 0..<Self.userCount {
            let scores = space.scores(ofUser: user)
            let own = Set(ratings.history(ofUser: user).filter { $0.rating >= 5 }.map(\.item))
            for item in scores.indices {
                if own.contains(item) {
                    liked = (liked.sum + scores[item], liked.count + 1)
                } else {
                    others = (others.sum + scores[item], others.count + 1)
                }
            }
        }
        #expect(liked.sum / liked.count > others.sum / others.count + 0.3)
        let back = original.items(space.items, pool: Self.pool).vectors
        for (a, b) in zip(back.elements, Self.items.elements) { #expect(abs(a - b) < 1e-3 * max(1, abs(b))) }
        // The users of the gauge, as CanonicalGauge has it.
        let covariance = matrixProduct(space.users, space.users, transposingA: true, pool: Self.pool)
        for i in 0..<Self.dimensions {
            #expect(abs(covariance[i, i] / Float(Self.userCount) - 1) < 0.02)
        }
    }

    @Test func withNobodyToScoreThemItemsStayAsTheyCame() throws {
        let factors = ImportedFactors(items: Self.items, itemBiases: Self.biases, users: nil)
        let (space, original) = try factors.space(Self.nothing(users: 0), pool: Self.pool)
        #expect(space.items.vectors == Self.items && space.items.biases == Self.biases)
        #expect(space.users.rows == 0)
        #expect(original.items(space.items, pool: Self.pool).vectors == Self.items)
        // Somebody who comes later is served all the same.
        let user = space.vector(of: UserProfile(history: [.init(item: 3, rating: 5)]))
        #expect(user.contains { $0 != 0 })
    }

    /// Also where the ratings come after the import.
    @Test(arguments: [true, false]) func laterUsersAreEncodedNearTrainedOnesOfTheSameRatings(
        hasRatings: Bool
    ) throws {
        let factors = ImportedFactors(items: Self.items, itemBiases: nil, users: Self.users)
        let ratings = try Self.ratings()
        let (space, _) = try factors.space(
            hasRatings ? ratings : Self.nothing(users: Self.userCount), pool: Self.pool)
        var (error, length) = (Float(0), Float(0))
        for user in 0..<Self.userCount {
            let encoded = space.vector(of: UserProfile(history: ratings.history(ofUser: user)))
            for (a, b) in zip(encoded, space.users.row(user)) {
                error += (a - b) * (a - b)
                length += b * b
            }
        }
        #expect(error < (hasRatings ? 0.75 : 0.95) * length)
    }
}
