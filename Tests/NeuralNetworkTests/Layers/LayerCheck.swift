import FloatKernels
import NeuralNetwork
import Testing

/// Runs a layer and its naive twin on the same values: forward must agree, and backward must be the
/// derivative of the twin by central differences in double precision.
struct LayerCheck {
    var layer: any Layer
    var count = 3
    var lengths: [Int32]?
    var dropout: DropoutKey?
    /// Most products that any result, forward or backward, sums up.
    var terms: Int
    /// One sample's output from its input, its number, and all parameters.
    var twin: (_ input: [Double], _ sample: Int, _ parameters: [Double]) -> [Double]

    func run() {
        var generator = RandomGenerator(seed: 3)
        let inputs = layer.inputShape.reduce(1, *), outputs = layer.outputShape.reduce(1, *)
        let parameterCount = layer.parameters.map(\.count).reduce(0, +)
        // Distinct values at least 2/count apart: no ties, and none near zero.
        var input = (0..<count * inputs).map { (Float($0) + 0.25) / Float(count * inputs) * 2 - 1 }
        generator.shuffle(&input)
        let parameters = (0..<parameterCount).map { _ in generator.uniform() * 2 - 1 }
        let outputGradient = (0..<count * outputs).map { _ in generator.uniform() * 2 - 1 }

        let (output, inputGradient, parameterGradient) = evaluate(input, parameters, outputGradient)
        // A sum of n products of numbers below one is wrong by n²ε at most; one more for what is added to it.
        let bound = Double((terms + 2) * (terms + 2)) * 0x1p-24
        let x = input.map(Double.init), p = parameters.map(Double.init)
        func wanted(_ x: [Double], _ p: [Double]) -> [Double] {
            (0..<count).flatMap { twin(Array(x[$0 * inputs..<($0 + 1) * inputs]), $0, p) }
        }
        func loss(_ x: [Double], _ p: [Double]) -> Double {
            zip(wanted(x, p), outputGradient).reduce(0) { $0 + $1.0 * Double($1.1) }
        }
        expectEqual(output, wanted(x, p), bound, "forward")
        expectEqual(inputGradient, differences(x) { loss($0, p) }, bound + 1e-6, "input gradient")
        expectEqual(parameterGradient, differences(p) { loss(x, $0) }, bound + 1e-6, "parameter gradient")
    }

    /// Output and gradients, each computed between fences; gradients are added to ones, as layers must add.
    private func evaluate(
        _ input: [Float], _ parameters: [Float], _ outputGradient: [Float]
    ) -> (output: [Float], inputGradient: [Float], parameterGradient: [Float]) {
        let output = Fenced(outputGradient.count, repeating: .nan)
        let inputGradient = Fenced(input.count, repeating: 1)
        let parameterGradient = Fenced(parameters.count, repeating: 1)
        let scratch = Fenced(layer.scratchCount, repeating: .nan)
        let stored = Fenced(parameters.count, repeating: 0)
        let trace = Fenced(count * layer.traceCount, repeating: .nan)
        let packed = Fenced(layer.packedCount(training: true), repeating: .nan)
        for (i, value) in parameters.enumerated() { stored.start[i] = value }
        layer.pack(stored.start, training: true, into: packed.start)
        (lengths ?? [0]).withUnsafeBufferPointer { buffer in
            let pass = LayerPass(
                count: count, parameters: stored.start, packed: packed.start, scratch: scratch.start,
                trace: trace.start,
                lengths: lengths == nil ? nil : buffer.baseAddress, dropout: dropout)
            layer.forward(input, into: output.start, pass)
            layer.backward(
                input, output: output.start, outputGradient: outputGradient,
                addingTo: inputGradient.start, parameterGradient: parameterGradient.start, pass)
        }
        _ = (scratch.checked(), trace.checked(), packed.checked())
        #expect(stored.checked() == parameters, "a layer changed its parameters")
        return (
            output.checked(), inputGradient.checked().map { $0 - 1 },
            parameterGradient.checked().map { $0 - 1 }
        )
    }

    private func differences(_ x: [Double], _ loss: ([Double]) -> Double) -> [Double] {
        // Smaller than the spacing of the inputs, so that no maximum changes place and no unit its side.
        let h = 1e-6
        return x.indices.map { index in
            var up = x, down = x
            up[index] += h
            down[index] -= h
            return (loss(up) - loss(down)) / (2 * h)
        }
    }

    private func expectEqual(_ found: [Float], _ wanted: [Double], _ bound: Double, _ what: Comment) {
        #expect(found.count == wanted.count, what)
        let worst = zip(found, wanted).map { abs(Double($0) - $1) }.reduce(0) {
            $1.isNaN || $1 > $0 ? $1 : $0
        }
        #expect(worst <= bound, what)
    }
}
