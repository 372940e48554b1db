/// 3×3 convolution by minimal filtering F(4×4, 3×3): 36 multiplications where 144 would be (Lavin and Gray, CVPR 2016).
///
/// The output falls into tiles of 4×4 pixels, each made from 6×6 pixels of input,
///
///     Y = Aᵀ [ (G g Gᵀ) ⊙ (Bᵀ d B) ] A
///
/// with the points 0, ±1, ±2 and ∞. Where the extents are no multiples of four, the last tiles overlap those before.
/// Takes fewer multiplications than F(2×2, 3×3), 2.25 an output rather than four, but weights that are four times as large
/// as the filters: twelve tiles share one reading of them.
struct WideWinogradConvolution {
    let convolution: Convolution
    /// Extents of the output that tiles cover.
    private let height: Int, width: Int

    private static let points = 36
    /// Pixels of a tile, and of the input it is made from, each way.
    private static let side = 4, reach = 6
    /// Tiles done together: a multiple of `SixRowTile.rows`.
    private static let tiles = 12
    /// Values of transformed weights, 2 MiB: of 1.2 they still pay, from the third-level cache and for six tiles.
    private static let mostWeights = 1 << 19

    /// Stride 1, 3×3, whole vectors of channels, sixteen or more; at least six tiles, which overlap so little that they take
    /// at most three multiplications an output.
    ///
    /// - Parameter pools: whether maxima of windows are wanted, which an odd last row or column has none of.
    init?(_ convolution: Convolution, pools: Bool) {
        self.convolution = convolution
        let last = pools ? 1 : 0
        height = convolution.outputHeight & ~last
        width = convolution.outputWidth & ~last
        guard convolution.kernelHeight == 3 && convolution.kernelWidth == 3 && convolution.stride == 1,
            convolution.channels % 8 == 0 && convolution.channels >= 16,
            min(height, width) >= Self.side && 3 * height * width >= Self.points * max(6, tileCount),
            Self.points * convolution.channels * FilterBlock.count(convolution.filters) * FilterBlock.width
                <= Self.mostWeights
        else { return nil }
    }

    private var columns: Int { (width + Self.side - 1) / Self.side }
    private var tileCount: Int { (height + Self.side - 1) / Self.side * columns }
    private var channels: Int { convolution.channels }
    private var products: TransformedProducts {
        TransformedProducts(points: Self.points, tiles: Self.tiles, channels: channels)
    }
    /// Values of a block's transformed weights, points × C × 16.
    private var blockCount: Int { Self.points * channels * FilterBlock.width }
    /// Values of the transformed weights: blocks × points × C × 16.
    var packedCount: Int { FilterBlock.count(convolution.filters) * blockCount }
    /// Transformed tiles of input, sums, and a tile between its rows and its columns or before its epilogue.
    var scratchCount: Int { products.inputsCount + products.sumsCount + 2 * betweenCount }
    /// Values of a tile for sixteen filters or, before the transform, for eight channels.
    private var betweenCount: Int { Self.points * FilterBlock.width }

    /// G g Gᵀ of `weights` F×3×3×C.
    func pack(_ weights: UnsafePointer<Float>, into packed: UnsafeMutablePointer<Float>) {
        if convolution.filters % FilterBlock.width != 0 { packed.update(repeating: 0, count: packedCount) }
        let step = channels * FilterBlock.width
        for filter in 0..<convolution.filters {
            let (block, lane) = filter.quotientAndRemainder(dividingBy: FilterBlock.width)
            let target = packed + block * blockCount + lane
            for channel in stride(from: 0, to: channels, by: 8) {
                let g = weights + filter * 9 * channels + channel
                for i in 0..<Self.reach {
                    let (g0, g1, g2) = (
                        filterPoint(i, g), filterPoint(i, g + channels), filterPoint(i, g + 2 * channels)
                    )
                    for j in 0..<Self.reach {
                        let value = Self.filterPoint(j, g0, g1, g2)
                        let place = target + (i * Self.reach + j) * step + channel * FilterBlock.width
                        for k in 0..<8 { place[k * FilterBlock.width] = value[k] }
                    }
                }
            }
        }
    }

    /// Row i of G times a column of a filter.
    private func filterPoint(_ i: Int, _ g: UnsafePointer<Float>) -> SIMD8<Float> {
        Self.filterPoint(i, SIMD8(at: g), SIMD8(at: g + 3 * channels), SIMD8(at: g + 6 * channels))
    }

    /// Row i of G times (g₀, g₁, g₂).
    private static func filterPoint(
        _ i: Int, _ g0: SIMD8<Float>, _ g1: SIMD8<Float>, _ g2: SIMD8<Float>
    ) -> SIMD8<Float> {
        switch i {
        case 0: g0 * 0.25
        case 1: (g0 + g2 + g1) * (-1 / 6)
        case 2: (g0 + g2 - g1) * (-1 / 6)
        case 3: (g0 + 4 * g2 + 2 * g1) * (1 / 24)
        case 4: (g0 + 4 * g2 - 2 * g1) * (1 / 24)
        default: g2
        }
    }

    /// Every output pixel.
    func run(
        padded: UnsafePointer<Float>, packed: UnsafePointer<Float>, bias: UnsafePointer<Float>,
        rectifies: Bool, into output: UnsafeMutablePointer<Float>, scratch: UnsafeMutablePointer<Float>
    ) {
        let filters = convolution.filters
        forEachTile(padded, packed, bias, rectifies, scratch) { y, x, lanes, pixels in
            for row in 0..<Self.side {
                for column in 0..<Self.side {
                    let sums = pixels + (row * Self.side + column) * FilterBlock.width
                    let place = ((y + row) * convolution.outputWidth + x + column) * filters + lanes.first
                    lanes.store(SIMD8(at: sums), SIMD8(at: sums + 8), at: output + place)
                }
            }
        }
    }

    /// The rectified maximum of every window of 2×2 pixels, and which pixel it was.
    func runWindows(
        padded: UnsafePointer<Float>, packed: UnsafePointer<Float>, bias: UnsafePointer<Float>,
        into output: UnsafeMutablePointer<Float>, winners: UnsafeMutablePointer<Int32>?,
        scratch: UnsafeMutablePointer<Float>
    ) {
        let filters = convolution.filters, below = Self.side * FilterBlock.width
        forEachTile(padded, packed, bias, true, scratch) { y, x, lanes, pixels in
            for row in 0..<2 {
                for column in 0..<2 {
                    let cell = (y / 2 + row) * (width / 2) + x / 2 + column
                    let place = cell * filters + lanes.first
                    lanes.storeWindow(
                        pixels + 2 * row * below + 2 * column * FilterBlock.width, below: below,
                        at: output + place, winners: winners.map { $0 + place })
                }
            }
        }
    }

    /// Calls `finish` with every tile's row and column, a block of filters, and the sums of the tile's pixels, 4×4×16.
    @inline(__always)
    private func forEachTile(
        _ padded: UnsafePointer<Float>, _ packed: UnsafePointer<Float>, _ bias: UnsafePointer<Float>,
        _ rectifies: Bool, _ scratch: UnsafeMutablePointer<Float>,
        finish: (Int, Int, FilterBlock, UnsafePointer<Float>) -> Void
    ) {
        let products = products, inputs = scratch, sums = scratch + products.inputsCount
        let between = sums + products.sumsCount, pixels = between + betweenCount
        let columns = columns, count = tileCount
        func corner(_ tile: Int) -> (y: Int, x: Int) {
            let (row, column) = tile.quotientAndRemainder(dividingBy: columns)
            return (min(row * Self.side, height - Self.side), min(column * Self.side, width - Self.side))
        }
        for start in stride(from: 0, to: count, by: Self.tiles) {
            let tiles = min(Self.tiles, count - start)
            for tile in 0..<tiles {
                let (y, x) = corner(start + tile)
                transformInput(
                    padded + convolution.patchStart(y, x), between, into: inputs + tile * channels,
                    step: products.inputStep)
            }
            for block in 0..<FilterBlock.count(convolution.filters) {
                let lanes = FilterBlock(block, of: convolution.filters, bias: bias, rectifies: rectifies)
                products.multiply(inputs, packed + block * blockCount, into: sums, tiles: tiles)
                for tile in 0..<tiles {
                    let own = sums + tile * FilterBlock.width
                    transformOutput(own, between, into: pixels, step: products.sumStep)
                    transformOutput(own + 8, between, into: pixels + 8, step: products.sumStep)
                    let (y, x) = corner(start + tile)
                    finish(y, x, lanes, pixels)
                }
            }
        }
    }

    /// Bᵀ d B of one tile, d 6×6×C; point k goes to `target + k · step`.
    private func transformInput(
        _ d: UnsafePointer<Float>, _ between: UnsafeMutablePointer<Float>,
        into target: UnsafeMutablePointer<Float>, step: Int
    ) {
        let row = convolution.paddedRow
        for channel in stride(from: 0, to: channels, by: 8) {
            for column in 0..<Self.reach {
                Self.transformSix(
                    d + column * channels + channel, step: row, into: between + column * 8,
                    step: Self.reach * 8)
            }
            for row in 0..<Self.reach {
                Self.transformSix(
                    between + row * Self.reach * 8, step: 8, into: target + row * Self.reach * step + channel,
                    step: step)
            }
        }
    }

    /// Bᵀ times six vectors.
    @inline(__always)
    private static func transformSix(
        _ d: UnsafePointer<Float>, step: Int, into v: UnsafeMutablePointer<Float>, step targetStep: Int
    ) {
        let d0 = SIMD8(at: d), d1 = SIMD8(at: d + step), d2 = SIMD8(at: d + 2 * step)
        let d3 = SIMD8(at: d + 3 * step), d4 = SIMD8(at: d + 4 * step), d5 = SIMD8(at: d + 5 * step)
        let four = SIMD8<Float>(repeating: 4), five = SIMD8<Float>(repeating: 5)
        let two = SIMD8<Float>(repeating: 2)
        let even = d4.addingProduct(-four, d2), odd = d3.addingProduct(-four, d1)
        let outer = d4 - d2, inner = d3 - d1
        d4.addingProduct(-five, d2).addingProduct(four, d0).store(at: v)
        (even + odd).store(at: v + targetStep)
        (even - odd).store(at: v + 2 * targetStep)
        outer.addingProduct(two, inner).store(at: v + 3 * targetStep)
        outer.addingProduct(-two, inner).store(at: v + 4 * targetStep)
        d5.addingProduct(-five, d3).addingProduct(four, d1).store(at: v + 5 * targetStep)
    }

    /// Aᵀ m A for eight filters, m `step` apart, into 4×4 pixels of sixteen values.
    @inline(__always)
    private func transformOutput(
        _ m: UnsafePointer<Float>, _ between: UnsafeMutablePointer<Float>,
        into pixels: UnsafeMutablePointer<Float>, step: Int
    ) {
        for column in 0..<Self.reach {
            Self.transformFour(
                m + column * step, step: Self.reach * step, into: between + column * 8, step: Self.reach * 8)
        }
        for row in 0..<Self.side {
            Self.transformFour(
                between + row * Self.reach * 8, step: 8,
                into: pixels + row * Self.side * FilterBlock.width, step: FilterBlock.width)
        }
    }

    /// Aᵀ times six vectors.
    @inline(__always)
    private static func transformFour(
        _ m: UnsafePointer<Float>, step: Int, into y: UnsafeMutablePointer<Float>, step targetStep: Int
    ) {
        let m1 = SIMD8(at: m + step), m2 = SIMD8(at: m + 2 * step)
        let m3 = SIMD8(at: m + 3 * step), m4 = SIMD8(at: m + 4 * step)
        let near = (sum: m1 + m2, difference: m1 - m2), far = (sum: m3 + m4, difference: m3 - m4)
        (SIMD8(at: m) + near.sum + far.sum).store(at: y)
        near.difference.addingProduct(SIMD8(repeating: 2), far.difference).store(at: y + targetStep)
        near.sum.addingProduct(SIMD8(repeating: 4), far.sum).store(at: y + 2 * targetStep)
        (near.difference + SIMD8(at: m + 5 * step)).addingProduct(SIMD8(repeating: 8), far.difference)
            .store(at: y + 3 * targetStep)
    }
}
