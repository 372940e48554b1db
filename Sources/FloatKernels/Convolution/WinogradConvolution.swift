/// 3×3 convolution by Winograd's minimal filtering F(2×2, 3×3): 16 multiplications where 36 would be, an output within
/// a few roundings of the direct sum (A. Lavin and S. Gray, "Fast Algorithms for Convolutional Neural Networks",
/// CVPR 2016, equations 7 to 10).
///
/// The output falls into tiles of 2×2 pixels, each a window of pooling, each made from 4×4 pixels of input:
///
///     Y = Aᵀ [ (G g Gᵀ) ⊙ (Bᵀ d B) ] A
///
/// Summed over the channels, the sixteen products ⊙ are sixteen matrix products, tiles × C times C × F. They are done
/// for 24 tiles and sixteen filters at a time, so that what they read and write stays near the core.
struct WinogradConvolution {
    let convolution: Convolution

    /// Tiles done together: a multiple of `SixRowTile.rows`.
    private static let tiles = 24
    /// Products of a tile.
    private static let points = 16

    /// Stride 1, 3×3, whole vectors of channels, and enough of them that the products pay for the transforms.
    init?(_ convolution: Convolution) {
        guard convolution.kernelHeight == 3 && convolution.kernelWidth == 3 && convolution.stride == 1,
            convolution.channels % 8 == 0 && convolution.channels >= 16
                && convolution.outputHeight > 1 && convolution.outputWidth > 1
        else { return nil }
        self.convolution = convolution
    }

    private var channels: Int { convolution.channels }
    /// Values of a block's transformed weights, points × C × 16.
    private var blockCount: Int { Self.points * channels * FilterBlock.width }
    /// Values of the transformed weights: blocks × points × C × 16.
    var packedCount: Int { FilterBlock.count(convolution.filters) * blockCount }
    private var products: TransformedProducts {
        TransformedProducts(points: Self.points, tiles: Self.tiles, channels: channels)
    }
    /// Transformed tiles of input, and sums.
    var scratchCount: Int { products.inputsCount + products.sumsCount }

    /// The even extents of the output that tiles cover.
    private var tileRows: Int { convolution.outputHeight / 2 }
    private var tileColumns: Int { convolution.outputWidth / 2 }

    /// G g Gᵀ of `weights` F×3×3×C.
    func pack(_ weights: UnsafePointer<Float>, into packed: UnsafeMutablePointer<Float>) {
        if convolution.filters % FilterBlock.width != 0 { packed.update(repeating: 0, count: packedCount) }
        let step = channels * FilterBlock.width
        for filter in 0..<convolution.filters {
            let (block, lane) = filter.quotientAndRemainder(dividingBy: FilterBlock.width)
            let source = weights + filter * 9 * channels, target = packed + block * blockCount + lane
            for channel in stride(from: 0, to: channels, by: 8) {
                packVector(
                    source + channel, into: target + channel * FilterBlock.width, step: step)
            }
        }
    }

    /// Eight channels of one filter; point k goes to `target + k · step`, channel by channel 16 apart.
    @inline(__always)
    private func packVector(
        _ source: UnsafePointer<Float>, into target: UnsafeMutablePointer<Float>, step: Int
    ) {
        for i in 0..<4 {
            var row: (SIMD8<Float>, SIMD8<Float>, SIMD8<Float>)
            row.0 = Self.filterPoint(i, source, channels: 3 * channels)
            row.1 = Self.filterPoint(i, source + channels, channels: 3 * channels)
            row.2 = Self.filterPoint(i, source + 2 * channels, channels: 3 * channels)
            for j in 0..<4 {
                let value = Self.filterPoint(j, row.0, row.1, row.2)
                for lane in 0..<8 { target[(i * 4 + j) * step + lane * FilterBlock.width] = value[lane] }
            }
        }
    }

    @inline(__always)
    private static func filterPoint(_ i: Int, _ g: UnsafePointer<Float>, channels: Int) -> SIMD8<Float> {
        filterPoint(i, SIMD8(at: g), SIMD8(at: g + channels), SIMD8(at: g + 2 * channels))
    }

    /// Row i of G times (g₀, g₁, g₂).
    @inline(__always)
    private static func filterPoint(
        _ i: Int, _ g0: SIMD8<Float>, _ g1: SIMD8<Float>, _ g2: SIMD8<Float>
    ) -> SIMD8<Float> {
        switch i {
        case 0: g0
        case 1: 0.5 * (g0 + g2 + g1)
        case 2: 0.5 * (g0 + g2 - g1)
        default: g2
        }
    }

    /// Every output pixel that tiles cover: of odd extents the last row or column is not written.
    func run(
        padded: UnsafePointer<Float>, packed: UnsafePointer<Float>, bias: UnsafePointer<Float>,
        rectifies: Bool, into output: UnsafeMutablePointer<Float>, scratch: UnsafeMutablePointer<Float>
    ) {
        let filters = convolution.filters, row = convolution.outputWidth * filters
        forEachBlock(padded, packed, bias, rectifies, scratch) { tile, lanes, sums in
            let (y, x) = tile.quotientAndRemainder(dividingBy: tileColumns)
            let place = output + 2 * (y * row + x * filters) + lanes.first
            let left = outputs(sums), right = outputs(sums + 8)
            lanes.store(left.0, right.0, at: place)
            lanes.store(left.1, right.1, at: place + filters)
            lanes.store(left.2, right.2, at: place + row)
            lanes.store(left.3, right.3, at: place + row + filters)
        }
    }

    /// Whether tiles cover the whole output.
    var coversAll: Bool { convolution.outputHeight % 2 == 0 && convolution.outputWidth % 2 == 0 }

    /// The rectified maximum of every window of 2×2 pixels, and which pixel it was.
    func runWindows(
        padded: UnsafePointer<Float>, packed: UnsafePointer<Float>, bias: UnsafePointer<Float>,
        into output: UnsafeMutablePointer<Float>, winners: UnsafeMutablePointer<Int32>?,
        scratch: UnsafeMutablePointer<Float>
    ) {
        let filters = convolution.filters
        forEachBlock(padded, packed, bias, true, scratch) { tile, lanes, sums in
            let left = outputs(sums), right = outputs(sums + 8)
            let place = tile * filters + lanes.first
            lanes.storeWindow(
                (left.0, right.0), (left.1, right.1), (left.2, right.2), (left.3, right.3),
                at: output + place, winners: winners.map { $0 + place })
        }
    }

    /// Calls `finish` with every tile, block of filters and where the sums of its points start.
    @inline(__always)
    private func forEachBlock(
        _ padded: UnsafePointer<Float>, _ packed: UnsafePointer<Float>, _ bias: UnsafePointer<Float>,
        _ rectifies: Bool, _ scratch: UnsafeMutablePointer<Float>,
        finish: (Int, FilterBlock, UnsafePointer<Float>) -> Void
    ) {
        let inputs = scratch, sums = scratch + products.inputsCount
        for start in stride(from: 0, to: tileRows * tileColumns, by: Self.tiles) {
            let count = min(Self.tiles, tileRows * tileColumns - start)
            for tile in 0..<count {
                let (y, x) = (start + tile).quotientAndRemainder(dividingBy: tileColumns)
                transformInput(padded + convolution.patchStart(2 * y, 2 * x), into: inputs + tile * channels)
            }
            for block in 0..<FilterBlock.count(convolution.filters) {
                let lanes = FilterBlock(block, of: convolution.filters, bias: bias, rectifies: rectifies)
                products.multiply(
                    inputs, packed + block * blockCount, into: sums, tiles: count)
                for tile in 0..<count { finish(start + tile, lanes, sums + tile * FilterBlock.width) }
            }
        }
    }

    /// Bᵀ d B of one tile, d 4×4×C; point k goes to `target + k · inputStep`.
    private func transformInput(_ d: UnsafePointer<Float>, into target: UnsafeMutablePointer<Float>) {
        let row = convolution.paddedRow, step = products.inputStep
        for channel in stride(from: 0, to: channels, by: 8) {
            let d0 = d + channel, d1 = d0 + row, d2 = d1 + row, d3 = d2 + row
            let v = target + channel
            transformRow(d0, d2, subtracts: true, into: v, step: step)
            transformRow(d1, d2, subtracts: false, into: v + 4 * step, step: step)
            transformRow(d2, d1, subtracts: true, into: v + 8 * step, step: step)
            transformRow(d1, d3, subtracts: true, into: v + 12 * step, step: step)
        }
    }

    /// (a ± b) B for two rows of four pixels.
    @inline(__always)
    private func transformRow(
        _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, subtracts: Bool,
        into v: UnsafeMutablePointer<Float>, step: Int
    ) {
        @inline(__always) func pixel(_ x: Int) -> SIMD8<Float> {
            let left = SIMD8(at: a + x * channels), right = SIMD8(at: b + x * channels)
            return subtracts ? left - right : left + right
        }
        let t0 = pixel(0), t1 = pixel(1), t2 = pixel(2), t3 = pixel(3)
        (t0 - t2).store(at: v)
        (t1 + t2).store(at: v + step)
        (t2 - t1).store(at: v + 2 * step)
        (t1 - t3).store(at: v + 3 * step)
    }

    /// Aᵀ m A for eight filters: the four pixels in reading order.
    @inline(__always)
    private func outputs(
        _ m: UnsafePointer<Float>
    ) -> (SIMD8<Float>, SIMD8<Float>, SIMD8<Float>, SIMD8<Float>) {
        let step = products.sumStep
        @inline(__always) func column(_ x: Int) -> (upper: SIMD8<Float>, lower: SIMD8<Float>) {
            let m1 = SIMD8(at: m + (4 + x) * step), m2 = SIMD8(at: m + (8 + x) * step)
            return (SIMD8(at: m + x * step) + m1 + m2, m1 - m2 - SIMD8(at: m + (12 + x) * step))
        }
        let c0 = column(0), c1 = column(1), c2 = column(2), c3 = column(3)
        return (
            c0.upper + c1.upper + c2.upper, c1.upper - c2.upper - c3.upper,
            c0.lower + c1.lower + c2.lower, c1.lower - c2.lower - c3.lower
        )
    }
}
