import FloatKernels

/// Sets values to zero at random while training and scales the others so that the expectation stays (Srivastava et
/// al. 2014, inverted); passes everything on otherwise.
public struct Dropout: Layer {
    /// Extents of one sample's input.
    public let inputShape: [Int]
    /// Extents of one sample's output.
    public var outputShape: [Int] { inputShape }
    /// The probability that a value becomes zero, in [0, 1).
    public let probability: Float

    /// Values of that shape, dropped with that probability.
    public init(inputShape: [Int], probability: Float) {
        precondition((0..<1).contains(probability), "a probability of dropping lies in [0, 1)")
        self.inputShape = inputShape
        self.probability = probability
    }

    /// Output from input; `Layer` says what is what.
    public func forward(
        _ input: UnsafePointer<Float>, into output: UnsafeMutablePointer<Float>, _ pass: LayerPass
    ) {
        output.update(repeating: 0, count: pass.count * inputCount)
        addKept(of: input, to: output, pass)
    }

    /// The derivative of `forward`; adds to the gradients.
    public func backward(
        _ input: UnsafePointer<Float>, output: UnsafePointer<Float>, outputGradient: UnsafePointer<Float>,
        addingTo inputGradient: UnsafeMutablePointer<Float>?,
        parameterGradient: UnsafeMutablePointer<Float>, _ pass: LayerPass
    ) {
        if let inputGradient { addKept(of: outputGradient, to: inputGradient, pass) }
    }

    private func addKept(
        of source: UnsafePointer<Float>, to target: UnsafeMutablePointer<Float>, _ pass: LayerPass
    ) {
        let count = inputCount
        guard let key = pass.dropout, probability > 0 else {
            return addScaled(source, by: 1, to: target, count: pass.count * count)
        }
        let scale = 1 / (1 - probability)
        for sample in 0..<pass.count {
            var generator = key.generator(sample: sample)
            for i in sample * count..<(sample + 1) * count where generator.uniform() >= probability {
                target[i] += scale * source[i]
            }
        }
    }
}
