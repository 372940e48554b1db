import CollaborativeFiltering
import FloatKernels
import Recommendation
import Testing

@Suite("Fold-in: from content to ratings") struct FoldInTests {
    private static let d = 3, outputs = 4
    private let prior: [Float] = [0.2, -0.1, 0.3, 0.15]

    /// S = GᵀG + 0.05 for a fixed G, and its inverse by elimination in double precision.
    private static let covariance: [[Double]] = {
        var generator = RandomGenerator(seed: 4)
        let g = (0..<outputs).map { _ in (0..<outputs).map { _ in 0.3 * Double(generator.normal()) } }
        return (0..<outputs).map { i in
            (0..<outputs).map { j in (0..<outputs).reduce(i == j ? 0.05 : 0) { $0 + g[$1][i] * g[$1][j] } }
        }
    }()

    private static func inverse(_ matrix: [[Double]]) -> [[Double]] {
        let n = matrix.count
        var a = matrix.enumerated().map { row, values in values + (0..<n).map { $0 == row ? 1 : 0 } }
        for column in 0..<n {
            let pivot = a[column][column]
            for k in 0..<2 * n { a[column][k] /= pivot }
            for row in 0..<n where row != column {
                let factor = a[row][column]
                for k in 0..<2 * n { a[row][k] -= factor * a[column][k] }
            }
        }
        return a.map { Array($0[n...]) }
    }

    private func foldIn(_ likelihood: FoldInLikelihood, gain: Float = 1) -> ItemFoldIn {
        let trace = (0..<Self.outputs).reduce(0) { $0 + Self.covariance[$1][$1] }
        let mean = Matrix(rows: 1, columns: Self.outputs, elements: [0.1, 0, 0, 0.1])
        return ItemFoldIn(
            priorPrecision: Matrix(
                rows: Self.outputs, columns: Self.outputs,
                elements: Self.inverse(Self.covariance).joined().map { Float($0) }),
            priorVariance: Float(trace), spread: 1, likelihood: likelihood,
            levels: PlaceLevels(counts: [0], estimated: mean, actual: mean, gains: [gain]),
            users: UserLevels(levels: Matrix(rows: 0, columns: 2), overall: [0.5, 0.2]))
    }

    private struct Rater {
        let user: [Float]
        let expected: Float
        let isLiked: Bool
        var certainty: Float = 1
    }

    private func raters(_ count: Int, seed: UInt64 = 9) -> [Rater] {
        var generator = RandomGenerator(seed: seed)
        return (0..<count).map { index in
            Rater(
                user: (0..<Self.d).map { _ in generator.normal() }, expected: 0.3 + 0.4 * generator.uniform(),
                isLiked: index % 3 != 0)
        }
    }

    private func evidence(_ raters: [Rater]) -> RatingEvidence {
        raters.reduce(into: RatingEvidence()) {
            $0.add(
                user: $1.user, expected: $1.expected, isLiked: $1.isLiked, certainty: $1.certainty)
        }
    }

    private let likelihood = FoldInLikelihood(likedFrom: 4, likedScale: 1.2, precision: 6, attraction: 0.7)

    /// The formula of the documentation, term by term in double precision.
    @Test(arguments: [1, 2, 7, 40], [Float(0.3), 1, 2.5])
    func thePosteriorIsThatOfItsDefinition(count: Int, scale: Float) {
        expectDefinition(count, scale, certainties: [1])
        expectDefinition(count, scale, certainties: [1, 0.25, 0])
    }

    private func expectDefinition(_ count: Int, _ scale: Float, certainties: [Float]) {
        var all = raters(count)
        for index in all.indices { all[index].certainty = certainties[index % certainties.count] }
        let model = foldIn(likelihood)
        let trace = Float((0..<Self.outputs).reduce(0) { $0 + Self.covariance[$1][$1] })
        var precision = Self.inverse(Self.covariance.map { $0.map { Double(scale) * $0 } })
        var right = [Double](repeating: 0, count: Self.outputs)
        let (tau, alpha) = (Double(likelihood.precision), Double(likelihood.attraction))
        let taste = prior.prefix(Self.d).reduce(0) { $0 + Double($1 * $1) }
        for rater in all {
            let x = rater.user.map(Double.init) + [1]
            let y = Double(rater.expected) * (rater.isLiked ? Double(likelihood.likedScale) : 1)
            var surprise = y - zip(x, prior).reduce(0) { $0 + $1.0 * Double($1.1) }
            if rater.certainty < 1 { surprise = rater.isLiked ? max(surprise, 0) : min(surprise, 0) }
            let omega = Double(rater.certainty), tau = tau / (1 + tau * (1 - omega) * taste)
            for i in 0..<Self.outputs {
                right[i] += tau * surprise * x[i]
                for j in 0..<Self.outputs { precision[i][j] += tau * x[i] * x[j] }
            }
            for i in 0..<Self.d {
                right[i] += alpha * x[i] - omega * alpha * alpha * Double(prior[i])
                precision[i][i] += omega * alpha * alpha
            }
        }
        let covariance = Self.inverse(precision)
        let expected = (0..<Self.outputs).map { i in
            Double(prior[i]) + (0..<Self.outputs).reduce(0) { $0 + covariance[i][$1] * right[$1] }
        }
        let found = model.posterior(mean: prior, variance: scale * trace, evidence(all))
        // The condition number of these systems is below 10³.
        for (value, wanted) in zip(found.mean, expected) { #expect(abs(Double(value) - wanted) < 2e-4) }
        let wanted = (0..<Self.outputs).reduce(0) { $0 + covariance[$1][$1] }
        #expect(abs(Double(found.variance) - wanted) < 2e-4 * wanted)
    }

    @Test func withoutRatingsContentSpeaksAlone() {
        let place = ItemFoldIn.Place(vector: [0.5, 0.25, -1], bias: 0.125, variance: 0.3)
        #expect(foldIn(likelihood, gain: 1.7).blend(place, RatingEvidence()) == place)
    }

    @Test func theOrderOfRatingsDoesNotMatterAndEachMakesSurer() {
        let all = raters(12), model = foldIn(likelihood)
        let place = ItemFoldIn.Place(vector: [0.2, -0.1, 0.3], bias: 0.15, variance: 0.4)
        let forth = model.blend(place, evidence(all)), back = model.blend(place, evidence(all.reversed()))
        for (a, b) in zip(forth.vector + [forth.bias], back.vector + [back.bias]) {
            #expect(abs(a - b) < 1e-5)
        }
        var before = place.variance
        for count in 1...12 {
            let after = model.blend(place, evidence(Array(all.prefix(count)))).variance
            #expect(after < before)
            before = after
        }
    }

    /// The bound of `ItemFoldIn`'s page, for raters of any length who expect anything, after any number of others.
    @Test(arguments: [0, 1, 10, 60])
    func oneRatingMovesAnItemNoFurtherThanItsBound(after others: Int) {
        let model = foldIn(likelihood), before = raters(others)
        let trace = Float((0..<Self.outputs).reduce(0) { $0 + Self.covariance[$1][$1] })
        let (tau, alpha) = (Double(likelihood.precision), Double(likelihood.attraction))
        // P after the others: what a move is measured in.
        var precision = Self.inverse(Self.covariance)
        for rater in before {
            let x = rater.user.map(Double.init) + [1]
            for i in 0..<Self.outputs {
                for j in 0..<Self.outputs { precision[i][j] += tau * x[i] * x[j] }
                if i < Self.d { precision[i][i] += alpha * alpha }
            }
        }
        func squared(_ matrix: [[Double]], _ vector: [Double]) -> Double {
            vector.indices.reduce(0) { sum, i in
                sum + vector.indices.reduce(0) { $0 + vector[i] * matrix[i][$1] * vector[$1] }
            }
        }
        let start = model.posterior(mean: prior, variance: trace, evidence(before)).mean.map(Double.init)
        let covariance = Self.inverse(precision)
        var generator = RandomGenerator(seed: 8), tightest = 0.0
        for index in 0..<200 {
            let length: Float = [0.1, 1, 10, 100][index % 4]
            let rater = Rater(
                user: (0..<Self.d).map { _ in length * generator.normal() },
                expected: 10 * generator.normal(), isLiked: index % 3 == 0)
            let end = model.posterior(mean: prior, variance: trace, evidence(before + [rater])).mean
            let move = zip(end, start).map { Double($0) - $1 }
            let x = rater.user.map(Double.init) + [1]
            let y = Double(rater.expected) * (rater.isLiked ? Double(likelihood.likedScale) : 1)
            let surprise = abs(y - zip(x, start).reduce(0) { $0 + $1.0 * $1.1 })
            let drawn = (0..<Self.d).map { x[$0] - alpha * start[$0] } + [0]
            let bound = tau.squareRoot() * surprise + alpha * squared(covariance, drawn).squareRoot()
            let moved = squared(precision, move).squareRoot()
            #expect(moved <= 1.02 * bound + 1e-3)
            tightest = max(tightest, moved / bound)
        }
        // A bound that nothing comes near would say nothing.
        #expect(tightest > 0.3)
    }

    /// Raters who say exactly what the item's true place makes them say.
    @Test func aPlantedPlaceIsFound() {
        let truth: [Float] = [-0.4, 0.5, 0.1, 0.6]
        let model = foldIn(FoldInLikelihood(likedFrom: 4, likedScale: 1, precision: 50, attraction: 0))
        let honest = raters(60).map { rater in
            Rater(
                user: rater.user, expected: zip(rater.user + [1], truth).reduce(0) { $0 + $1.0 * $1.1 },
                isLiked: true)
        }
        func error(_ count: Int) -> Float {
            let found = model.posterior(mean: prior, variance: 0.4, evidence(Array(honest.prefix(count))))
                .mean
            return zip(found, truth).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
        }
        #expect(error(3) < error(0) && error(10) < error(3) && error(60) < error(10))
        #expect(error(60) < 1e-3)
    }

    @Test func levelsAreMetWhereTheyAreKnownAndBetweenThem() {
        let levels = PlaceLevels(
            counts: [0, 1, 3], estimated: Matrix(rows: 3, columns: 2, elements: [0, 0, 1, 1, 3, 3]),
            actual: Matrix(rows: 3, columns: 2, elements: [0, 0, 0.5, 0, 1, 2]), gains: [2, 1.5, 1])
        #expect(levels.place([1, -1], count: 0) == [2, -2])
        #expect(levels.place([1, 3], count: 1) == [0.5, 3])
        #expect(levels.place([4, 3], count: 3) == [2, 2])
        #expect(levels.place([4, 3], count: 1000) == [2, 2])
        let between = levels.place([2, 2], count: 2)
        // log₂ 3 − 1 of the way from one rating to three.
        let share: Float = 0.5849625
        #expect(abs(between[0] - (0.5 + 0.5 * share + (1.5 - 0.5 * share) * (2 - (1 + 2 * share)))) < 1e-5)
    }

    @Test func anExamRevealsAtMostHalfAndAsksForTheRest() throws {
        var generator = RandomGenerator(seed: 3)
        var rows: [Interaction] = []
        for user in 0..<60 {
            for item in 0..<8 where generator.uniform() < Float(item + 1) / 8 {
                rows.append(Interaction(user: user, item: item, rating: Float(1 + generator.index(below: 5))))
            }
        }
        let matrix = try InteractionMatrix(userCount: 60, itemCount: 8, positiveThreshold: 3, rows: rows)
        let exam = WarmUpExam(matrix, items: Array(0..<8), using: &generator)
        for (item, revealed) in exam.revealed.enumerated() {
            let count = rows.count { $0.item == item }
            #expect(revealed.count == min(WarmUpExam.mostRevealed, count / 2))
            #expect(Set(revealed.map(\.user)).count == revealed.count)
            for rater in revealed {
                #expect(
                    rows.contains { $0.item == item && $0.user == rater.user && $0.rating == rater.rating })
            }
        }
        // An oracle that knows every hidden like ranks perfectly; revealed ones are not on the lists.
        var oracle = Matrix(rows: 8, columns: 61)
        var users = Matrix(rows: 60, columns: 60)
        for user in 0..<60 { users[user, user] = 1 }
        for row in rows where row.rating >= 3 { oracle[row.item, row.user] = 1 }
        let score = exam.score(oracle, users: users, pool: ThreadPool(threads: 1)).mean
        #expect(score.users > 30 && abs(score.ndcg20 - 1) < 1e-9 && abs(score.recall20 - 1) < 1e-9)
    }
}
