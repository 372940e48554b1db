/// An image of at most 256 colours as an index a pixel.
struct Palette {
    /// Colours × 3, in order of first appearance.
    private(set) var colors: [UInt8] = []
    /// H×W positions in `colors`.
    private(set) var indices: [UInt8] = []

    /// Nil when the image has more than 256 colours.
    init?(_ image: RGBImage) {
        var positions: [UInt32: UInt8] = [:]
        indices.reserveCapacity(image.width * image.height)
        var (lastColor, lastIndex) = (UInt32.max, UInt8(0))
        for start in stride(from: 0, to: image.pixels.count, by: 3) {
            let sample = image.pixels[start..<(start + 3)]
            let color = sample.reduce(0) { $0 << 8 | UInt32($1) }
            // Drawn pictures have long runs of one colour.
            if color != lastColor {
                lastColor = color
                if let known = positions[color] {
                    lastIndex = known
                } else {
                    guard let next = UInt8(exactly: positions.count) else { return nil }
                    positions[color] = next
                    colors += sample
                    lastIndex = next
                }
            }
            indices.append(lastIndex)
        }
    }
}
