/// The products between the transforms of Winograd's convolutions: for each point, tiles × C times C × 16.
struct TransformedProducts {
    let points: Int
    /// How many tiles there is room for: a multiple of `SixRowTile.rows`.
    let tiles: Int
    let channels: Int

    /// From the inputs of one point to those of the next. A cache line more than they need: at multiples of large powers
    /// of two all points would compete for the same few places of the first-level cache.
    var inputStep: Int { tiles * channels + 16 }
    /// From the sums of one point to those of the next.
    var sumStep: Int { tiles * FilterBlock.width + 16 }
    /// Values of the inputs, points × tiles × C, and of the sums, points × tiles × 16.
    var inputsCount: Int { points * inputStep }
    var sumsCount: Int { points * sumStep }

    /// Writes the products of the first `tiles` tiles to `sums`. Those of up to five more may be
    /// overwritten.
    @inline(__always)
    func multiply(
        _ inputs: UnsafePointer<Float>, _ weights: UnsafePointer<Float>,
        into sums: UnsafeMutablePointer<Float>, tiles: Int
    ) {
        for point in 0..<points {
            let a = inputs + point * inputStep
            let b = weights + point * channels * FilterBlock.width
            let c = sums + point * sumStep
            for tile in stride(from: 0, to: tiles, by: SixRowTile.rows) {
                var product = SixRowTile()
                product.add(a + tile * channels, stride: channels, b, depth: channels)
                product.store(at: c + tile * FilterBlock.width, stride: FilterBlock.width)
            }
        }
    }
}
