import Diagnostics

/// Reads posters: PNG and JPEG, told apart by their first bytes and not by the file's name.
///
/// The bytes are taken to be hostile: sizes are checked before anything is allocated, and every fault is an error
/// with the file's name, never half a picture. A damaged file that still decodes without a warning, as a JPEG with
/// a changed coefficient does, cannot be told from an intact one.
public enum PosterDecoder {
    /// Decodes a poster at its full size; transparency is composited on white, EXIF orientation is applied.
    ///
    /// - Parameters:
    ///   - bytes: the whole file.
    ///   - name: the file's name, for error messages.
    /// - Throws: `Diagnostic` (`.badData`) with code `poster.empty`, `poster.truncated`, `poster.corrupt`,
    ///   `poster.too_large` or `poster.unknown_format`.
    public static func decode(_ bytes: [UInt8], name: String) throws -> RGBImage {
        try decode(bytes, name: name, atLeast: nil)
    }

    /// Decodes a poster that is going to be scaled down anyway, with less work.
    ///
    /// - Parameters:
    ///   - bytes: the whole file.
    ///   - name: the file's name, for error messages.
    ///   - size: a width and height, in pixels, that suffice. A JPEG may come out at a half, a quarter or an eighth
    ///     of its size, never below this on either side; a picture that is smaller to begin with keeps its size.
    ///     Ask for twice what it is then resampled to: the result differs from that of the whole picture by two
    ///     levels of 255 on average, and by six when asked for just that size.
    /// - Throws: as `decode(_:name:)`.
    public static func decode(
        _ bytes: [UInt8], name: String, atLeast size: (width: Int, height: Int)?
    ) throws -> RGBImage {
        do {
            return try decode(bytes, atLeast: size)
        } catch let fault as PosterFault {
            throw fault.diagnostic(file: name)
        }
    }

    private static func decode(_ bytes: [UInt8], atLeast size: (width: Int, height: Int)?) throws -> RGBImage
    {
        if bytes.isEmpty { throw PosterFault.empty("the file has no bytes") }
        guard bytes.count <= PosterLimits.fileSize else {
            throw PosterFault.tooLarge(
                "\(bytes.count) bytes, where \(PosterLimits.fileSize >> 20) MiB are the limit")
        }
        switch PosterFormat(bytes) {
        case .png: return try PNGDecoder.decode(bytes)
        case .jpeg: return try JPEGDecoder.decode(bytes, atLeast: size)
        case .other(let guess): throw PosterFault.unknownFormat(guess)
        }
    }
}
