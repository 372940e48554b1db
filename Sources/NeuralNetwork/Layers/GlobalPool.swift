public import FloatKernels

/// Mean, maximum or sum over all positions: N×H×W×C or N×L×C to N×C.
///
/// Of a sequence only the positions before a sample's length count; none give zeros.
public struct GlobalPool: Layer {
    /// Extents of one sample's input.
    public let inputShape: [Int]
    private let pooling: GlobalPooling
    private var positions: Int { inputShape.dropLast().reduce(1, *) }
    private var channels: Int { inputShape.last ?? 1 }

    /// Pooling over all axes but the last.
    public init(_ pooling: GlobalPooling, inputShape: [Int]) {
        precondition(inputShape.count >= 2, "pooling needs positions and channels")
        self.pooling = pooling
        self.inputShape = inputShape
    }

    /// Extents of one sample's output.
    public var outputShape: [Int] { [channels] }
    /// Values of scratch memory that a pass needs.
    public var scratchCount: Int { channels }

    /// Output from input; `Layer` says what is what.
    public func forward(
        _ input: UnsafePointer<Float>, into output: UnsafeMutablePointer<Float>, _ pass: LayerPass
    ) {
        let channels = channels
        for sample in 0..<pass.count {
            pooling.forward(
                input + sample * inputCount, positions: positions(of: sample, pass), channels: channels,
                into: output + sample * channels)
        }
    }

    /// The derivative of `forward`; adds to the gradients.
    public func backward(
        _ input: UnsafePointer<Float>, output: UnsafePointer<Float>, outputGradient: UnsafePointer<Float>,
        addingTo inputGradient: UnsafeMutablePointer<Float>?,
        parameterGradient: UnsafeMutablePointer<Float>, _ pass: LayerPass
    ) {
        guard let inputGradient else { return }
        let channels = channels
        for sample in 0..<pass.count {
            pooling.backward(
                input + sample * inputCount, output: output + sample * channels,
                outputGradient: outputGradient + sample * channels, positions: positions(of: sample, pass),
                channels: channels, scratch: pass.scratch, addingTo: inputGradient + sample * inputCount)
        }
    }

    private func positions(of sample: Int, _ pass: LayerPass) -> Int {
        pass.lengths.map { Int($0[sample]) } ?? positions
    }
}
