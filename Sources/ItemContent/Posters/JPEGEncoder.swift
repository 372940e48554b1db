import CJPEG
import Diagnostics

/// Writes JPEG: for small pictures of posters, where a few levels off do not show and PNG would be five times as long.
public enum JPEGEncoder {
    /// Encodes an image, baseline, with colours at half the resolution. The same image gives the same bytes on the same
    /// libjpeg.
    ///
    /// - Parameter quality: libjpeg's, 1…100.
    /// - Throws: `Diagnostic` with code `poster.encode` when libjpeg refuses, which for sane sizes means no memory.
    public static func encode(_ image: RGBImage, quality: Int) throws -> [UInt8] {
        precondition((1...100).contains(quality), "a quality is a number from 1 to 100")
        var file: UnsafeMutablePointer<UInt8>?
        defer { tjFree(file) }
        var size: UInt = 0
        guard let encoder = tjInitCompress() else { throw refusal("libjpeg could not be started") }
        defer { tjDestroy(encoder) }
        let status = tjCompress2(
            encoder, image.pixels, Int32(image.width), Int32(image.width * 3), Int32(image.height),
            Int32(TJPF_RGB.rawValue), &file, &size, Int32(TJSAMP_420.rawValue), Int32(quality),
            TJFLAG_ACCURATEDCT)
        guard status == 0, let file else { throw refusal(String(cString: tjGetErrorStr2(encoder))) }
        return Array(UnsafeBufferPointer(start: file, count: Int(size)))
    }

    private static func refusal(_ reason: String) -> Diagnostic {
        Diagnostic(
            .other, code: "poster.encode", "libjpeg could not write the picture: \(reason)",
            fix: "write a smaller picture")
    }
}
