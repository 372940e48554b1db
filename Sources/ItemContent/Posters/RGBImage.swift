/// An image of 8-bit sRGB samples, without alpha.
///
/// `pixels` is H×W×3, where H is `height` (rows from top to bottom), W is `width` (columns from left to right)
/// and 3 is red, green, blue.
public struct RGBImage: Sendable, Equatable {
    /// Columns, W.
    public let width: Int
    /// Rows, H.
    public let height: Int
    /// H×W×3 samples, row-major.
    public var pixels: [UInt8]

    /// An image over given samples.
    ///
    /// - Precondition: both sides are positive and `pixels` holds `height × width × 3` samples.
    public init(width: Int, height: Int, pixels: [UInt8]) {
        precondition(width > 0 && height > 0, "an image has at least one pixel")
        precondition(pixels.count == width * height * 3, "pixels hold height × width × 3 samples")
        self.width = width
        self.height = height
        self.pixels = pixels
    }

    /// The samples divided by 255: H×W×3 in 0…1.
    public func normalizedFloats() -> [Float] {
        pixels.map { Float($0) / 255 }
    }
}
