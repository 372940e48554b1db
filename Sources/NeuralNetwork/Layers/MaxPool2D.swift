import FloatKernels

/// The maximum over square windows: N×H×W×C to N×outH×outW×C; windows that do not fit wholly are left out.
public struct MaxPool2D: Layer {
    private let pooling: MaximumPooling

    /// Windows of `size`×`size`, moved by `stride`, over H×W×C.
    public init(inputShape: [Int], size: Int, stride: Int) {
        precondition(inputShape.count == 3, "a picture has rows, columns and channels")
        pooling = MaximumPooling(
            height: inputShape[0], width: inputShape[1], channels: inputShape[2], size: size, stride: stride)
    }

    /// Extents of one sample's input.
    public var inputShape: [Int] { [pooling.height, pooling.width, pooling.channels] }
    /// Extents of one sample's output.
    public var outputShape: [Int] { [pooling.outputHeight, pooling.outputWidth, pooling.channels] }
    /// Values of scratch memory that a pass needs.
    public var scratchCount: Int { pooling.channels }

    /// Output from input; `Layer` says what is what.
    public func forward(
        _ input: UnsafePointer<Float>, into output: UnsafeMutablePointer<Float>, _ pass: LayerPass
    ) {
        let inputCount = inputCount, outputCount = outputCount
        for sample in 0..<pass.count {
            pooling.forward(input + sample * inputCount, into: output + sample * outputCount)
        }
    }

    /// The derivative of `forward`; adds to the gradients.
    public func backward(
        _ input: UnsafePointer<Float>, output: UnsafePointer<Float>, outputGradient: UnsafePointer<Float>,
        addingTo inputGradient: UnsafeMutablePointer<Float>?,
        parameterGradient: UnsafeMutablePointer<Float>, _ pass: LayerPass
    ) {
        guard let inputGradient else { return }
        let inputCount = inputCount, outputCount = outputCount
        for sample in 0..<pass.count {
            pooling.backward(
                input + sample * inputCount, output: output + sample * outputCount,
                outputGradient: outputGradient + sample * outputCount, scratch: pass.scratch,
                addingTo: inputGradient + sample * inputCount)
        }
    }
}
