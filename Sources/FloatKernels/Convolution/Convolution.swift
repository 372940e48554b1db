/// The geometry of a convolution (cross-correlation) with zero padding, one sample at a time.
///
/// `input` H×W×C; `weights` F×kH×kW×C; `output` outH×outW×F, where F counts the filters. A one-dimensional
/// convolution over L×C is one with H = kH = 1. The kernels read a padded copy, `padded`: (H+2·padY)×(W+2·padX)×C
/// and `paddedSlack` values more, because they read whole vectors.
public struct Convolution: Sendable, Equatable {
    /// Extents of the input: H, W, C.
    public let height: Int, width: Int, channels: Int
    /// Filters F, and the extents of each: kH, kW.
    public let filters: Int, kernelHeight: Int, kernelWidth: Int
    /// Step between output pixels, both ways.
    public let stride: Int
    /// Rows of zeros above and below, columns of zeros left and right.
    public let paddingY: Int, paddingX: Int

    /// A convolution; the padded input must be at least as large as a filter.
    public init(
        height: Int, width: Int, channels: Int, filters: Int, kernelHeight: Int, kernelWidth: Int,
        stride: Int = 1, paddingY: Int = 0, paddingX: Int = 0
    ) {
        precondition(min(height, width, channels, filters) > 0 && min(kernelHeight, kernelWidth, stride) > 0)
        precondition(width + 2 * paddingX >= kernelWidth, "the picture is narrower than a filter")
        precondition(height + 2 * paddingY >= kernelHeight, "the picture is lower than a filter")
        (self.height, self.width, self.channels, self.filters) = (height, width, channels, filters)
        (self.kernelHeight, self.kernelWidth, self.stride) = (kernelHeight, kernelWidth, stride)
        (self.paddingY, self.paddingX) = (paddingY, paddingX)
    }

    /// How many output columns the first `width` columns of input have, with the padding right of them.
    public func outputColumns(of width: Int) -> Int {
        width == 0 ? 0 : max(0, (width + 2 * paddingX - kernelWidth) / stride + 1)
    }

    /// outH.
    public var outputHeight: Int { (height + 2 * paddingY - kernelHeight) / stride + 1 }
    /// outW.
    public var outputWidth: Int { (width + 2 * paddingX - kernelWidth) / stride + 1 }
    /// Values of one sample's input, H·W·C.
    public var inputCount: Int { height * width * channels }
    /// Values of one sample's output, outH·outW·F.
    public var outputCount: Int { outputHeight * outputWidth * filters }
    /// Weights of one filter, kH·kW·C.
    public var patchCount: Int { kernelHeight * kernelWidth * channels }
    /// Values of one sample's padded input, with the slack that whole vectors need.
    public var paddedCount: Int { (height + 2 * paddingY) * paddedRow + Self.paddedSlack }

    /// Whether the kernels need a padded copy. Where nothing is padded and patches end with whole vectors, they may read
    /// the input itself, and add to its gradient.
    public var needsPadding: Bool { paddingY > 0 || paddingX > 0 || patchRow % 8 != 0 }

    /// Values that a kernel may read beyond the padded input; what they hold does not matter.
    static let paddedSlack = 8
    /// Values of a row of the padded input.
    var paddedRow: Int { (width + 2 * paddingX) * channels }
    /// Values of a patch that lie side by side: kW·C.
    var patchRow: Int { kernelWidth * channels }

    /// Where the patch under output pixel (y, x) starts in the padded input.
    func patchStart(_ y: Int, _ x: Int) -> Int { (y * paddedRow + x * channels) * stride }

    /// Writes a sample and its border of zeros.
    ///
    /// - Parameter columns: how many columns are read; those beyond are zeros. All where nil.
    public func pad(
        _ input: UnsafePointer<Float>, columns: Int? = nil, into padded: UnsafeMutablePointer<Float>
    ) {
        let row = (columns ?? width) * channels, side = paddingX * channels
        var target = padded
        target.update(repeating: 0, count: paddingY * paddedRow)
        target += paddingY * paddedRow
        for y in 0..<height {
            target.update(repeating: 0, count: side)
            (target + side).update(from: input + y * width * channels, count: row)
            (target + side + row).update(repeating: 0, count: paddedRow - side - row)
            target += paddedRow
        }
        target.update(repeating: 0, count: paddingY * paddedRow + Self.paddedSlack)
    }

    /// Adds the middle of `padded` to a sample, or to its first `columns` columns: the transpose of `pad`.
    public func addUnpadded(
        _ padded: UnsafePointer<Float>, columns: Int? = nil, to input: UnsafeMutablePointer<Float>
    ) {
        for y in 0..<height {
            addScaled(
                padded + (y + paddingY) * paddedRow + paddingX * channels, by: 1,
                to: input + y * width * channels, count: (columns ?? width) * channels)
        }
    }
}
