/// A convolution with what follows it, done in one go: bias, rectification, and the maximum over windows of 2×2.
///
/// Takes one of Winograd's ways where it pays (`WideWinogradConvolution`, `WinogradConvolution`,
/// `WinogradSequenceConvolution`) and the direct one elsewhere. The weights are packed once for any number of samples.
/// With k = kH·kW·C products a sum and ε = 2⁻²⁴, a direct output is within (k + 1)·ε·Σ|input·weight| of the exact one; the
/// others are, on inputs of any one size, within (k + 12)·ε·s with s = Σ|weight| times the largest |input| that the tile
/// reads. What is not finite there touches the whole tile.
public struct ConvolutionForward: Sendable {
    /// What follows the sums and the bias.
    public enum Epilogue: Sendable, Equatable {
        case linear
        /// max(x, 0).
        case rectified
        /// The maximum of max(x, 0) over windows of 2×2; an odd last row or column is left out.
        case rectifiedMaximum
    }

    /// Extents and geometry.
    public let convolution: Convolution
    /// What follows.
    public let epilogue: Epilogue

    /// A convolution with its epilogue; windows need at least 2×2 pixels of output.
    public init(_ convolution: Convolution, _ epilogue: Epilogue) {
        precondition(
            epilogue != .rectifiedMaximum || min(convolution.outputHeight, convolution.outputWidth) > 1)
        self.convolution = convolution
        self.epilogue = epilogue
    }

    /// How it is done.
    private enum Way {
        case direct(DirectConvolution)
        case sequence(WinogradSequenceConvolution)
        case square(WinogradConvolution)
        case wide(WideWinogradConvolution)
    }

    /// The first way that can be taken, from the fewest multiplications to the most.
    private var way: Way {
        let pools = epilogue == .rectifiedMaximum
        if let wide = WideWinogradConvolution(convolution, pools: pools) { return .wide(wide) }
        if let square = WinogradConvolution(convolution), pools || square.coversAll { return .square(square) }
        if !pools, let sequence = WinogradSequenceConvolution(convolution) { return .sequence(sequence) }
        return .direct(DirectConvolution(convolution: convolution))
    }

    private var weightsCount: Int {
        switch way {
        case .direct(let way): way.packedCount
        case .sequence(let way): way.packedCount
        case .square(let way): way.packedCount
        case .wide(let way): way.packedCount
        }
    }

    /// Values of the packed weights and biases.
    public var packedCount: Int {
        weightsCount + FilterBlock.count(convolution.filters) * FilterBlock.width
    }
    /// Values of scratch memory that `run` needs.
    public var scratchCount: Int {
        switch way {
        case .direct(let way): epilogue == .rectifiedMaximum ? way.windowsScratchCount : 0
        case .sequence(let way): way.scratchCount
        case .square(let way): way.scratchCount
        case .wide(let way): way.scratchCount
        }
    }
    /// Values of a sample's output.
    public var outputCount: Int {
        guard epilogue == .rectifiedMaximum else { return convolution.outputCount }
        return convolution.outputHeight / 2 * (convolution.outputWidth / 2) * convolution.filters
    }

    /// Packs `weights` F×kH×kW×C and `bias` F.
    public func pack(
        _ weights: UnsafePointer<Float>, bias: UnsafePointer<Float>,
        into packed: UnsafeMutablePointer<Float>
    ) {
        switch way {
        case .direct(let way): way.pack(weights, into: packed)
        case .sequence(let way): way.pack(weights, into: packed)
        case .square(let way): way.pack(weights, into: packed)
        case .wide(let way): way.pack(weights, into: packed)
        }
        let biases = packed + weightsCount
        biases.update(repeating: 0, count: packedCount - weightsCount)
        biases.update(from: bias, count: convolution.filters)
    }

    /// One sample.
    ///
    /// - Parameters:
    ///   - padded: the padded input (`Convolution.pad`).
    ///   - columns: how many output columns are wanted; the others are not written. All where nil, as they must be
    ///     for pictures of more than one row.
    ///   - winners: gets for every output of a window which of its four pixels it was, in reading order, and −1 where
    ///     the output is 0; nil where nobody wants it.
    public func run(
        padded: UnsafePointer<Float>, packed: UnsafePointer<Float>, columns: Int? = nil,
        scratch: UnsafeMutablePointer<Float>, into output: UnsafeMutablePointer<Float>,
        winners: UnsafeMutablePointer<Int32>? = nil
    ) {
        precondition(columns == nil || convolution.height == 1, "columns of a sequence")
        let bias = packed + weightsCount, rectifies = epilogue != .linear
        switch (way, epilogue) {
        case (.wide(let way), .rectifiedMaximum):
            way.runWindows(
                padded: padded, packed: packed, bias: bias, into: output, winners: winners, scratch: scratch)
        case (.square(let way), .rectifiedMaximum):
            way.runWindows(
                padded: padded, packed: packed, bias: bias, into: output, winners: winners, scratch: scratch)
        case (.direct(let way), .rectifiedMaximum):
            way.runWindows(
                padded: padded, packed: packed, bias: bias, into: output, winners: winners, scratch: scratch)
        case (.wide(let way), _):
            way.run(
                padded: padded, packed: packed, bias: bias, rectifies: rectifies, into: output,
                scratch: scratch)
        case (.square(let way), _):
            way.run(
                padded: padded, packed: packed, bias: bias, rectifies: rectifies, into: output,
                scratch: scratch)
        case (.sequence(let way), _):
            way.run(
                padded: padded, packed: packed, bias: bias, rectifies: rectifies,
                columns: columns ?? convolution.outputWidth, into: output, scratch: scratch)
        case (.direct(let way), _):
            way.run(
                padded: padded, packed: packed, bias: bias, rectifies: rectifies,
                columns: columns ?? convolution.outputWidth, into: output)
        }
    }
}
