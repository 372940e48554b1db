import FloatKernels

/// One-dimensional convolution: N×L×C to N×outL×F, or to N×F where it pools.
///
/// With `keepsLength` zeros stand beyond both ends and outL = L; without, filters stay inside and outL = L − width + 1.
/// Positions from a sample's length on are not read, count as zeros for their neighbours, and give zeros; a pooling
/// passes over them.
public struct Conv1D: Layer {
    private let fused: FusedConvolution
    private let pools: Bool

    /// F filters of `width` positions over L×C; of odd width where it keeps the length.
    public init(
        inputShape: [Int], filters: Int, width: Int, keepsLength: Bool = true,
        activation: Activation = .none, pooling: ConvolutionPooling = .none
    ) {
        precondition(inputShape.count == 2, "a sequence has positions and channels")
        precondition(width % 2 == 1 || !keepsLength, "a filter that keeps the length is of odd width")
        precondition(pooling != .maximum2x2, "a sequence has no windows of two rows")
        pools = pooling != .none
        fused = FusedConvolution(
            Convolution(
                height: 1, width: inputShape[0], channels: inputShape[1], filters: filters, kernelHeight: 1,
                kernelWidth: width, paddingX: keepsLength ? width / 2 : 0), activation, pooling)
    }

    /// Extents of one sample's input.
    public var inputShape: [Int] { [fused.convolution.width, fused.convolution.channels] }
    /// Extents of one sample's output.
    public var outputShape: [Int] {
        pools ? [fused.convolution.filters] : [fused.convolution.outputWidth, fused.convolution.filters]
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
