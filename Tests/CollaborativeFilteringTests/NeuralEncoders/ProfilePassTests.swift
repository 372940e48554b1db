import CollaborativeFiltering
import FloatKernels
import NeuralNetwork
import Testing

@Suite("Profile network: inputs, forward and backward") struct ProfilePassTests {
    private let d = 3, items = 7, width = 6
    private let layers: ProfileLayers
    private let table: ParameterTable
    private var users = ProfileRows()

    init() {
        var table = ParameterTable()
        layers = ProfileLayers(dimensions: d, width: width, codes: 5, fields: 2, in: &table)
        self.table = table
        users.append(
            items: [4, 1, 6], isLiked: [true, false, true], timed: 2,
            attributes: [(field: 0, code: 1, weight: 1), (field: 1, code: 4, weight: 1)])
        users.append(
            items: [2, 5], isLiked: [true, true], timed: 0,
            attributes: [(field: 0, code: 0, weight: 0.5), (field: 0, code: 2, weight: 0.5)])
        users.append(items: [], isLiked: [], timed: 0, attributes: [])
    }

    /// Layers, then the items' vectors.
    private func parameters() -> [Float] {
        var generator = RandomGenerator(seed: 8)
        return (0..<table.count + items * d).map { _ in 0.5 * generator.normal() }
    }

    /// The outputs by the equations of the documentation, from what the rows say is read.
    private func twin(_ p: [Double]) -> [[Double]] {
        (0..<users.count).map { user in
            var x = [Double](repeating: 0, count: layers.inputs)
            for pool in 0..<ProfileRows.pools {
                let place = user * ProfileRows.pools + pool
                for entry in users.starts[place]..<users.starts[place + 1] {
                    for i in 0..<d {
                        x[pool * d + i] +=
                            Double(users.weights[entry]) * p[table.count + Int(users.items[entry]) * d + i]
                    }
                }
            }
            let extents = ProfileLayers.extentLength, length = ProfileLayers.embeddingLength
            for i in 0..<extents { x[ProfileRows.pools * d + i] = Double(users.extents[user * extents + i]) }
            for value in users.codes[users.codeStarts[user]..<users.codeStarts[user + 1]] {
                for i in 0..<length {
                    x[layers.attributeStart + value.field * length + i] +=
                        Double(value.weight) * p[layers.embeddings + value.code * length + i]
                }
            }
            func apply(_ layer: DenseLayer, _ x: [Double]) -> [Double] {
                (0..<layer.outputs).map { k in
                    x.indices.reduce(p[layer.bias + k]) {
                        $0 + x[$1] * p[layer.weights + $1 * layer.outputs + k]
                    }
                }
            }
            let hidden = apply(layers.hidden, x).map { max(0, $0) }
            return zip(apply(layers.output, hidden), apply(layers.around, x)).map { $0 + $1 }
        }
    }

    @Test func outputsAndGradientAreThoseOfTheEquations() {
        let p = parameters()
        var generator = RandomGenerator(seed: 12)
        let weights = (0..<users.count * d).map { _ in generator.normal() }
        func objective(_ p: [Double]) -> Double {
            zip(weights, twin(p).flatMap(\.self)).reduce(0) { $0 + Double($1.0) * $1.1 }
        }
        var gradient = [Float](repeating: 0, count: p.count), outputs: [Float] = []
        let pass = ProfilePass(layers)
        p.withUnsafeBufferPointer { p in
            gradient.withUnsafeMutableBufferPointer { gradient in
                guard let p = p.baseAddress, let gradient = gradient.baseAddress else { return }
                let rows = pass.forward(
                    users, vectors: p + table.count, p, dropout: (0, RandomGenerator(seed: 1)))
                outputs = (0..<users.count * d).map { rows[$0] }
                pass.backward(
                    users, outputGradient: weights, p, gradient: gradient,
                    vectorGradient: gradient + table.count)
            }
        }
        for (a, b) in zip(outputs, twin(p.map(Double.init)).flatMap(\.self)) {
            #expect(abs(Double(a) - b) < 1e-5)
        }
        for index in p.indices {
            var (up, down) = (p.map(Double.init), p.map(Double.init))
            up[index] += 1e-5
            down[index] -= 1e-5
            let slope = (objective(up) - objective(down)) / 2e-5
            #expect(abs(Double(gradient[index]) - slope) < 2e-5 * (1 + abs(slope)), "parameter \(index)")
        }
    }

    @Test func poolsTellLikesAndLateRatings() {
        func pool(_ user: Int, _ number: Int) -> [Int32: Float] {
            let place = user * ProfileRows.pools + number
            return Dictionary(
                uniqueKeysWithValues: (users.starts[place]..<users.starts[place + 1]).map {
                    (users.items[$0], users.weights[$0])
                })
        }
        #expect(Set(pool(0, 0).keys) == [4, 6] && Set(pool(0, 1).keys) == [1])
        // Item 4 has no time; item 6 came after item 1.
        #expect(Set(pool(0, 2).keys) == [1, 6])
        #expect(pool(0, 2)[6] ?? 0 > 1.5 * (pool(0, 2)[1] ?? 1))
        // Without times all ratings are as late.
        #expect(pool(1, 2)[2] == pool(1, 2)[5] && pool(1, 3).count == 2)
        for number in 0..<ProfileRows.pools where !pool(0, number).isEmpty {
            #expect(abs(pool(0, number).values.reduce(0) { $0 + $1 * $1 } - 1) < 1e-6)
        }
    }

    @Test(arguments: [0, 1] as [Float])
    func nothingIsBothShownAndAskedFor(futureShare: Float) {
        let histories = OrderedHistories(
            histories: [
                (0..<12).map {
                    HistoryEntry(item: $0, rating: Float($0 % 2), timestamp: $0 < 4 ? nil : Int64($0))
                }
            ], likedFrom: 1)
        let settings = ProfileExample.Settings(
            futureShare: futureShare, window: 3, fading: 0.5, mostHidden: 0.5, otherWeight: 0.25)
        var generator = RandomGenerator(seed: 1)
        var sizes = Set<Int>()
        for _ in 0..<200 {
            let example = ProfileExample(histories, user: 0, settings, using: &generator)
            #expect(!example.wanted.isEmpty)
            sizes.insert(example.items.count)
            let wanted = example.wanted.map { histories.items[$0.place] }
            #expect(Set(wanted).isDisjoint(with: example.items))
            #expect(example.timed == example.items.count { $0 >= 4 })
            for (place, weight) in example.wanted where futureShare == 0 {
                #expect(weight == (histories.isLiked[place] ? 1 : 0.25))
            }
            guard futureShare == 1 else { continue }
            #expect(wanted.count <= 3 && (example.items.max() ?? -1) < (wanted.min() ?? 0))
        }
        #expect(sizes.count > 5)
    }
}
