/// ∂loss/∂(sums of a convolution) for a band of output rows, without its zeros, listed twice: filter by filter with
/// the pixels, and pixel by pixel with the filters.
///
/// Rectification stops the gradient of every output that is 0, and a maximum over a window passes it to one pixel of
/// four: so most sums have none.
struct SparseGradient {
    /// A place (see the lists) and its gradient.
    struct Entry: BitwiseCopyable {
        let place: Int32
        let value: Float
    }

    private let convolution: Convolution
    /// Most pixels of a band, and values of a filter in the packed weights of a chunk.
    private let pixels: Int, filterStep: Int
    /// Whether anybody wants the lists of the pixels.
    private let listsPixels: Bool

    /// Of each filter, F × `pixels`: where the patch under a pixel starts in the padded input.
    let byFilter: UnsafeMutablePointer<Entry>
    let filterCounts: UnsafeMutablePointer<Int>
    /// Of each pixel, `pixels` × F: where a filter's weights start in a chunk.
    let byPixel: UnsafeMutablePointer<Entry>
    let pixelCounts: UnsafeMutablePointer<Int>

    /// Bytes of memory that lists for bands of `pixels` need.
    static func byteCount(filters: Int, pixels: Int) -> Int {
        (filters * (listStep(pixels) + pixels) + 1) * MemoryLayout<Entry>.stride
            + (filters + pixels) * MemoryLayout<Int>.stride
    }

    /// Entries between the starts of two filters' lists: a cache line more than they hold, because lists a power of two
    /// apart would drive one another from the cache.
    private static func listStep(_ pixels: Int) -> Int { pixels + 8 }

    /// Lists in memory of `byteCount`, aligned for Int.
    init(
        _ convolution: Convolution, pixels: Int, filterStep: Int, listsPixels: Bool,
        memory: UnsafeMutableRawPointer
    ) {
        let filters = convolution.filters
        self.convolution = convolution
        self.pixels = pixels
        self.filterStep = filterStep
        self.listsPixels = listsPixels
        filterCounts = memory.bindMemory(to: Int.self, capacity: filters + pixels)
        pixelCounts = filterCounts + filters
        byFilter = UnsafeMutableRawPointer(pixelCounts + pixels).bindMemory(
            to: Entry.self, capacity: filters * (Self.listStep(pixels) + pixels) + 1)
        byPixel = byFilter + filters * Self.listStep(pixels)
    }

    /// The entries of a filter.
    func entries(filter: Int) -> UnsafeBufferPointer<Entry> {
        UnsafeBufferPointer(start: byFilter + filter * Self.listStep(pixels), count: filterCounts[filter])
    }

    /// The entries of a pixel of the band.
    func entries(pixel: Int) -> UnsafeBufferPointer<Entry> {
        UnsafeBufferPointer(start: byPixel + pixel * convolution.filters, count: pixelCounts[pixel])
    }

    /// Forgets everything, for a band of `count` pixels.
    func clear(pixels count: Int) {
        filterCounts.update(repeating: 0, count: convolution.filters)
        pixelCounts.update(repeating: 0, count: count)
    }

    /// Adds the gradient of a pixel's outputs, F, one for each filter; where `active` is given only of those above 0.
    @inline(__always)
    func add(
        pixel: Int, y: Int, x: Int, _ gradient: UnsafePointer<Float>, active: UnsafePointer<Float>?
    ) {
        let place = Int32(truncatingIfNeeded: convolution.patchStart(y, x))
        addByFilter { filter in
            let value = active.map { $0[filter] > 0 ? gradient[filter] : 0 } ?? gradient[filter]
            return Entry(place: place, value: value)
        }
        guard listsPixels else { return }
        addByPixel(pixel) { filter in
            active.map { $0[filter] > 0 ? gradient[filter] : 0 } ?? gradient[filter]
        }
    }

    /// Adds the gradient of a window's outputs, F, each to the pixel that won (−1: to none).
    ///
    /// - Parameters:
    ///   - pixel: of the window's upper left in the band; the lower row is `columns` further on.
    @inline(__always)
    func add(
        window pixel: Int, columns: Int, y: Int, x: Int, _ gradient: UnsafePointer<Float>,
        winners: UnsafePointer<Int32>
    ) {
        let filters = convolution.filters
        let place = Int32(truncatingIfNeeded: convolution.patchStart(y, x))
        let right = Int32(truncatingIfNeeded: convolution.patchStart(y, x + 1)) &- place
        let below = Int32(truncatingIfNeeded: convolution.patchStart(y + 1, x)) &- place
        addByFilter { filter in
            let winner = winners[filter]
            return Entry(
                place: place &+ (winner & 1) &* right &+ (winner &>> 1) &* below,
                value: winner >= 0 ? gradient[filter] : 0)
        }
        guard listsPixels else { return }
        // Four lists grow at once; their lengths share a word, sixteen bits each, so that they stay in a register.
        let step = Int32(truncatingIfNeeded: filterStep)
        let first = byPixel + pixel * filters
        var lengths: UInt64 = 0, filterPlace: Int32 = 0
        for filter in 0..<filters {
            let winner = Int(winners[filter]), corner = max(winner, 0)
            let value = winner >= 0 ? gradient[filter] : 0
            let used = Int(truncatingIfNeeded: (lengths &>> UInt64(truncatingIfNeeded: 16 &* corner)) & 0xffff)
            let list = first + ((corner &>> 1) &* columns &+ (corner & 1)) &* filters
            list[used] = Entry(place: filterPlace, value: value)
            lengths &+= (value != 0 ? 1 : 0) &<< UInt64(truncatingIfNeeded: 16 &* corner)
            filterPlace &+= step
        }
        for corner in 0..<4 {
            pixelCounts[pixel + (corner >> 1) * columns + (corner & 1)] = Int((lengths >> (16 * UInt64(corner))) & 0xffff)
        }
    }

    /// Lists an entry with every filter. It is written always and counted where it is not 0: a branch would be guessed
    /// wrong half of the time.
    @inline(__always)
    private func addByFilter(_ entry: (Int) -> Entry) {
        let counts = filterCounts, step = Self.listStep(pixels)
        var list = byFilter
        for filter in 0..<convolution.filters {
            let entry = entry(filter), used = counts[filter]
            list[used] = entry
            counts[filter] = used &+ (entry.value != 0 ? 1 : 0)
            list += step
        }
    }

    /// Lists every filter whose value is not 0 with a pixel.
    @inline(__always)
    private func addByPixel(_ pixel: Int, _ value: (Int) -> Float) {
        var next = byPixel + pixel * convolution.filters
        let first = next
        var place: Int32 = 0
        let step = Int32(truncatingIfNeeded: filterStep)
        for filter in 0..<convolution.filters {
            let value = value(filter)
            next.pointee = Entry(place: place, value: value)
            next += value != 0 ? 1 : 0
            place &+= step
        }
        pixelCounts[pixel] = next - first
    }

    /// Adds the gradients of maxima over all pixels, F; those whose pixel lies in `rows`.
    func add(maxima gradient: UnsafePointer<Float>, winners: UnsafePointer<Int32>, rows: Range<Int>) {
        let width = convolution.outputWidth, first = rows.lowerBound * width
        for filter in 0..<convolution.filters where gradient[filter] != 0 {
            let winner = Int(winners[filter])
            guard (first..<rows.upperBound * width).contains(winner) else { continue }
            let (y, x) = winner.quotientAndRemainder(dividingBy: width)
            byFilter[filter * Self.listStep(pixels)] = Entry(
                place: Int32(truncatingIfNeeded: convolution.patchStart(y, x)), value: gradient[filter])
            filterCounts[filter] = 1
            let pixel = winner - first
            byPixel[pixel * convolution.filters + pixelCounts[pixel]] = Entry(
                place: Int32(truncatingIfNeeded: filter &* filterStep), value: gradient[filter])
            pixelCounts[pixel] += 1
        }
    }
}
