/// A convolution with what follows it, done in one go: bias, rectification, and the maximum over windows of 2×2.
///
/// Takes Winograd's way where it pays (`WinogradConvolution`) and the direct one elsewhere. The weights are packed once
/// for any number of samples. With k = kH·kW·C products a sum, ε = 2⁻²⁴ and s = Σ|input·weight|, a direct output is
/// within (k + 1)·ε·s of the exact one; Winograd's is within 4·(k + 12)·ε·s', with s' the sum over the 4×4 pixels that
/// the tile reads.
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

    private var direct: DirectConvolution { DirectConvolution(convolution: convolution) }
    private var winograd: WinogradConvolution? {
        guard let winograd = WinogradConvolution(convolution) else { return nil }
        return epilogue == .rectifiedMaximum || winograd.coversAll ? winograd : nil
    }

    private var sequence: WinogradSequenceConvolution? {
        epilogue == .rectifiedMaximum ? nil : WinogradSequenceConvolution(convolution)
    }

    private var weightsCount: Int {
        winograd?.packedCount ?? sequence?.packedCount ?? direct.packedCount
    }
    /// Values of the packed weights and biases.
    public var packedCount: Int {
        weightsCount + FilterBlock.count(convolution.filters) * FilterBlock.width
    }
    /// Values of scratch memory that `run` needs.
    public var scratchCount: Int {
        winograd?.scratchCount ?? sequence?.scratchCount
            ?? (epilogue == .rectifiedMaximum ? direct.windowsScratchCount : 0)
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
        if let winograd {
            winograd.pack(weights, into: packed)
        } else if let sequence {
            sequence.pack(weights, into: packed)
        } else {
            direct.pack(weights, into: packed)
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
        switch (winograd, epilogue) {
        case (let winograd?, .rectifiedMaximum):
            winograd.runWindows(
                padded: padded, packed: packed, bias: bias, into: output, winners: winners, scratch: scratch)
        case (let winograd?, _):
            winograd.run(
                padded: padded, packed: packed, bias: bias, rectifies: rectifies, into: output,
                scratch: scratch)
        case (nil, .rectifiedMaximum):
            direct.runWindows(
                padded: padded, packed: packed, bias: bias, into: output, winners: winners, scratch: scratch)
        case (nil, _):
            let columns = columns ?? convolution.outputWidth
            if let sequence {
                sequence.run(
                    padded: padded, packed: packed, bias: bias, rectifies: rectifies, columns: columns,
                    into: output, scratch: scratch)
            } else {
                direct.run(
                    padded: padded, packed: packed, bias: bias, rectifies: rectifies, columns: columns,
                    into: output)
            }
        }
    }
}
