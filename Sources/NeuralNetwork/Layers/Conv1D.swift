import FloatKernels

/// One-dimensional convolution of odd width that keeps the length: N×L×C to N×L×F, zeros beyond both ends.
///
/// Positions from a sample's length on are not read, count as zeros for their neighbours, and give zeros.
public struct Conv1D: Layer {
    private let convolution: Convolution

    /// F filters of `width` positions over L×C.
    public init(inputShape: [Int], filters: Int, width: Int) {
        precondition(inputShape.count == 2, "a sequence has positions and channels")
        precondition(width % 2 == 1, "a filter that keeps the length is of odd width")
        convolution = Convolution(
            height: 1, width: inputShape[0], channels: inputShape[1], filters: filters, kernelHeight: 1,
            kernelWidth: width, paddingX: width / 2)
    }

    /// Extents of one sample's input.
    public var inputShape: [Int] { [convolution.width, convolution.channels] }
    /// Extents of one sample's output.
    public var outputShape: [Int] { [convolution.outputWidth, convolution.filters] }
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
