/// Convolution along a sequence by minimal filtering F(3, r): r + 2 multiplications for three outputs where 3r would be
/// (`ToomCook`).
///
/// Summed over the channels, the products ⊙ of a point are a matrix product, tiles × C times C × F. They are done for
/// 24 tiles and sixteen filters at a time, so that what they read and write stays near the core.
struct WinogradSequenceConvolution {
    let convolution: Convolution

    /// Outputs of a tile.
    private static let outputs = 3
    /// Tiles done together: a multiple of `SixRowTile.rows`.
    private static let tiles = 24

    /// A sequence of whole vectors of channels, stride 1, filters of 3 to 5, and enough channels and tiles that the
    /// products pay for the transforms.
    init?(_ convolution: Convolution) {
        guard convolution.height == 1 && convolution.kernelHeight == 1 && convolution.paddingY == 0,
            3...5 ~= convolution.kernelWidth && convolution.stride == 1,
            convolution.channels % 8 == 0 && convolution.channels >= 16,
            convolution.outputWidth >= SixRowTile.rows * Self.outputs
        else { return nil }
        self.convolution = convolution
    }

    private var channels: Int { convolution.channels }
    private var points: Int { Self.outputs + convolution.kernelWidth - 1 }
    /// Values of a block's transformed weights, α × C × 16.
    private var blockCount: Int { points * channels * FilterBlock.width }
    private var weightsCount: Int { FilterBlock.count(convolution.filters) * blockCount }
    /// Values of the transformed weights, blocks × α × C × 16, and of Bᵀ and Aᵀ.
    var packedCount: Int { weightsCount + (points + Self.outputs) * points }
    private var products: TransformedProducts {
        TransformedProducts(points: points, tiles: Self.tiles, channels: channels)
    }
    /// Transformed tiles of input, and sums.
    var scratchCount: Int { products.inputsCount + products.sumsCount }

    /// G g of `weights` F×r×C, and the matrices that `run` needs.
    func pack(_ weights: UnsafePointer<Float>, into packed: UnsafeMutablePointer<Float>) {
        let matrices = ToomCook(outputs: Self.outputs, taps: convolution.kernelWidth)
        packed.update(repeating: 0, count: weightsCount)
        for filter in 0..<convolution.filters {
            let (block, lane) = filter.quotientAndRemainder(dividingBy: FilterBlock.width)
            let source = weights + filter * convolution.patchCount
            for point in 0..<points {
                let target = packed + block * blockCount + point * channels * FilterBlock.width + lane
                for channel in 0..<channels {
                    var sum: Float = 0
                    for tap in 0..<convolution.kernelWidth {
                        sum.addProduct(
                            matrices.filter[point * convolution.kernelWidth + tap],
                            source[tap * channels + channel])
                    }
                    target[channel * FilterBlock.width] = sum
                }
            }
        }
        (packed + weightsCount).update(from: matrices.input, count: points * points)
        (packed + weightsCount + points * points).update(
            from: matrices.output, count: Self.outputs * points)
    }

    /// The first `columns` output columns, rectified or not.
    func run(
        padded: UnsafePointer<Float>, packed: UnsafePointer<Float>, bias: UnsafePointer<Float>,
        rectifies: Bool, columns: Int, into output: UnsafeMutablePointer<Float>,
        scratch: UnsafeMutablePointer<Float>
    ) {
        let inputs = scratch, sums = scratch + products.inputsCount
        let inputMatrix = packed + weightsCount, outputMatrix = inputMatrix + points * points
        let filters = convolution.filters, count = (columns + Self.outputs - 1) / Self.outputs
        // The last tile ends with the last column, and overlaps the one before.
        let last = max(0, columns - Self.outputs)
        for start in stride(from: 0, to: count, by: Self.tiles) {
            let tiles = min(Self.tiles, count - start)
            for tile in 0..<tiles {
                let x = min((start + tile) * Self.outputs, last)
                transformInput(padded + x * channels, inputMatrix, into: inputs + tile * channels)
            }
            for block in 0..<FilterBlock.count(filters) {
                let lanes = FilterBlock(block, of: filters, bias: bias, rectifies: rectifies)
                products.multiply(
                    inputs, packed + block * blockCount, into: sums, tiles: tiles)
                for tile in 0..<tiles {
                    let x = min((start + tile) * Self.outputs, last)
                    storeOutputs(
                        sums + tile * FilterBlock.width, outputMatrix, lanes,
                        at: output + x * filters + lanes.first, columns: min(columns, Self.outputs))
                }
            }
        }
    }

    /// Bᵀ d of one tile, d α×C; point k goes to `target + k · inputStep`.
    @inline(__always)
    private func transformInput(
        _ d: UnsafePointer<Float>, _ matrix: UnsafePointer<Float>, into target: UnsafeMutablePointer<Float>
    ) {
        for point in 0..<points {
            let row = matrix + point &* points, values = target + point &* products.inputStep
            var channel = 0
            while channel &+ 32 <= channels {
                combine(d + channel, row, into: values + channel)
                channel &+= 32
            }
            while channel < channels {
                var sum = SIMD8<Float>.zero
                for j in 0..<points {
                    sum.addProduct(SIMD8(repeating: row[j]), SIMD8(at: d + j &* channels + channel))
                }
                sum.store(at: values + channel)
                channel &+= 8
            }
        }
    }

    /// Σ cⱼ dⱼ of 32 channels.
    @inline(__always)
    private func combine(
        _ d: UnsafePointer<Float>, _ c: UnsafePointer<Float>, into target: UnsafeMutablePointer<Float>
    ) {
        var (s0, s1, s2, s3) = (SIMD8<Float>.zero, SIMD8<Float>.zero, SIMD8<Float>.zero, SIMD8<Float>.zero)
        var pixel = d
        for j in 0..<points {
            let factor = SIMD8<Float>(repeating: c[j])
            s0.addProduct(factor, SIMD8(at: pixel))
            s1.addProduct(factor, SIMD8(at: pixel + 8))
            s2.addProduct(factor, SIMD8(at: pixel + 16))
            s3.addProduct(factor, SIMD8(at: pixel + 24))
            pixel += channels
        }
        s0.store(at: target)
        s1.store(at: target + 8)
        s2.store(at: target + 16)
        s3.store(at: target + 24)
    }

    /// Aᵀ m for sixteen filters; of a sequence shorter than a tile only the first `columns` outputs.
    @inline(__always)
    private func storeOutputs(
        _ m: UnsafePointer<Float>, _ matrix: UnsafePointer<Float>, _ lanes: FilterBlock,
        at output: UnsafeMutablePointer<Float>, columns: Int
    ) {
        var (a0, a1, a2) = (SIMD8<Float>.zero, SIMD8<Float>.zero, SIMD8<Float>.zero)
        var (b0, b1, b2) = (SIMD8<Float>.zero, SIMD8<Float>.zero, SIMD8<Float>.zero)
        var sums = m
        for point in 0..<points {
            let left = SIMD8(at: sums), right = SIMD8(at: sums + 8)
            var factor = SIMD8<Float>(repeating: matrix[point])
            a0.addProduct(factor, left)
            b0.addProduct(factor, right)
            factor = SIMD8(repeating: matrix[points &+ point])
            a1.addProduct(factor, left)
            b1.addProduct(factor, right)
            factor = SIMD8(repeating: matrix[2 &* points &+ point])
            a2.addProduct(factor, left)
            b2.addProduct(factor, right)
            sums += products.sumStep
        }
        lanes.store(a0, b0, at: output)
        if columns > 1 { lanes.store(a1, b1, at: output + convolution.filters) }
        if columns > 2 { lanes.store(a2, b2, at: output + 2 * convolution.filters) }
    }
}
