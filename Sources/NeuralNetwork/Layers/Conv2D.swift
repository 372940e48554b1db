import FloatKernels

/// Two-dimensional convolution with zero padding: N×H×W×C to N×outH×outW×F.
public struct Conv2D: Layer {
    private let convolution: Convolution

    /// F filters of `size`×`size`, moved by `stride`, over H×W×C with `padding` zeros on every side.
    public init(inputShape: [Int], filters: Int, size: Int, stride: Int = 1, padding: Int = 0) {
        precondition(inputShape.count == 3, "a picture has rows, columns and channels")
        convolution = Convolution(
            height: inputShape[0], width: inputShape[1], channels: inputShape[2], filters: filters,
            kernelHeight: size, kernelWidth: size, stride: stride, paddingY: padding, paddingX: padding)
    }

    /// Extents of one sample's input.
    public var inputShape: [Int] { [convolution.height, convolution.width, convolution.channels] }
    /// Extents of one sample's output.
    public var outputShape: [Int] {
        [convolution.outputHeight, convolution.outputWidth, convolution.filters]
    }
    /// `weights` kH×kW×C×F, `bias` F.
    public var parameters: [ParameterDeclaration] { convolution.parameterDeclarations }
    /// Values of scratch memory that a pass needs.
    public var scratchCount: Int { convolution.batchScratchCount }

    /// Output from input; `Layer` says what is what.
    public func forward(
        _ input: UnsafePointer<Float>, into output: UnsafeMutablePointer<Float>, _ pass: LayerPass
    ) {
        convolution.forwardBatch(input, into: output, pass)
    }

    /// The derivative of `forward`; adds to the gradients.
    public func backward(
        _ input: UnsafePointer<Float>, output: UnsafePointer<Float>, outputGradient: UnsafePointer<Float>,
        addingTo inputGradient: UnsafeMutablePointer<Float>?,
        parameterGradient: UnsafeMutablePointer<Float>, _ pass: LayerPass
    ) {
        convolution.backwardBatch(
            input, outputGradient: outputGradient, addingTo: inputGradient,
            parameterGradient: parameterGradient, pass)
    }
}
