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
                var x = 0
                while columns - x >= SixRowTile.rows {
                    addSix(padded + convolution.patchStart(y, x), weights, lanes, into: row + x * filters)
                    x += SixRowTile.rows
                }
                if x < columns && columns >= SixRowTile.rows {
                    // The last six once more, rather than the rest one by one.
                    x = columns - SixRowTile.rows
                    addSix(padded + convolution.patchStart(y, x), weights, lanes, into: row + x * filters)
                    x = columns
                }
                while x < columns {
                    addOne(padded + convolution.patchStart(y, x), weights, lanes, into: row + x * filters)
                    x += 1
                }
            }
        }
    }

    /// The rectified maximum of every window of 2×2 pixels, and which pixel it was.
    func runWindows(
        padded: UnsafePointer<Float>, packed: UnsafePointer<Float>, bias: UnsafePointer<Float>,
        into output: UnsafeMutablePointer<Float>, winners: UnsafeMutablePointer<Int32>?
    ) {
        let filters = convolution.filters, patchRow = convolution.patchRow
        let rows = convolution.outputHeight / 2, columns = convolution.outputWidth / 2
        let below = convolution.stride * convolution.paddedRow
        let step = convolution.stride * convolution.channels
        for block in 0..<FilterBlock.count(filters) {
            let lanes = FilterBlock(block, of: filters, bias: bias, rectifies: true)
            let weights = packed + block * blockCount
            for cell in 0..<rows * columns {
                let upper = padded + convolution.patchStart(cell / columns * 2, cell % columns * 2)
                var tile = WindowTile()
                for row in 0..<convolution.kernelHeight {
                    let start = upper + row * convolution.paddedRow
                    tile.add(
                        start, start + below, step: step, weights + row * patchRow * FilterBlock.width,
                        depth: patchRow)
                }
                let place = cell * filters + lanes.first
                lanes.storeWindow(
                    (tile.c00, tile.c01), (tile.c10, tile.c11), (tile.c20, tile.c21), (tile.c30, tile.c31),
                    at: output + place, winners: winners.map { $0 + place })
            }
        }
    }

    @inline(__always)
    private func addSix(
        _ patch: UnsafePointer<Float>, _ weights: UnsafePointer<Float>, _ lanes: FilterBlock,
        into output: UnsafeMutablePointer<Float>
    ) {
        let patchRow = convolution.patchRow, filters = convolution.filters
        var tile = SixRowTile()
        for row in 0..<convolution.kernelHeight {
            tile.add(
                patch + row * convolution.paddedRow, stride: convolution.stride * convolution.channels,
                weights + row * patchRow * FilterBlock.width, depth: patchRow)
        }
        lanes.store(tile.c00, tile.c01, at: output)
        lanes.store(tile.c10, tile.c11, at: output + filters)
        lanes.store(tile.c20, tile.c21, at: output + 2 * filters)
        lanes.store(tile.c30, tile.c31, at: output + 3 * filters)
        lanes.store(tile.c40, tile.c41, at: output + 4 * filters)
        lanes.store(tile.c50, tile.c51, at: output + 5 * filters)
    }

    private func addOne(
        _ patch: UnsafePointer<Float>, _ weights: UnsafePointer<Float>, _ lanes: FilterBlock,
        into output: UnsafeMutablePointer<Float>
    ) {
        let patchRow = convolution.patchRow
        var tile = SingleRowTile()
        for row in 0..<convolution.kernelHeight {
            tile.add(
                patch + row * convolution.paddedRow, weights + row * patchRow * FilterBlock.width,
                depth: patchRow)
        }
        lanes.store(tile.left, tile.right, at: output)
    }
}
