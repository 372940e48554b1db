import Diagnostics

/// Reads posters: PNG and JPEG, told apart by their first bytes and not by the file's name.
///
/// The bytes are taken to be hostile: sizes are checked before anything is allocated, and every fault is an error
/// with the file's name, never half a picture.
public enum PosterDecoder {
    /// Decodes a poster at its full size.
    ///
    /// - Parameters:
    ///   - bytes: the whole file.
    ///   - name: the file's name, for error messages.
    /// - Throws: `Diagnostic` (`.badData`) with code `poster.empty`, `poster.truncated`, `poster.corrupt`,
    ///   `poster.too_large` or `poster.unknown_format`.
    public static func decode(_ bytes: [UInt8], name: String) throws -> RGBImage {
        do {
            return try decode(bytes)
        } catch let fault as PosterFault {
            throw fault.diagnostic(file: name)
        }
    }

    private static func decode(_ bytes: [UInt8]) throws -> RGBImage {
        if bytes.isEmpty { throw PosterFault.empty("the file has no bytes") }
        if bytes.count > PosterLimits.fileSize {
            throw PosterFault.tooLarge(
                "\(bytes.count >> 20) MiB, where \(PosterLimits.fileSize >> 20) are the limit")
        }
        if bytes.starts(with: PNGDecoder.signature) { return try PNGDecoder.decode(bytes) }
        throw PosterFault.unknownFormat("unknown")
    }
}
