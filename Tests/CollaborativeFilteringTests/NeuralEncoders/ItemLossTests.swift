import CollaborativeFiltering
import FloatKernels
import Testing

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

@Suite("Softmax over items") struct ItemLossTests {
    private let items = 21, d = 4, rows = 3
    private let targets: SoftmaxTargets
    /// Users, vectors, biases, in one list.
    private let values: [Float]

    init() {
        var generator = RandomGenerator(seed: 2)
        values = (0..<rows * d + items * (d + 1)).map { _ in generator.normal() }
        var targets = SoftmaxTargets()
        targets.add(3, weight: 1)
        targets.add(20, weight: 0.5)
        targets.endRow(seen: [1, 2, 5])
        // Nothing is asked for.
        targets.endRow(seen: [7])
        targets.add(0, weight: 2)
        targets.endRow(seen: [Int32]())
        self.targets = targets
    }

    private func scores(_ p: [Double], row: Int) -> [Double] {
        (0..<items).map { item in
            (0..<d).reduce(p[rows * d + items * d + item]) {
                $0 + p[row * d + $1] * p[rows * d + item * d + $1]
            }
        }
    }

    private static let seen: [[Int]] = [[1, 2, 5], [7], []]
    private static let wanted: [[(item: Int, weight: Double)]] = [[(3, 1), (20, 0.5)], [], [(0, 2)]]

    /// ln Z of a row.
    private func normaliser(_ scores: [Double], row: Int) -> Double {
        log(scores.indices.filter { !Self.seen[row].contains($0) }.reduce(0) { $0 + exp(scores[$1]) })
    }

    private func loss(_ p: [Double]) -> Double {
        (0..<rows).reduce(0) { sum, row in
            let scores = scores(p, row: row)
            return Self.wanted[row].reduce(sum) {
                $0 + $1.weight * (normaliser(scores, row: row) - scores[$1.item])
            }
        }
    }

    private func run(
        _ loss: any ItemLoss, _ values: [Float], scale: Float, seed: UInt64 = 1
    ) -> (loss: Double, gradient: [Float]) {
        var (values, gradient) = (values, [Float](repeating: 0, count: values.count))
        var generator = RandomGenerator(seed: seed)
        var sum = 0.0
        values.withUnsafeMutableBufferPointer { values in
            gradient.withUnsafeMutableBufferPointer { gradient in
                guard let values = values.baseAddress, let gradient = gradient.baseAddress else { return }
                func table(_ start: UnsafeMutablePointer<Float>) -> ItemPointers {
                    ItemPointers(vectors: start + rows * d, biases: start + rows * d + items * d)
                }
                sum = loss.run(
                    table(values), users: values, targets, scale: scale, tableGradient: table(gradient),
                    into: gradient, using: &generator)
            }
        }
        return (sum, gradient)
    }

    @Test func lossAndGradientOverAllItemsAreThoseOfTheDefinition() {
        let result = run(ItemSoftmax(itemCount: items, dimensions: d), values, scale: 0.5)
        let p = values.map(Double.init)
        #expect(abs(result.loss - loss(p)) < 1e-5)
        for index in p.indices {
            var (up, down) = (p, p)
            up[index] += 1e-5
            down[index] -= 1e-5
            #expect(abs(Double(result.gradient[index]) - 0.5 * (loss(up) - loss(down)) / 2e-5) < 2e-6)
        }
    }

    private var draw: ItemDraw { ItemDraw(counts: (0..<items).map { $0 * $0 }) }

    @Test func aSampleEstimatesTheSumWithoutBias() {
        let p = values.map(Double.init), exact = exp(normaliser(scores(p, row: 2), row: 2))
        var only = SoftmaxTargets()
        only.add(0, weight: 1)
        only.endRow(seen: [Int32]())
        let softmax = SampledSoftmax(draw, dimensions: d, count: 8)
        var estimates: [Double] = []
        var generator = RandomGenerator(seed: 5)
        // Row 2 alone, behind the others.
        var own = Array(values[2 * d..<3 * d]) + values[(rows * d)...], gradient = own
        let score = scores(p, row: 2)[0]
        for _ in 0..<20_000 {
            own.withUnsafeMutableBufferPointer { own in
                gradient.withUnsafeMutableBufferPointer { gradient in
                    guard let own = own.baseAddress, let gradient = gradient.baseAddress else { return }
                    let loss = softmax.run(
                        ItemPointers(vectors: own + d, biases: own + d + items * d), users: own, only,
                        scale: 1,
                        tableGradient: ItemPointers(vectors: gradient + d, biases: gradient + d + items * d),
                        into: gradient, using: &generator)
                    estimates.append(exp(loss + score))
                }
            }
        }
        let count = Double(estimates.count), mean = estimates.reduce(0, +) / count
        let variance = estimates.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
        #expect(variance > 0)
        #expect(abs(mean - exact) < 4 * (variance / count).squareRoot(), "\(mean) for \(exact)")
    }

    @Test func theGradientOfASampleIsThatOfItsLoss() {
        let softmax = SampledSoftmax(draw, dimensions: d, count: 16)
        let gradient = run(softmax, values, scale: 1).gradient
        for index in values.indices {
            var (up, down) = (values, values)
            up[index] += 4e-3
            down[index] -= 4e-3
            let slope = (run(softmax, up, scale: 1).loss - run(softmax, down, scale: 1).loss) / 8e-3
            // Losses of about 10 in Float, and the third derivative.
            #expect(abs(Double(gradient[index]) - slope) < 1e-3, "value \(index)")
        }
    }

    @Test func drawsFollowTheirProbabilities() {
        var generator = RandomGenerator(seed: 4)
        var counts = [Int](repeating: 0, count: items)
        for _ in 0..<100_000 { counts[draw.item(using: &generator)] += 1 }
        for item in 0..<items {
            let expected = 100_000 * draw.probability(of: item)
            #expect(abs(Float(counts[item]) - expected) < 5 * expected.squareRoot() + 1)
        }
    }
}
