/// Rectified linear unit: max(x, 0), element by element, any shape.
public struct ReLU: Layer {
    /// Extents of one sample's input.
    public let inputShape: [Int]
    /// Extents of one sample's output.
    public var outputShape: [Int] { inputShape }

    /// Units of that shape.
    public init(inputShape: [Int]) { self.inputShape = inputShape }

    /// Output from input; `Layer` says what is what.
    public func forward(
        _ input: UnsafePointer<Float>, into output: UnsafeMutablePointer<Float>, _ pass: LayerPass
    ) {
        for i in 0..<pass.count * inputCount { output[i] = input[i] > 0 ? input[i] : 0 }
    }

    /// The derivative of `forward`; adds to the gradients.
    public func backward(
        _ input: UnsafePointer<Float>, output: UnsafePointer<Float>, outputGradient: UnsafePointer<Float>,
        addingTo inputGradient: UnsafeMutablePointer<Float>?,
        parameterGradient: UnsafeMutablePointer<Float>, _ pass: LayerPass
    ) {
        guard let inputGradient else { return }
        for i in 0..<pass.count * inputCount { inputGradient[i] += output[i] > 0 ? outputGradient[i] : 0 }
    }
}
