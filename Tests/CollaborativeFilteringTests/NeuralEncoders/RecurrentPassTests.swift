import CollaborativeFiltering
import FloatKernels
import NeuralNetwork
import Testing

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

@Suite("Gated recurrent unit, forward and back through time") struct RecurrentPassTests {
    private let layers: RecurrentLayers
    private let table: ParameterTable
    private let histories: OrderedHistories
    /// Items × d, behind the layers in one buffer.
    private let items = 6, d = 3, width = 5

    init() {
        var table = ParameterTable()
        layers = RecurrentLayers(dimensions: d, width: width, in: &table)
        self.table = table
        var generator = RandomGenerator(seed: 3)
        histories = OrderedHistories(
            histories: [4, 1, 3].map { length in
                (0..<length).map {
                    HistoryEntry(
                        item: generator.index(below: 6), rating: Float(generator.index(below: 2)),
                        timestamp: Int64($0 + 1))
                }
            }, likedFrom: 1)
    }

    private var ranges: [Range<Int>] { [0, 2, 1].map(histories.entries(ofUser:)) }

    /// Layers, then the items' vectors.
    private func parameters() -> [Float] {
        var generator = RandomGenerator(seed: 8)
        return (0..<table.count + items * d).map { _ in 0.5 * generator.normal() }
    }

    /// The outputs by the equations of the documentation, entry after entry of the histories.
    private func twin(_ p: [Double]) -> [[Double]] {
        var outputs: [[Double]] = []
        for user in 0..<3 {
            var h = [Double](repeating: 0, count: width)
            for place in histories.entries(ofUser: user) {
                let item = table.count + Int(histories.items[place]) * d
                let block = histories.isLiked[place] ? 0 : d
                func a(_ k: Int) -> Double {
                    (0..<d).reduce(p[layers.input.bias + k]) {
                        $0 + p[item + $1] * p[layers.input.weights + (block + $1) * 3 * width + k]
                    }
                }
                func g(_ k: Int) -> Double {
                    (0..<width).reduce(p[layers.recurrent.bias + k]) {
                        $0 + h[$1] * p[layers.recurrent.weights + $1 * 3 * width + k]
                    }
                }
                h = (0..<width).map { k in
                    let z = 1 / (1 + exp(-a(k) - g(k)))
                    let r = 1 / (1 + exp(-a(width + k) - g(width + k)))
                    return (1 - z) * tanh(a(2 * width + k) + r * g(2 * width + k)) + z * h[k]
                }
                outputs.append(
                    (0..<d).map { k in
                        (0..<width).reduce(p[layers.output.bias + k]) {
                            $0 + h[$1] * p[layers.output.weights + $1 * d + k]
                        }
                    })
            }
        }
        return outputs
    }

    /// The outputs in chunks of `chunk` steps, entry after entry of the histories.
    private func outputs(_ p: [Float], chunk: Int) -> [[Float]] {
        var outputs = [[Float]](repeating: [], count: histories.items.count)
        let pass = RecurrentPass(layers)
        pass.start(users: 3)
        p.withUnsafeBufferPointer { p in
            guard let p = p.baseAddress else { return }
            for start in stride(from: 0, to: 4, by: chunk) {
                let steps = PackedSteps(histories, ranges, steps: start..<start + chunk)
                let rows = pass.forward(steps, vectors: p + table.count, p)
                for (row, place) in steps.places.enumerated() {
                    outputs[place] = (0..<d).map { rows[row * d + $0] }
                }
                pass.carry(steps)
            }
        }
        return outputs
    }

    @Test(arguments: [1, 2, 3, 4])
    func stepsInChunksAreTheEquations(chunk: Int) {
        let expected = twin(parameters().map(Double.init))
        for (row, twin) in zip(outputs(parameters(), chunk: chunk), expected) {
            #expect(row.count == d)
            for (a, b) in zip(row, twin) { #expect(abs(Double(a) - b) < 1e-5) }
        }
    }

    @Test func theGradientGoesBackThroughTime() {
        let p = parameters()
        var generator = RandomGenerator(seed: 12)
        let weights = histories.items.map { _ in (0..<d).map { _ in generator.normal() } }
        func objective(_ p: [Double]) -> Double {
            zip(weights, twin(p)).reduce(0) { sum, row in
                zip(row.0, row.1).reduce(sum) { $0 + Double($1.0) * $1.1 }
            }
        }
        var gradient = [Float](repeating: 0, count: p.count)
        let steps = PackedSteps(histories, ranges, steps: 0..<4)
        let pass = RecurrentPass(layers)
        pass.start(users: 3)
        p.withUnsafeBufferPointer { p in
            gradient.withUnsafeMutableBufferPointer { gradient in
                guard let p = p.baseAddress, let gradient = gradient.baseAddress else { return }
                _ = pass.forward(steps, vectors: p + table.count, p)
                let outer = steps.places.flatMap { weights[$0] }
                pass.backward(
                    steps, outputGradient: outer, p, gradient: gradient,
                    vectorGradient: gradient + table.count)
            }
        }
        for index in p.indices {
            var (up, down) = (p.map(Double.init), p.map(Double.init))
            up[index] += 1e-5
            down[index] -= 1e-5
            let slope = (objective(up) - objective(down)) / 2e-5
            #expect(abs(Double(gradient[index]) - slope) < 2e-5 * (1 + abs(slope)), "parameter \(index)")
        }
    }
}
