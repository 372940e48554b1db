/// The products between the transforms of Winograd's convolutions: for each point, tiles × C times C × 16.
struct TransformedProducts {
    let points: Int
    /// How many tiles there is room for: a multiple of `SixRowTile.rows`.
    let tiles: Int
    let channels: Int

    /// Writes the products of the first `tiles` tiles to `sums`, points × tiles × 16. Those of up to five more may be
    /// overwritten.
    @inline(__always)
    func multiply(
        _ inputs: UnsafePointer<Float>, _ weights: UnsafePointer<Float>,
        into sums: UnsafeMutablePointer<Float>, tiles: Int
    ) {
        for point in 0..<points {
            let a = inputs + point * self.tiles * channels
            let b = weights + point * channels * FilterBlock.width
            let c = sums + point * self.tiles * FilterBlock.width
            for tile in stride(from: 0, to: tiles, by: SixRowTile.rows) {
                var product = SixRowTile()
                product.add(a + tile * channels, stride: channels, b, depth: channels)
                product.store(at: c + tile * FilterBlock.width, stride: FilterBlock.width)
            }
        }
    }
}
