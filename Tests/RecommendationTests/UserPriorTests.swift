import CollaborativeFiltering
import Diagnostics
import FloatKernels
import Foundation
import NeuralNetwork
import Recommendation
import Testing

@Suite("New users: from their attributes to their ratings") struct UserPriorTests {
    private let pool = ThreadPool(threads: 2)
    private static let countries = ["A", "B", "C", "D"]

    /// A world in which people like what their country likes, items going round by country, and old people what the young
    /// do not. Of 400 users the first 300 are trained on.
    private struct World {
        var profiles: [[String: String]] = []
        var histories: [[HistoryEntry]] = []

        init() {
            var generator = RandomGenerator(seed: 17)
            for user in 0..<400 {
                let (country, age) = (generator.index(below: 4), 18 + generator.index(below: 60))
                profiles.append([
                    "country": countries[country], "age": "\(age)", "shoe": "\(generator.index(below: 9))",
                    "member": "m\(user)",
                ])
                histories.append(
                    (0..<80).compactMap { item in
                        let isTheirs = item % 4 == country, isForOld = item < 40
                        let chance: Float = (isTheirs ? 0.5 : 0.08) * (isForOld == (age > 48) ? 1.4 : 0.6)
                        return generator.uniform() < chance ? HistoryEntry(item: item, rating: 5) : nil
                    })
            }
        }

        func matrix(_ users: Range<Int>) throws -> InteractionMatrix {
            try InteractionMatrix(
                userCount: users.count, itemCount: 80, positiveThreshold: 4,
                rows: users.flatMap { user in
                    histories[user].map {
                        Interaction(user: user - users.lowerBound, item: $0.item, rating: $0.rating)
                    }
                })
        }
    }

    private var model: ImplicitALS {
        var model = ImplicitALS()
        (model.dimensions, model.epochs) = (8, 8)
        return model
    }

    private func train(
        _ profiles: [[String: String]], _ training: InteractionMatrix
    ) throws -> (space: CollaborativeSpace, prior: UserPrior, report: ProfileReport?) {
        let space = try model.fit(training, seed: 1, pool: pool, monitor: .silent)
        let (prior, report) = try UserPriorTrainer(space: space, profiles: profiles, pool: pool).train {
            try PriorStrengthSearch(
                model, .init(interactions: training), profiles: profiles, seed: 1, pool: pool
            ).strength($0)
        }
        return (space, prior, report)
    }

    @Test func attributesThatDecideTasteAreFound() throws {
        let world = World()
        let known = Array(world.profiles.prefix(300))
        let (space, prior, report) = try train(known, world.matrix(0..<300))
        let columns = try #require(report).columns
        #expect(columns.map(\.name).prefix(2) == ["country", "age"])
        #expect(columns[0].alone > 0.15 && columns[1].alone > 0.05)
        #expect(columns.filter { ["member", "shoe"].contains($0.name) }.allSatisfy { abs($0.alone) < 0.01 })
        // Newcomers get what their country likes, and what their age does, before they rate anything.
        var hits = 0
        for profile in world.profiles.dropFirst(300) {
            let scores = space.items.scores(userVector: prior.taste(of: profile).mean)
            let best = scores.indices.max { scores[$0] < scores[$1] } ?? 0
            let age = try #require(profile["age"].flatMap(Int.init))
            if Self.countries[best % 4] == profile["country"], (best < 40) == (age > 48) { hits += 1 }
        }
        #expect(hits > 85)
    }

    @Test func attributesThatSayNothingGiveNothing() throws {
        let world = World()
        let noise = world.profiles.map { profile in profile.filter { ["shoe", "member"].contains($0.key) } }
        let (_, prior, report) = try train(Array(noise.prefix(300)), world.matrix(0..<300))
        #expect(abs(try #require(report).explained) < 0.01)
        // In the gauge a user's squared length is d on average.
        let lengths = noise.map { prior.taste(of: $0).mean.reduce(0) { $0 + $1 * $1 } }
        #expect(lengths.reduce(0, +) / Float(lengths.count) < 0.01 * 8)
        #expect(prior.taste(of: ["unheard": "of"]).mean == [Float](repeating: 0, count: 8))
    }

    @Test func withoutAttributesThereIsNoReportAndTheCentre() throws {
        let training = try World().matrix(0..<300)
        let (_, prior, report) = try train([[String: String]](repeating: [:], count: 300), training)
        #expect(report == nil)
        #expect(prior.taste(of: ["country": "A"]).mean == [Float](repeating: 0, count: 8))
    }

    /// Two people of different profiles who rate alike come nearer to one another with every rating, and in the end to where
    /// the ratings alone put them.
    @Test func manyRatingsSpeakAlone() throws {
        let world = World()
        let (space, prior, _) = try train(Array(world.profiles.prefix(300)), world.matrix(0..<300))
        let history = (0..<80).map { HistoryEntry(item: $0, rating: $0 % 4 == 1 ? 5 : 1) }
        let one = prior.taste(of: ["country": "A", "age": "60"]), other = prior.taste(of: ["country": "B"])
        func distance(_ a: [Float], _ b: [Float]) -> Float {
            zip(a, b).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
        }
        func apart(_ count: Int) -> Float {
            let entries = Array(history.prefix(count))
            return distance(
                space.vector(of: .init(history: entries), prior: one),
                space.vector(of: .init(history: entries), prior: other))
        }
        #expect(apart(0) == distance(one.mean, other.mean))
        for (fewer, more) in [(0, 1), (1, 5), (5, 20), (20, 80)] { #expect(apart(more) < apart(fewer)) }
        #expect(apart(80) < 0.25 * apart(0))
        var patient = one
        patient.strength.halfway *= 1e-4
        #expect(
            distance(
                space.vector(of: .init(history: history), prior: patient),
                space.vector(of: .init(history: history))) < 0.01)
    }

    /// The closed form against a regression that never saw the user.
    @Test func leavingOutInClosedFormIsLeavingOut() {
        var generator = RandomGenerator(seed: 8)
        let rows = (0..<25).map { _ in [generator.index(below: 3), 3 + generator.index(below: 4)] }
        let outputs = Matrix(rows: 25, columns: 2, elements: (0..<50).map { _ in generator.normal() })
        func design(_ users: [Int]) -> CompressedRows {
            CompressedRows(
                rows: users.count, columns: 7,
                rowStarts: Array(stride(from: 0, through: 2 * users.count, by: 2)),
                columnIndices: users.flatMap { rows[$0].map(Int32.init) },
                values: users.flatMap { [Float(1), 0.5 + Float($0 % 2)] })
        }
        let penalties: [Float?] = [2, 2, 2, 5, 5, nil, 5]
        let all = ProfileRegression(design(Array(0..<25)), outputs: outputs).fit(penalties, pool: pool)
        for user in 0..<25 {
            let others = (0..<25).filter { $0 != user }
            let fit = ProfileRegression(design(others), outputs: outputs.selectingRows(others))
                .fit(penalties, pool: pool)
            for output in 0..<2 {
                let predicted =
                    fit.coefficients[rows[user][0], output]
                    + (0.5 + Float(user % 2)) * fit.coefficients[rows[user][1], output]
                #expect(abs(all.leftOut[user, output] - predicted) < 1e-4)
            }
        }
    }

    /// Writes a model file with what `add` puts into it, and opens it.
    private func file(_ add: (inout TensorFileWriter) -> Void) throws -> TensorFile {
        let path = FileManager.default.temporaryDirectory
            .appendingPathComponent("coldstart-prior-\(UUID().uuidString).safetensors").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        var writer = TensorFileWriter()
        writer.add("x", shape: [1], floats: [1])
        add(&writer)
        try writer.write(to: path)
        return try TensorFile(path: path)
    }

    @Test func aModelFileKeepsItAndAnOlderOneHasNone() throws {
        let world = World()
        let (_, prior, _) = try train(Array(world.profiles.prefix(300)), world.matrix(0..<300))
        #expect(try UserPrior(from: file(prior.write), dimensions: 8) == prior)
        #expect(try UserPrior(from: file { _ in }, dimensions: 8) == nil)
        let (_, empty, _) = try train([[String: String]](repeating: [:], count: 300), world.matrix(0..<300))
        #expect(try UserPrior(from: file(empty.write), dimensions: 8) == empty)
        #expect(throws: Diagnostic.self) { try UserPrior(from: file(prior.write), dimensions: 9) }
    }

    @Test(arguments: ["strength", "widths", "coefficients", "values", "knots"])
    func aDamagedFileIsRefused(part: String) throws {
        func damaged(_ name: String) throws -> UserPrior? {
            let file = try file { file in
                file.add("profile.strength", shape: [2], floats: name == "strength" ? [.nan, 1] : [50, 0.5])
                file.add("profile.columns", strings: ["country", "age"])
                file.add("profile.widths", shape: [2], int32s: name == "widths" ? [2, 3] : [2, 2])
                file.add("profile.numeric", bytes: [0, 1])
                file.add(
                    "profile.features",
                    strings: ["A", name == "values" ? "A" : "B", "18", name == "knots" ? "17" : "60"])
                file.add(
                    "profile.coefficients",
                    matrix: Matrix(rows: name == "coefficients" ? 3 : 4, columns: 2, repeating: 0.5))
            }
            return try UserPrior(from: file, dimensions: 2)
        }
        let sound = try #require(try damaged("nothing"))
        // Half of each of two knots, and the whole of a country.
        #expect(sound.taste(of: ["country": "B", "age": "39"]).mean == [1, 1])
        let error = #expect(throws: Diagnostic.self) { try damaged(part) }
        #expect(error?.code == "model.inconsistent")
    }
}
