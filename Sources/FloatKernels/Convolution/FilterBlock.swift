/// Sixteen neighbouring filters, two vectors: how their sums become outputs. Of the last block fewer may exist.
struct FilterBlock {
    static let width = 16

    /// The first filter, and how many there are.
    let first: Int, count: Int
    private let rectifies: Bool
    private let left: SIMD8<Float>, right: SIMD8<Float>

    /// How many blocks hold `filters` filters.
    static func count(_ filters: Int) -> Int { (filters + width - 1) / width }

    /// - Parameter bias: F values and zeros up to a whole block.
    init(_ block: Int, of filters: Int, bias: UnsafePointer<Float>, rectifies: Bool) {
        first = block * Self.width
        count = min(Self.width, filters - first)
        self.rectifies = rectifies
        left = SIMD8(at: bias + first)
        right = SIMD8(at: bias + first + 8)
    }

    /// Writes one pixel's sums, with bias, and rectified where wanted.
    @inline(__always)
    func store(_ a: SIMD8<Float>, _ b: SIMD8<Float>, at output: UnsafeMutablePointer<Float>) {
        var a = a + left, b = b + right
        if rectifies { (a, b) = (PoolingWindow.rectified(a), PoolingWindow.rectified(b)) }
        if count == Self.width {
            a.store(at: output)
            b.store(at: output + 8)
        } else {
            storePart(a, b, at: output)
        }
    }

    /// Writes the rectified maximum of a window's four pixels, in reading order, and which it was (−1: none, it is 0).
    @inline(__always)
    func storeWindow(
        _ x0: (SIMD8<Float>, SIMD8<Float>), _ x1: (SIMD8<Float>, SIMD8<Float>),
        _ x2: (SIMD8<Float>, SIMD8<Float>), _ x3: (SIMD8<Float>, SIMD8<Float>),
        at output: UnsafeMutablePointer<Float>, winners: UnsafeMutablePointer<Int32>?
    ) {
        store(
            PoolingWindow.maximum(x0.0, x1.0, x2.0, x3.0), PoolingWindow.maximum(x0.1, x1.1, x2.1, x3.1),
            at: output)
        guard let winners else { return }
        let a = PoolingWindow.winner(x0.0, x1.0, x2.0, x3.0, bias: left)
        let b = PoolingWindow.winner(x0.1, x1.1, x2.1, x3.1, bias: right)
        if count == Self.width {
            a.store(at: winners)
            b.store(at: winners + 8)
        } else {
            for lane in 0..<count { winners[lane] = lane < 8 ? a[lane] : b[lane - 8] }
        }
    }

    /// The same for a window whose sums stand in memory, sixteen values a pixel, the lower two pixels `below` further.
    @inline(__always)
    func storeWindow(
        _ sums: UnsafePointer<Float>, below: Int, at output: UnsafeMutablePointer<Float>,
        winners: UnsafeMutablePointer<Int32>?
    ) {
        func pixel(_ place: Int) -> (SIMD8<Float>, SIMD8<Float>) {
            (SIMD8(at: sums + place), SIMD8(at: sums + place + 8))
        }
        storeWindow(
            pixel(0), pixel(Self.width), pixel(below), pixel(below + Self.width), at: output, winners: winners
        )
    }

    @inline(never)
    private func storePart(
        _ a: SIMD8<Float>, _ b: SIMD8<Float>, at output: UnsafeMutablePointer<Float>
    ) {
        for lane in 0..<count { output[lane] = lane < 8 ? a[lane] : b[lane - 8] }
    }
}
