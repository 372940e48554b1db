/// The geometry of a convolution (cross-correlation) with zero padding, and its three products, one sample at a time.
///
/// `input` H×W×C; `weights` kH×kW×C×F; `output` outH×outW×F, where F counts the filters. A one-dimensional
/// convolution over L×C is one with H = kH = 1. The kernels read a padded copy, `padded`, (H+2·padY)×(W+2·padX)×C.
public struct Convolution: Sendable, Equatable {
    /// Extents of the input: H, W, C.
    public let height: Int, width: Int, channels: Int
    /// Filters F, and the extents of each: kH, kW.
    public let filters: Int, kernelHeight: Int, kernelWidth: Int
    /// Step between output pixels, both ways.
    public let stride: Int
    /// Rows of zeros above and below, columns of zeros left and right.
    public let paddingY: Int, paddingX: Int

    /// A convolution; the padded input must be at least as large as a filter, or without columns.
    public init(
        height: Int, width: Int, channels: Int, filters: Int, kernelHeight: Int, kernelWidth: Int,
        stride: Int = 1, paddingY: Int = 0, paddingX: Int = 0
    ) {
        precondition(min(height, channels, filters) > 0 && min(kernelHeight, kernelWidth, stride) > 0)
        precondition(
            width == 0 || width + 2 * paddingX >= kernelWidth, "the picture is narrower than a filter")
        precondition(height + 2 * paddingY >= kernelHeight, "the picture is lower than a filter")
        (self.height, self.width, self.channels, self.filters) = (height, width, channels, filters)
        (self.kernelHeight, self.kernelWidth, self.stride) = (kernelHeight, kernelWidth, stride)
        (self.paddingY, self.paddingX) = (paddingY, paddingX)
    }

    /// The same filters over the first `width` columns; none at all give no output.
    public func narrowed(to width: Int) -> Convolution {
        precondition(width <= self.width)
        return Convolution(
            height: height, width: width, channels: channels, filters: filters, kernelHeight: kernelHeight,
            kernelWidth: kernelWidth, stride: stride, paddingY: paddingY, paddingX: paddingX)
    }

    /// outH.
    public var outputHeight: Int { (height + 2 * paddingY - kernelHeight) / stride + 1 }
    /// outW.
    public var outputWidth: Int { width == 0 ? 0 : (width + 2 * paddingX - kernelWidth) / stride + 1 }
    /// Values of one sample's input, H·W·C.
    public var inputCount: Int { height * width * channels }
    /// Values of one sample's output, outH·outW·F.
    public var outputCount: Int { outputHeight * outputWidth * filters }
    /// Weights of one filter, kH·kW·C.
    public var patchCount: Int { kernelHeight * kernelWidth * channels }
    /// Values of one sample's padded input.
    public var paddedCount: Int { (height + 2 * paddingY) * paddedRow }

    /// Values of a row of the padded input.
    private var paddedRow: Int { (width + 2 * paddingX) * channels }
    /// Values of a patch that lie side by side: kW·C.
    private var patchRow: Int { kernelWidth * channels }

    /// Copies a sample into the middle of `padded`, whose border the caller has set to zero.
    public func pad(_ input: UnsafePointer<Float>, into padded: UnsafeMutablePointer<Float>) {
        for y in 0..<height {
            (padded + (y + paddingY) * paddedRow + paddingX * channels).update(
                from: input + y * width * channels, count: width * channels)
        }
    }

    /// Adds the middle of `padded` to a sample: the transpose of `pad`.
    public func addUnpadded(_ padded: UnsafePointer<Float>, to input: UnsafeMutablePointer<Float>) {
        for y in 0..<height {
            add(
                padded + (y + paddingY) * paddedRow + paddingX * channels, to: input + y * width * channels,
                count: width * channels)
        }
    }

    /// `output` = `bias` (F) + `padded` ∗ `weights`.
    public func forward(
        padded: UnsafePointer<Float>, weights: UnsafePointer<Float>, bias: UnsafePointer<Float>,
        into output: UnsafeMutablePointer<Float>
    ) {
        for pixel in 0..<outputHeight * outputWidth {
            (output + pixel * filters).update(from: bias, count: filters)
        }
        let product = StridedProduct(
            m: outputWidth, n: filters, outerCount: kernelHeight, innerCount: patchRow,
            aStride: stride * channels, aOuterStride: paddedRow, aInnerStride: 1,
            bOuterStride: patchRow * filters, bInnerStride: filters, cStride: filters)
        for y in 0..<outputHeight {
            product.add(padded + y * stride * paddedRow, weights, to: output + y * outputWidth * filters)
        }
    }

    /// `weightGradient` += ∂loss/∂weights, for `outputGradient` = ∂loss/∂output.
    public func addWeightGradient(
        padded: UnsafePointer<Float>, outputGradient: UnsafePointer<Float>,
        to weightGradient: UnsafeMutablePointer<Float>
    ) {
        let product = StridedProduct(
            m: patchRow, n: filters, outerCount: outputHeight, innerCount: outputWidth,
            aStride: 1, aOuterStride: stride * paddedRow, aInnerStride: stride * channels,
            bOuterStride: outputWidth * filters, bInnerStride: filters, cStride: filters)
        for row in 0..<kernelHeight {
            product.add(
                padded + row * paddedRow, outputGradient, to: weightGradient + row * patchRow * filters)
        }
    }

    /// `biasGradient` += ∂loss/∂bias.
    public func addBiasGradient(
        outputGradient: UnsafePointer<Float>, to biasGradient: UnsafeMutablePointer<Float>
    ) {
        for pixel in 0..<outputHeight * outputWidth {
            add(outputGradient + pixel * filters, to: biasGradient, count: filters)
        }
    }

    /// `paddedGradient` += ∂loss/∂padded.
    ///
    /// - Parameters:
    ///   - transposedWeights: F×kH×kW×C.
    ///   - patches: scratch, outW × patchCount.
    public func addInputGradient(
        outputGradient: UnsafePointer<Float>, transposedWeights: UnsafePointer<Float>,
        patches: UnsafeMutablePointer<Float>, to paddedGradient: UnsafeMutablePointer<Float>
    ) {
        let product = StridedProduct(
            m: outputWidth, n: patchCount, innerCount: filters, aStride: filters, aInnerStride: 1,
            bInnerStride: patchCount, cStride: patchCount)
        for y in 0..<outputHeight {
            patches.update(repeating: 0, count: outputWidth * patchCount)
            product.add(outputGradient + y * outputWidth * filters, transposedWeights, to: patches)
            for x in 0..<outputWidth {
                for row in 0..<kernelHeight {
                    add(
                        patches + x * patchCount + row * patchRow,
                        to: paddedGradient + (y * stride + row) * paddedRow + x * stride * channels,
                        count: patchRow)
                }
            }
        }
    }
}

/// target += source
@inline(__always)
private func add(_ source: UnsafePointer<Float>, to target: UnsafeMutablePointer<Float>, count: Int) {
    for i in 0..<count { target[i] += source[i] }
}
