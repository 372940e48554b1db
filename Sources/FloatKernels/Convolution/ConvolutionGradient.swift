/// The backward pass of a convolution: what reaches the sums, without its zeros, times patches gives the gradient of the
/// weights, and times weights that of the input.
///
/// Works band by band of output rows, so that a band's patches stay near the core while all filters pass over them. Sums
/// run in the order of pixels and filters: the error of a gradient with n terms is at most (n + 1)·ε·Σ|a·b|, ε = 2⁻²⁴.
public struct ConvolutionGradient: Sendable {
    /// Where the gradient of the sums comes from, one sample.
    public enum Source {
        /// ∂loss/∂output, outH×outW×F.
        case outputs(UnsafePointer<Float>)
        /// The same behind rectified outputs, outH×outW×F: where an output is not above 0 nothing passes.
        case rectified(UnsafePointer<Float>, outputs: UnsafePointer<Float>)
        /// One gradient for all pixels of a filter, F: that of a mean, divided already; where the outputs were rectified
        /// with them.
        case everywhere(UnsafePointer<Float>, outputs: UnsafePointer<Float>?)
        /// ∂loss/∂(maxima of windows of 2×2), and which pixel each came from (`ConvolutionForward.run`).
        case windows(UnsafePointer<Float>, winners: UnsafePointer<Int32>)
        /// ∂loss/∂(maxima over all pixels), F, and which pixel each came from; −1 for none.
        case maxima(UnsafePointer<Float>, winners: UnsafePointer<Int32>)
    }

    /// Extents and geometry.
    public let convolution: Convolution
    private let chunks: [PatchChunk]
    private let bandRows: Int
    /// Values of the largest chunk.
    private let chunkCount: Int

    /// Bytes of padded input that a band may read: it shares a first-level cache of 32 KiB.
    private static let bandBytes = 24_000

    /// The backward pass of a convolution.
    public init(_ convolution: Convolution) {
        self.convolution = convolution
        chunks = PatchChunk.all(of: convolution)
        chunkCount = chunks.map(\.count).max() ?? 0
        let rows = Self.bandBytes / (4 * convolution.paddedRow * convolution.stride)
        bandRows = min(max(2, (rows - 2) / 2 * 2), (convolution.outputHeight + 1) / 2 * 2)
    }

    private var bandPixels: Int { bandRows * convolution.outputWidth }
    private var listCount: Int {
        (SparseGradient.byteCount(filters: convolution.filters, pixels: bandPixels) + 3) / 4
    }

    /// Values of the packed weights: chunk by chunk F × the chunk's vectors.
    public var packedCount: Int { chunks.count * convolution.filters * chunkCount }
    /// Values of scratch memory.
    public var scratchCount: Int { listCount + 2 }

    /// Packs `weights` F×kH×kW×C, with zeros where a piece ends in half a vector.
    public func pack(_ weights: UnsafePointer<Float>, into packed: UnsafeMutablePointer<Float>) {
        for (index, chunk) in chunks.enumerated() {
            let step = chunk.step(rowStep: convolution.patchRow)
            for filter in 0..<convolution.filters {
                let target = packed + (index * convolution.filters + filter) * chunkCount
                let source = weights + weightStart(chunk, filter)
                if !chunk.isWhole { target.update(repeating: 0, count: chunkCount) }
                for part in 0..<chunk.parts {
                    (target + part * chunk.vectors * 8).update(
                        from: source + part * step, count: valid(chunk, part))
                }
            }
        }
    }

    /// Adds the gradients of one sample.
    ///
    /// - Parameters:
    ///   - columns: how many columns of output count; all where nil.
    ///   - padded: the padded input as it was forward.
    ///   - packed: the packed weights; not read where `paddedGradient` is nil.
    ///   - scratch: `scratchCount` values, aligned for Int.
    ///   - weightGradient: F×kH×kW×C; `biasGradient`: F.
    ///   - paddedGradient: `paddedCount` values; nil where nobody wants it.
    public func add(
        _ source: Source, columns: Int? = nil, padded: UnsafePointer<Float>, packed: UnsafePointer<Float>,
        scratch: UnsafeMutablePointer<Float>, weightGradient: UnsafeMutablePointer<Float>,
        biasGradient: UnsafeMutablePointer<Float>, paddedGradient: UnsafeMutablePointer<Float>?
    ) {
        let lists = SparseGradient(
            convolution, pixels: bandPixels, filterStep: chunkCount,
            listsPixels: paddedGradient != nil, memory: UnsafeMutableRawPointer(scratch))
        let columns = columns ?? convolution.outputWidth
        for first in stride(from: 0, to: convolution.outputHeight, by: bandRows) {
            let rows = first..<min(first + bandRows, convolution.outputHeight)
            list(source, rows, columns, into: lists)
            addWeightGradient(lists, padded, to: weightGradient, biasGradient)
            if let paddedGradient { addInputGradient(lists, rows, columns, packed, to: paddedGradient) }
        }
    }

    private func list(_ source: Source, _ rows: Range<Int>, _ columns: Int, into lists: SparseGradient) {
        let width = convolution.outputWidth, filters = convolution.filters
        lists.clear(pixels: rows.count * width)
        switch source {
        case .outputs(let gradient):
            forEachPixel(rows, columns) { pixel, y, x in
                lists.add(
                    pixel: pixel, y: y, x: x, gradient + (y * width + x) * filters, active: nil)
            }
        case .rectified(let gradient, let outputs):
            forEachPixel(rows, columns) { pixel, y, x in
                let place = (y * width + x) * filters
                lists.add(pixel: pixel, y: y, x: x, gradient + place, active: outputs + place)
            }
        case .everywhere(let gradient, let outputs):
            forEachPixel(rows, columns) { pixel, y, x in
                lists.add(
                    pixel: pixel, y: y, x: x, gradient,
                    active: outputs.map { $0 + (y * width + x) * filters })
            }
        case .windows(let gradient, let winners):
            let windows = width / 2, end = min(rows.upperBound, convolution.outputHeight - 1)
            for y in stride(from: rows.lowerBound, to: end, by: 2) {
                for column in 0..<windows {
                    let place = (y / 2 * windows + column) * filters
                    lists.add(
                        window: (y - rows.lowerBound) * width + 2 * column, columns: width, y: y,
                        x: 2 * column, gradient + place, winners: winners + place)
                }
            }
        case .maxima(let gradient, let winners):
            lists.add(maxima: gradient, winners: winners, rows: rows)
        }
    }

    @inline(__always)
    private func forEachPixel(_ rows: Range<Int>, _ columns: Int, _ body: (Int, Int, Int) -> Void) {
        var pixel = 0
        for y in rows {
            for x in 0..<columns {
                body(pixel, y, x)
                pixel += 1
            }
        }
    }

    /// Where a chunk starts in the weights of a filter.
    private func weightStart(_ chunk: PatchChunk, _ filter: Int) -> Int {
        filter * convolution.patchCount + chunk.row * convolution.patchRow + chunk.start
    }

    /// Values of a part of a chunk that belong to the patch.
    private func valid(_ chunk: PatchChunk, _ part: Int) -> Int {
        let isLast = chunk.isTall || part == chunk.parts - 1
        return isLast ? chunk.vectors * 8 - 8 + chunk.lanes : chunk.vectors * 8
    }

    private func addWeightGradient(
        _ lists: SparseGradient, _ padded: UnsafePointer<Float>,
        to weightGradient: UnsafeMutablePointer<Float>, _ biasGradient: UnsafeMutablePointer<Float>
    ) {
        for filter in 0..<convolution.filters {
            let entries = lists.entries(filter: filter)
            guard !entries.isEmpty else { continue }
            biasGradient[filter] += total(entries)
            for chunk in chunks {
                let base = padded + chunk.row * convolution.paddedRow + chunk.start
                let step = chunk.step(rowStep: convolution.paddedRow)
                let target = weightGradient + weightStart(chunk, filter)
                let targetStep = chunk.step(rowStep: convolution.patchRow)
                if chunk.isWhole {
                    var sums = NineSums(at: target, step: targetStep)
                    sums.add(entries, base, step: step)
                    sums.store(at: target, step: targetStep)
                } else {
                    addPart(chunk, entries, base, step: step, to: target, targetStep: targetStep)
                }
            }
        }
    }

    /// The sum of all values, four at a time.
    private func total(_ entries: UnsafeBufferPointer<SparseGradient.Entry>) -> Float {
        var sums = SIMD4<Float>()
        let whole = entries.count & ~3
        for i in stride(from: 0, to: whole, by: 4) {
            sums += SIMD4(entries[i].value, entries[i + 1].value, entries[i + 2].value, entries[i + 3].value)
        }
        for i in whole..<entries.count { sums.x += entries[i].value }
        return (sums.x + sums.y) + (sums.z + sums.w)
    }

    /// A chunk that ends in half a vector, or has one vector a part. What its vectors hold beyond the patch is not used.
    private func addPart(
        _ chunk: PatchChunk, _ entries: UnsafeBufferPointer<SparseGradient.Entry>,
        _ base: UnsafePointer<Float>, step: Int, to target: UnsafeMutablePointer<Float>, targetStep: Int
    ) {
        if chunk.vectors == 2 {
            var sums = SixSums()
            sums.add(entries, base, step: step)
            add(sums.s00, chunk, part: 0, 0, to: target)
            add(sums.s01, chunk, part: 0, 1, to: target)
            add(sums.s10, chunk, part: 1, 0, to: target + targetStep)
            add(sums.s11, chunk, part: 1, 1, to: target + targetStep)
            add(sums.s20, chunk, part: 2, 0, to: target + 2 * targetStep)
            add(sums.s21, chunk, part: 2, 1, to: target + 2 * targetStep)
            return
        }
        for vector in 0..<chunk.vectors {
            var sums = ThreeSums()
            // A part that is not there is read at the place of the first.
            sums.add(entries, base + vector * 8, step: chunk.parts == 3 ? step : 0)
            let totals = sums.totals
            if chunk.parts == 2 {
                var second = ThreeSums()
                second.add(entries, base + vector * 8 + step, step: 0)
                add(totals.0, chunk, part: 0, vector, to: target)
                add(second.totals.0, chunk, part: 1, vector, to: target + targetStep)
            } else {
                add(totals.0, chunk, part: 0, vector, to: target)
                guard chunk.parts == 3 else { continue }
                add(totals.1, chunk, part: 1, vector, to: target + targetStep)
                add(totals.2, chunk, part: 2, vector, to: target + 2 * targetStep)
            }
        }
    }

    private func add(
        _ sums: SIMD8<Float>, _ chunk: PatchChunk, part: Int, _ vector: Int,
        to target: UnsafeMutablePointer<Float>
    ) {
        let count = min(8, valid(chunk, part) - vector * 8)
        for lane in 0..<max(count, 0) { target[vector * 8 + lane] += sums[lane] }
    }

    private func addInputGradient(
        _ lists: SparseGradient, _ rows: Range<Int>, _ columns: Int, _ packed: UnsafePointer<Float>,
        to paddedGradient: UnsafeMutablePointer<Float>
    ) {
        for (index, chunk) in chunks.enumerated() {
            let weights = packed + index * convolution.filters * chunkCount
            let step = chunk.step(rowStep: convolution.paddedRow)
            let target = paddedGradient + chunk.row * convolution.paddedRow + chunk.start
            forEachPixel(rows, columns) { pixel, y, x in
                let entries = lists.entries(pixel: pixel)
                guard !entries.isEmpty else { return }
                let place = target + convolution.patchStart(y, x)
                if chunk.vectors == 3 {
                    var sums = NineSums()
                    sums.add(entries, weights, step: 24)
                    sums.add(to: place, step: step)
                } else if chunk.vectors == 2 {
                    var sums = SixSums()
                    sums.add(entries, weights, step: 16)
                    add(sums.s00, sums.s01, to: place)
                    add(sums.s10, sums.s11, to: place + step)
                    add(sums.s20, sums.s21, to: place + 2 * step)
                } else {
                    var sums = ThreeSums()
                    sums.add(entries, weights, step: 8)
                    let totals = sums.totals
                    (SIMD8(at: place) + totals.0).store(at: place)
                    guard chunk.parts > 1 else { return }
                    (SIMD8(at: place + step) + totals.1).store(at: place + step)
                    guard chunk.parts > 2 else { return }
                    (SIMD8(at: place + 2 * step) + totals.2).store(at: place + 2 * step)
                }
            }
        }
    }

    private func add(_ a: SIMD8<Float>, _ b: SIMD8<Float>, to place: UnsafeMutablePointer<Float>) {
        (SIMD8(at: place) + a).store(at: place)
        (SIMD8(at: place + 8) + b).store(at: place + 8)
    }
}
