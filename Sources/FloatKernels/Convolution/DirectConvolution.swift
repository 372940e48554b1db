/// Convolution by definition, sixteen filters at a time, straight from the padded picture.
///
/// The rows of a patch lie side by side in memory, so that a tile of pixels times sixteen filters is a product of
/// strided rows and packed weights: no matrix of patches is built.
struct DirectConvolution {
    let convolution: Convolution

    /// Weights of sixteen filters, kH·kW·C × 16.
    private var blockCount: Int { convolution.patchCount * FilterBlock.width }
    /// Values of the packed weights: blocks × kH × kW·C × 16, zeros where filters are missing.
    var packedCount: Int { FilterBlock.count(convolution.filters) * blockCount }

    /// Packs `weights` F×kH×kW×C.
    func pack(_ weights: UnsafePointer<Float>, into packed: UnsafeMutablePointer<Float>) {
        let patch = convolution.patchCount
        packed.update(repeating: 0, count: packedCount)
        for filter in 0..<convolution.filters {
            let (block, lane) = filter.quotientAndRemainder(dividingBy: FilterBlock.width)
            let target = packed + block * blockCount + lane
            let source = weights + filter * patch
            for element in 0..<patch { target[element * FilterBlock.width] = source[element] }
        }
    }

    /// Values of scratch memory that `runWindows` needs: the sums of two rows of output, for sixteen filters.
    var windowsScratchCount: Int { 2 * convolution.outputWidth * FilterBlock.width }

    /// Every output pixel of the first `columns` columns, rectified or not.
    func run(
        padded: UnsafePointer<Float>, packed: UnsafePointer<Float>, bias: UnsafePointer<Float>,
        rectifies: Bool, columns: Int, into output: UnsafeMutablePointer<Float>
    ) {
        let filters = convolution.filters
        for block in 0..<FilterBlock.count(filters) {
            let lanes = FilterBlock(block, of: filters, bias: bias, rectifies: rectifies)
            let weights = packed + block * blockCount
            for y in 0..<convolution.outputHeight {
                let row = output + y * convolution.outputWidth * filters + lanes.first
                forEachPixel(ofRow: y, columns: columns, padded, weights) { x, left, right in
                    lanes.store(left, right, at: row + x * filters)
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
        let filters = convolution.filters, width = FilterBlock.width
        let columns = convolution.outputWidth / 2, below = 2 * columns * width
        for block in 0..<FilterBlock.count(filters) {
            let lanes = FilterBlock(block, of: filters, bias: bias, rectifies: true)
            let weights = packed + block * blockCount
            for y in 0..<convolution.outputHeight / 2 {
                for half in 0..<2 {
                    let sums = scratch + half * below
                    forEachPixel(ofRow: 2 * y + half, columns: 2 * columns, padded, weights) {
                        x, left, right in
                        left.store(at: sums + x * width)
                        right.store(at: sums + x * width + 8)
                    }
                }
                for x in 0..<columns {
                    let place = (y * columns + x) * filters + lanes.first
                    lanes.storeWindow(
                        scratch + 2 * x * width, below: below, at: output + place,
                        winners: winners.map { $0 + place })
                }
            }
        }
    }

    /// Calls `finish` with the column of every output pixel of row `y` up to `columns` and its sums; some come twice.
    @inline(__always)
    private func forEachPixel(
        ofRow y: Int, columns: Int, _ padded: UnsafePointer<Float>, _ weights: UnsafePointer<Float>,
        _ finish: (Int, SIMD8<Float>, SIMD8<Float>) -> Void
    ) {
        let step = convolution.stride * convolution.channels
        let patch = padded + convolution.patchStart(y, 0)
        guard columns >= SixRowTile.rows else {
            for x in 0..<columns {
                var tile = SingleRowTile()
                forEachPatchRow(patch + x * step, weights) { tile.add($0, $1, depth: convolution.patchRow) }
                finish(x, tile.left, tile.right)
            }
            return
        }
        // The last six end with the last column, rather than the rest one by one.
        for start in Swift.stride(from: 0, to: columns, by: SixRowTile.rows) {
            let x = min(start, columns - SixRowTile.rows)
            var tile = SixRowTile()
            forEachPatchRow(patch + x * step, weights) {
                tile.add($0, stride: step, $1, depth: convolution.patchRow)
            }
            finish(x, tile.c00, tile.c01)
            finish(x + 1, tile.c10, tile.c11)
            finish(x + 2, tile.c20, tile.c21)
            finish(x + 3, tile.c30, tile.c31)
            finish(x + 4, tile.c40, tile.c41)
            finish(x + 5, tile.c50, tile.c51)
        }
    }

    /// Calls `add` with where each row of a patch starts, and its weights.
    @inline(__always)
    private func forEachPatchRow(
        _ patch: UnsafePointer<Float>, _ weights: UnsafePointer<Float>,
        _ add: (UnsafePointer<Float>, UnsafePointer<Float>) -> Void
    ) {
        for row in 0..<convolution.kernelHeight {
            add(
                patch + row * convolution.paddedRow,
                weights + row * convolution.patchRow * FilterBlock.width)
        }
    }
}
