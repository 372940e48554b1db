/// What a poster may be at most, held against its header before anything is allocated for its pixels.
package enum PosterLimits {
    /// The largest file, in bytes.
    static let fileSize = 64 << 20
    /// The longest side, in pixels.
    package static let side = 16_384
    /// The largest area, in pixels; 120 MB as RGB.
    package static let area = 40_000_000

    /// Checks the size a header states.
    ///
    /// - Throws: `PosterFault.empty` when a side is zero, `PosterFault.tooLarge` beyond the limits.
    static func check(width: Int, height: Int) throws {
        guard width > 0, height > 0 else {
            throw PosterFault.empty("its header says \(width) × \(height) pixels")
        }
        // The sides first, so that their product cannot overflow.
        guard width <= side, height <= side, width * height <= area else {
            throw PosterFault.tooLarge(
                "\(width) × \(height) pixels, where \(side) a side and \(area / 1_000_000) megapixels are the limit"
            )
        }
    }
}

extension PosterDecoder {
    /// The largest file that is read as a poster, in bytes.
    public static let maximumFileSize = PosterLimits.fileSize
}
