import CJPEG
import Diagnostics
import ItemContent

extension RGBImage {
    /// The picture as a JPEG of quality 90, with the colours at half the resolution.
    func jpeg() throws -> [UInt8] {
        let encoder = tjInitCompress()
        defer { tjDestroy(encoder) }
        var buffer: UnsafeMutablePointer<UInt8>?
        var size: UInt = 0
        let status = tjCompress2(
            encoder, pixels, Int32(width), 0, Int32(height), Int32(TJPF_RGB.rawValue), &buffer, &size,
            Int32(TJSAMP_420.rawValue), 90, 0)
        defer { tjFree(buffer) }
        guard status == 0, let buffer else {
            throw Diagnostic(
                .other, code: "benchmark.jpeg", "libjpeg could not write the picture",
                fix: "check that there is memory left")
        }
        return Array(UnsafeBufferPointer(start: buffer, count: Int(size)))
    }
}
