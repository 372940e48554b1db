/// ∂loss/∂(sums of a convolution) for a band of output rows, without its zeros, listed twice: filter by filter with
/// the pixels, and pixel by pixel with the filters.
///
/// Rectification stops the gradient of every output that is 0, and a maximum over a window passes it to one pixel of
/// four: so most sums have none.
struct SparseGradient {
    /// A place (see the lists) and its gradient, in one word, so that it is written at once.
    struct Entry: BitwiseCopyable {
        private let word: UInt64

        @inline(__always)
        init(_ place: Int32, bits: UInt32) {
            word = UInt64(UInt32(bitPattern: place)) | UInt64(bits) &<< 32
        }

        @inline(__always)
        init(_ place: Int, _ value: Float) {
            self.init(Int32(truncatingIfNeeded: place), bits: value.bitPattern)
        }

        @inline(__always)
        var place: Int { Int(Int32(truncatingIfNeeded: word)) }
        @inline(__always)
        var value: Float { Float(bitPattern: UInt32(truncatingIfNeeded: word &>> 32)) }
        /// 1 where the value is not 0, and 0 where it is.
        @inline(__always)
        var counts: UInt64 { (word &>> 32) & 0x7fff_ffff != 0 ? 1 : 0 }
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
        if let active {
            addByFilter { Entry(place, bits: gradient[$0].bitPattern & Self.mask(ofPositive: active[$0])) }
            guard listsPixels else { return }
            addByPixel(pixel) { gradient[$0].bitPattern & Self.mask(ofPositive: active[$0]) }
        } else {
            addByFilter { Entry(place, bits: gradient[$0].bitPattern) }
            guard listsPixels else { return }
            addByPixel(pixel) { gradient[$0].bitPattern }
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
                place &+ (winner & 1) &* right &+ (winner &>> 1) &* below,
                bits: gradient[filter].bitPattern & Self.mask(ofWinner: winner))
        }
        guard listsPixels else { return }
        // Four lists grow at once; their lengths share a word, sixteen bits each, so that they stay in a register.
        let step = Int32(truncatingIfNeeded: filterStep)
        let first = byPixel + pixel * filters
        var lengths: UInt64 = 0, filterPlace: Int32 = 0
        for filter in 0..<filters {
            let winner = winners[filter]
            let entry = Entry(
                filterPlace, bits: gradient[filter].bitPattern & Self.mask(ofWinner: winner))
            let corner = Int(winner & 3), shift = UInt64(truncatingIfNeeded: corner &<< 4)
            let used = Int(truncatingIfNeeded: (lengths &>> shift) & 0xffff)
            (first + ((corner &>> 1) &* columns &+ (corner & 1)) &* filters)[used] = entry
            lengths &+= entry.counts &<< shift
            filterPlace &+= step
        }
        for corner in 0..<4 {
            pixelCounts[pixel + (corner >> 1) * columns + (corner & 1)] =
                Int((lengths >> (16 * UInt64(corner))) & 0xffff)
        }
    }

    /// All bits where x > 0, none where not, without a branch: as integers, positive floats are above 0, and 0 − bits
    /// has the sign bit set for them; for −0 too, which `~bits` excludes.
    @inline(__always)
    private static func mask(ofPositive x: Float) -> UInt32 {
        let bits = Int32(bitPattern: x.bitPattern)
        return UInt32(bitPattern: ((0 &- bits) & ~bits) &>> 31)
    }

    /// All bits for a winner, none for −1.
    @inline(__always)
    private static func mask(ofWinner winner: Int32) -> UInt32 { UInt32(bitPattern: ~(winner &>> 31)) }

    /// Lists an entry with every filter. It is written always and counted where it is not 0: a branch would be guessed
    /// wrong half of the time.
    @inline(__always)
    private func addByFilter(_ entry: (Int) -> Entry) {
        let counts = filterCounts, step = Self.listStep(pixels)
        var list = byFilter
        for filter in 0..<convolution.filters {
            let entry = entry(filter), used = counts[filter]
            list[used] = entry
            counts[filter] = used &+ Int(truncatingIfNeeded: entry.counts)
            list += step
        }
    }

    /// Lists every filter whose value is not 0 with a pixel.
    @inline(__always)
    private func addByPixel(_ pixel: Int, _ bits: (Int) -> UInt32) {
        var next = byPixel + pixel * convolution.filters
        let first = next
        var place: Int32 = 0
        let step = Int32(truncatingIfNeeded: filterStep)
        for filter in 0..<convolution.filters {
            let entry = Entry(place, bits: bits(filter))
            next.pointee = entry
            next += Int(truncatingIfNeeded: entry.counts)
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
                convolution.patchStart(y, x), gradient[filter])
            filterCounts[filter] = 1
            let pixel = winner - first
            byPixel[pixel * convolution.filters + pixelCounts[pixel]] = Entry(
                filter * filterStep, gradient[filter])
            pixelCounts[pixel] += 1
        }
    }
}
