import Diagnostics
import FloatKernels
import NeuralNetwork
import Testing

@Suite("A whole network: towers, gates, concatenation, head")
struct NetworkTests {
    let tower = TwoTowerNetwork()

    @Test func forwardIsTheTwin() {
        let examples = TwoTowerExamples(tower)
        let parameters = ParameterStore(tower.network.table, seed: 4)
        let pool = ThreadPool(threads: 2)
        let outputs = BatchPredictor(tower.network, parameters, pool: pool).outputs(examples)
        let predictor = Predictor(tower.network, parameters)
        for example in 0..<examples.count {
            let wanted = twin(examples, example, parameters.values.map(Double.init))
            // Four layers of at most 31 products of numbers of the order of one.
            for (j, value) in wanted.enumerated() {
                #expect(abs(Double(outputs[example, j]) - value) < 4 * 31 * 0x1p-22)
            }
            var generator = RandomGenerator(seed: 0)
            let single = predictor.output { examples.load(example, into: $0, using: &generator) }
            #expect(zip(single, wanted).allSatisfy { abs(Double($0) - $1) < 4 * 31 * 0x1p-22 })
        }
    }

    /// Every derivative of the weighted, partly unknown loss, against central differences of the twin.
    @Test func backwardIsTheDerivativeOfTheTwin() {
        let examples = TwoTowerExamples(tower)
        let parameters = ParameterStore(tower.network.table, seed: 4)
        let loss = MeanSquaredError(outputWeights: [1, 3])
        let (value, gradient) = tower.network.gradient(of: loss, on: examples, parameters)
        func twinLoss(_ p: [Double]) -> Double {
            (0..<examples.count).reduce(0.0) { sum, example in
                let outputs = twin(examples, example, p)
                let parts = (0..<2).map { j in
                    let target = Double(examples.targets[example][j])
                    return target.isNaN ? 0 : (outputs[j] - target) * (outputs[j] - target) * [1, 3][j] / 2
                }
                return sum + parts.reduce(0, +) * (example == 0 ? 2 : 1) / Double(examples.count)
            }
        }
        let p = parameters.values.map(Double.init)
        #expect(abs(twinLoss(p) - value) < 1e-5 * value)
        var unused = 0
        for index in p.indices {
            var up = p, down = p
            up[index] += 1e-6
            down[index] -= 1e-6
            let wanted = (twinLoss(up) - twinLoss(down)) / 2e-6
            #expect(abs(Double(gradient[index]) - wanted) < 1e-4 * max(1, abs(wanted)), "parameter \(index)")
            if gradient[index] == 0 { unused += 1 }
        }
        #expect(unused < p.count / 2)
    }

    @Test func parametersComeBackFromAFile() throws {
        let folder = try TemporaryFolder()
        let parameters = ParameterStore(tower.network.table, seed: 4)
        var writer = TensorFileWriter()
        parameters.save(to: &writer, prefix: "towers.")
        try writer.write(to: folder.path("model"))
        let file = try TensorFile(path: folder.path("model"))
        #expect(try ParameterStore(tower.network.table, from: file, prefix: "towers.") == parameters)
        let error = #expect(throws: Diagnostic.self) {
            _ = try ParameterStore(tower.network.table, from: file)
        }
        #expect(error?.code == "model.tensor")
    }

    @Test func aMissingInputIsTheSameAsNone() {
        let parameters = ParameterStore(tower.network.table, seed: 4)
        let predictor = Predictor(tower.network, parameters)
        let before = predictor.output { $0.setFloats(tower.vector, [1, 2, 3]) }
        _ = predictor.output { $0.setFloats(tower.poster) { $0.update(repeating: 1) } }
        #expect(predictor.output { $0.setFloats(tower.vector, [1, 2, 3]) } == before)
    }

    private func twin(_ examples: TwoTowerExamples, _ example: Int, _ parameters: [Double]) -> [Double] {
        tower.twin(
            parameters, poster: examples.posters[example]?.map(Double.init), words: examples.words[example],
            vector: examples.vectors[example].map(Double.init))
    }
}
