/// The products of six items and sixteen users, held in twelve vector registers, like `ProductTile`.
///
/// The users are packed, sixteen values a dimension; the items are read as they are stored, one broadcast value at a time,
/// so a table of any size needs no copy.
struct ScanTile {
    static let items = 6
    static let users = 16

    /// The scores of an item for users 0 ..< 8 and 8 ..< 16.
    typealias Row = (low: SIMD8<Float>, high: SIMD8<Float>)
    var r0, r1, r2, r3, r4, r5: Row

    /// Every score is one chain of fused multiply-adds over the dimensions, as in a matrix product, plus its bias.
    /// Of fewer than six items the last one stands in for the rest.
    @inline(__always)
    init(_ rows: ItemRows, from item: Int, users: UnsafePointer<Float>) {
        let last = rows.count - 1
        let d = rows.dimensions
        let x0 = rows.base + item * d
        let x1 = rows.base + min(item + 1, last) * d
        let x2 = rows.base + min(item + 2, last) * d
        let x3 = rows.base + min(item + 3, last) * d
        let x4 = rows.base + min(item + 4, last) * d
        let x5 = rows.base + min(item + 5, last) * d
        var (r0, r1, r2) = (ScanTile.zero, ScanTile.zero, ScanTile.zero)
        var (r3, r4, r5) = (ScanTile.zero, ScanTile.zero, ScanTile.zero)
        for k in 0..<d {
            let low = SIMD8(at: users + k * ScanTile.users)
            let high = SIMD8(at: users + k * ScanTile.users + 8)
            ScanTile.add(x0[k], low, high, to: &r0)
            ScanTile.add(x1[k], low, high, to: &r1)
            ScanTile.add(x2[k], low, high, to: &r2)
            ScanTile.add(x3[k], low, high, to: &r3)
            ScanTile.add(x4[k], low, high, to: &r4)
            ScanTile.add(x5[k], low, high, to: &r5)
        }
        if let biases = rows.biases {
            ScanTile.add(biases[item], to: &r0)
            ScanTile.add(biases[min(item + 1, last)], to: &r1)
            ScanTile.add(biases[min(item + 2, last)], to: &r2)
            ScanTile.add(biases[min(item + 3, last)], to: &r3)
            ScanTile.add(biases[min(item + 4, last)], to: &r4)
            ScanTile.add(biases[min(item + 5, last)], to: &r5)
        }
        (self.r0, self.r1, self.r2, self.r3, self.r4, self.r5) = (r0, r1, r2, r3, r4, r5)
    }

    /// Which scores may enter the heaps of their users: in lane l, bit i is set where item i's for user l may, and bit
    /// 6 + i where that for user 8 + l may.
    @inline(__always)
    func entering(_ thresholds: UnsafePointer<Float>) -> SIMD8<Int32> {
        let (low, high) = (SIMD8(at: thresholds), SIMD8(at: thresholds + 8))
        let first = stays(r0.low, low, 0) | stays(r1.low, low, 1) | stays(r2.low, low, 2)
        let second = stays(r3.low, low, 3) | stays(r4.low, low, 4) | stays(r5.low, low, 5)
        let third = stays(r0.high, high, 6) | stays(r1.high, high, 7) | stays(r2.high, high, 8)
        let fourth = stays(r3.high, high, 9) | stays(r4.high, high, 10) | stays(r5.high, high, 11)
        return ((first | second) | (third | fourth)) ^ SIMD8(repeating: 0xFFF)
    }

    /// A bit in every lane whose score is at most the threshold; not where one of them is NaN.
    @inline(__always)
    private func stays(_ scores: SIMD8<Float>, _ thresholds: SIMD8<Float>, _ bit: Int32) -> SIMD8<Int32> {
        unsafeBitCast(scores .<= thresholds, to: SIMD8<Int32>.self) & SIMD8(repeating: 1 << bit)
    }

    /// Writes the 6 × 16 scores, item by item.
    @inline(__always)
    func store(at target: UnsafeMutablePointer<Float>) {
        ScanTile.store(r0, at: target)
        ScanTile.store(r1, at: target + ScanTile.users)
        ScanTile.store(r2, at: target + 2 * ScanTile.users)
        ScanTile.store(r3, at: target + 3 * ScanTile.users)
        ScanTile.store(r4, at: target + 4 * ScanTile.users)
        ScanTile.store(r5, at: target + 5 * ScanTile.users)
    }

    @inline(__always)
    private static func store(_ row: Row, at target: UnsafeMutablePointer<Float>) {
        row.low.store(at: target)
        row.high.store(at: target + 8)
    }

    private static let zero: Row = (.zero, .zero)

    @inline(__always)
    private static func add(_ x: Float, _ low: SIMD8<Float>, _ high: SIMD8<Float>, to row: inout Row) {
        let x = SIMD8(repeating: x)
        row.low.addProduct(x, low)
        row.high.addProduct(x, high)
    }

    @inline(__always)
    private static func add(_ bias: Float, to row: inout Row) {
        row.low += SIMD8(repeating: bias)
        row.high += SIMD8(repeating: bias)
    }
}
