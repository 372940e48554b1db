import FloatKernels

/// Fully connected: N×(any shape, flattened to I) to N×O; `weights` I×O, `bias` O.
///
/// Sample by sample, as networks run: there is too little to reuse for a matrix product to pay for its packing.
public struct Linear: Layer {
    /// Extents of one sample's input.
    public let inputShape: [Int]
    /// Extents of one sample's output.
    public let outputShape: [Int]
    private let inputs: Int, outputs: Int

    /// All values of `inputShape` to each of the outputs.
    public init(inputShape: [Int], outputs: Int) {
        precondition(outputs > 0)
        self.inputShape = inputShape
        self.outputs = outputs
        inputs = inputShape.reduce(1, *)
        outputShape = [outputs]
    }

    /// `weights` I×O, `bias` O.
    public var parameters: [ParameterDeclaration] {
        [
            ParameterDeclaration(
                "weights", shape: [inputs, outputs], .rectified(fanIn: inputs), decays: true),
            ParameterDeclaration("bias", shape: [outputs], .zeros, decays: false),
        ]
    }

    /// Output from input; `Layer` says what is what.
    public func forward(
        _ input: UnsafePointer<Float>, into output: UnsafeMutablePointer<Float>, _ pass: LayerPass
    ) {
        for sample in 0..<pass.count {
            let x = input + sample * inputs, y = output + sample * outputs
            y.update(from: pass.parameters + inputs * outputs, count: outputs)
            for i in 0..<inputs {
                addScaled(pass.parameters + i * outputs, by: x[i], to: y, count: outputs)
            }
        }
    }

    /// The derivative of `forward`; adds to the gradients.
    public func backward(
        _ input: UnsafePointer<Float>, output: UnsafePointer<Float>, outputGradient: UnsafePointer<Float>,
        addingTo inputGradient: UnsafeMutablePointer<Float>?,
        parameterGradient: UnsafeMutablePointer<Float>, _ pass: LayerPass
    ) {
        for sample in 0..<pass.count {
            let x = input + sample * inputs, gradient = outputGradient + sample * outputs
            for i in 0..<inputs {
                addScaled(gradient, by: x[i], to: parameterGradient + i * outputs, count: outputs)
            }
            addScaled(gradient, by: 1, to: parameterGradient + inputs * outputs, count: outputs)
            guard let inputGradient else { continue }
            for i in 0..<inputs {
                inputGradient[sample * inputs + i] += dotProduct(
                    pass.parameters + i * outputs, gradient, count: outputs)
            }
        }
    }
}
