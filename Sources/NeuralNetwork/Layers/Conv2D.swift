import FloatKernels

/// Two-dimensional convolution with zero padding: N×H×W×C to N×outH×outW×F, or to what its pooling leaves:
/// N×⌊outH/2⌋×⌊outW/2⌋×F or N×F.
public struct Conv2D: Layer {
    private let fused: FusedConvolution
    /// Extents of one sample's output.
    public let outputShape: [Int]

    /// F filters of `size`×`size`, moved by `stride`, over H×W×C with `padding` zeros on every side.
    public init(
        inputShape: [Int], filters: Int, size: Int, stride: Int = 1, padding: Int = 0,
        activation: Activation = .none, pooling: ConvolutionPooling = .none
    ) {
        precondition(inputShape.count == 3, "a picture has rows, columns and channels")
        let convolution = Convolution(
            height: inputShape[0], width: inputShape[1], channels: inputShape[2], filters: filters,
            kernelHeight: size, kernelWidth: size, stride: stride, paddingY: padding, paddingX: padding)
        fused = FusedConvolution(convolution, activation, pooling)
        outputShape =
            switch pooling {
            case .none: [convolution.outputHeight, convolution.outputWidth, filters]
            case .maximum2x2: [convolution.outputHeight / 2, convolution.outputWidth / 2, filters]
            case .globalMaximum, .globalMean: [filters]
            }
    }

    /// Extents of one sample's input.
    public var inputShape: [Int] {
        [fused.convolution.height, fused.convolution.width, fused.convolution.channels]
    }
    /// `weights` F×kH×kW×C, `bias` F.
    public var parameters: [ParameterDeclaration] { fused.parameters }
    /// Values of scratch memory that a pass needs.
    public var scratchCount: Int { fused.scratchCount }
    /// Values that a sample leaves for backward.
    public var traceCount: Int { fused.traceCount }

    /// Values of the packed parameters.
    public func packedCount(training: Bool) -> Int { fused.packedCount(training: training) }

    /// The parameters as the kernels read them.
    public func pack(
        _ parameters: UnsafePointer<Float>, training: Bool, into packed: UnsafeMutablePointer<Float>
    ) {
        fused.pack(parameters, training: training, into: packed)
    }

    /// Output from input; `Layer` says what is what.
    public func forward(
        _ input: UnsafePointer<Float>, into output: UnsafeMutablePointer<Float>, _ pass: LayerPass
    ) {
        fused.forwardBatch(input, into: output, pass)
    }

    /// The derivative of `forward`; adds to the gradients.
    public func backward(
        _ input: UnsafePointer<Float>, output: UnsafePointer<Float>, outputGradient: UnsafePointer<Float>,
        addingTo inputGradient: UnsafeMutablePointer<Float>?,
        parameterGradient: UnsafeMutablePointer<Float>, _ pass: LayerPass
    ) {
        fused.backwardBatch(
            input, output: output, outputGradient: outputGradient, addingTo: inputGradient,
            parameterGradient: parameterGradient, pass)
    }
}
