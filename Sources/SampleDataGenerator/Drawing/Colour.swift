/// A colour with opacity; red, green, blue and alpha are in 0...1, gamma-encoded sRGB, not premultiplied.
struct Colour: Equatable {
    var channels: SIMD4<Float>

    /// - Parameter hex: `0xRRGGBB`, opaque.
    init(_ hex: UInt32) {
        channels = SIMD4(
            Float((hex >> 16) & 255) / 255, Float((hex >> 8) & 255) / 255, Float(hex & 255) / 255, 1)
    }

    init(channels: SIMD4<Float>) {
        self.channels = channels
    }

    /// Perceived lightness in 0...1 (Rec. 709 weights on the encoded channels).
    var luminance: Float {
        0.2126 * channels.x + 0.7152 * channels.y + 0.0722 * channels.z
    }

    func opacity(_ alpha: Float) -> Colour {
        var copy = self
        copy.channels.w = alpha
        return copy
    }

    /// The colour a fraction of the way to another, opacity included.
    func mixed(with other: Colour, _ fraction: Float) -> Colour {
        Colour(channels: channels + (other.channels - channels) * fraction)
    }

    /// Turned round the grey axis, for small variations of one palette.
    ///
    /// - Parameter radians: A turn of the hue; lightness stays nearly the same.
    func hueTurned(sine: Float, cosine: Float) -> Colour {
        let grey = (channels.x + channels.y + channels.z) / 3
        let offset = SIMD3(channels.x, channels.y, channels.z) - grey
        let cross = SIMD3(offset.z - offset.y, offset.x - offset.z, offset.y - offset.x) * 0.57735027
        let turned = (offset * cosine + cross * sine + grey).clamped(
            lowerBound: SIMD3(repeating: 0), upperBound: SIMD3(repeating: 1))
        return Colour(channels: SIMD4(turned.x, turned.y, turned.z, channels.w))
    }
}
