import FloatKernels

/// Fully connected: N×(any shape, flattened to I) to N×O; `weights` I×O, `bias` O.
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
        let bias = pass.parameters + inputs * outputs
        for sample in 0..<pass.count { (output + sample * outputs).update(from: bias, count: outputs) }
        matrixProduct(
            a: input, aStride: inputs, transposingA: false, b: pass.parameters, bStride: outputs,
            transposingB: false, into: output, cStride: outputs, m: pass.count, n: outputs, k: inputs, beta: 1
        )
    }

    /// The derivative of `forward`; adds to the gradients.
    public func backward(
        _ input: UnsafePointer<Float>, output: UnsafePointer<Float>, outputGradient: UnsafePointer<Float>,
        addingTo inputGradient: UnsafeMutablePointer<Float>?,
        parameterGradient: UnsafeMutablePointer<Float>, _ pass: LayerPass
    ) {
        matrixProduct(
            a: input, aStride: inputs, transposingA: true, b: outputGradient, bStride: outputs,
            transposingB: false, into: parameterGradient, cStride: outputs, m: inputs, n: outputs,
            k: pass.count, beta: 1)
        for sample in 0..<pass.count {
            addScaled(
                outputGradient + sample * outputs, by: 1, to: parameterGradient + inputs * outputs,
                count: outputs)
        }
        guard let inputGradient else { return }
        matrixProduct(
            a: outputGradient, aStride: outputs, transposingA: false, b: pass.parameters, bStride: outputs,
            transposingB: true, into: inputGradient, cStride: inputs, m: pass.count, n: inputs, k: outputs,
            beta: 1)
    }
}
