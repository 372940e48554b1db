import FloatKernels
import NeuralNetwork

/// y = x W + c for several rows x, where W is inputs × outputs, in the flat buffer of all parameters.
package struct DenseLayer: Sendable {
    /// Length of x.
    package let inputs: Int
    /// Length of y.
    package let outputs: Int
    /// Where W and c start in the buffer.
    package let weights: Int, bias: Int

    /// Appends the layer to `table`; W starts with normal deviates of variance `gain` / inputs.
    init(
        _ name: String, inputs: Int, outputs: Int, gain: Float = 1, in table: inout ParameterTable
    ) {
        self.inputs = inputs
        self.outputs = outputs
        let deviation = (gain / Float(max(inputs, 1))).squareRoot()
        weights = table.append(
            [
                ParameterDeclaration(
                    "weights", shape: [inputs, outputs], .normal(deviation: deviation), decays: true),
                ParameterDeclaration("bias", shape: [1, outputs], .zeros, decays: false),
            ], layer: name)
        bias = weights + inputs * outputs
    }

    /// y from x, `rows` of each.
    func forward(
        _ x: UnsafePointer<Float>, rows: Int, into y: UnsafeMutablePointer<Float>,
        _ parameters: UnsafePointer<Float>
    ) {
        for row in 0..<rows { (y + row * outputs).update(from: parameters + bias, count: outputs) }
        matrixProduct(
            a: x, aStride: inputs, transposingA: false, b: parameters + weights, bStride: outputs,
            transposingB: false, into: y, cStride: outputs, m: rows, n: outputs, k: inputs, beta: 1)
    }

    /// Adds to the gradients of W and c, and sets that of x where it is asked for.
    func backward(
        _ x: UnsafePointer<Float>, outputGradient: UnsafePointer<Float>, rows: Int,
        into inputGradient: UnsafeMutablePointer<Float>?, _ parameters: UnsafePointer<Float>,
        gradient: UnsafeMutablePointer<Float>
    ) {
        matrixProduct(
            a: x, aStride: inputs, transposingA: true, b: outputGradient, bStride: outputs,
            transposingB: false, into: gradient + weights, cStride: outputs, m: inputs, n: outputs, k: rows,
            beta: 1)
        for row in 0..<rows {
            addScaled(outputGradient + row * outputs, by: 1, to: gradient + bias, count: outputs)
        }
        guard let inputGradient else { return }
        matrixProduct(
            a: outputGradient, aStride: outputs, transposingA: false, b: parameters + weights,
            bStride: outputs, transposingB: true, into: inputGradient, cStride: inputs, m: rows, n: inputs,
            k: outputs)
    }
}
