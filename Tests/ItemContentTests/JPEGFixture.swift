import CJPEG
import ItemContent
import Testing

/// Encodes samples with TurboJPEG; `pixels` is H×W×3, or H×W×4 inverted inks for `TJPF_CMYK`.
func jpeg(
    width: Int, height: Int, pixels: [UInt8], format: TJPF = TJPF_RGB, subsampling: TJSAMP = TJSAMP_444,
    quality: Int32 = 95, isProgressive: Bool = false
) throws -> [UInt8] {
    let encoder = try #require(tjInitCompress())
    defer { tjDestroy(encoder) }
    var file: UnsafeMutablePointer<UInt8>?
    defer { tjFree(file) }
    var size: UInt = 0
    let status = tjCompress2(
        encoder, pixels, Int32(width), 0, Int32(height), Int32(format.rawValue), &file, &size,
        Int32(subsampling.rawValue), quality, isProgressive ? TJFLAG_PROGRESSIVE : 0)
    try #require(status == 0)
    return Array(UnsafeBufferPointer(start: file, count: Int(size)))
}

/// A picture with a different value nearly everywhere, yet smooth, so that JPEG keeps it nearly as it is.
func gradient(width: Int, height: Int) -> RGBImage {
    var pixels: [UInt8] = []
    for y in 0..<height {
        for x in 0..<width {
            pixels.append(UInt8(255 * x / width))
            pixels.append(UInt8(255 * y / height))
            pixels.append(UInt8(255 * (x + height - y) / (width + height)))
        }
    }
    return RGBImage(width: width, height: height, pixels: pixels)
}

/// The file with one more segment right after the start mark.
func inserting(_ marker: UInt8, _ payload: [UInt8], into jpeg: [UInt8]) -> [UInt8] {
    let length = payload.count + 2
    return jpeg.prefix(2) + [0xFF, marker, UInt8(length >> 8), UInt8(length & 0xFF)] + payload
        + jpeg.dropFirst(2)
}

/// An APP1 payload with the one tag 0x0112; a type of 3 is a 16-bit number.
func exif(orientation: Int, isLittleEndian: Bool, type: Int = 3) -> [UInt8] {
    func number(_ value: Int, _ count: Int) -> [UInt8] {
        let bytes = (0..<count).map { UInt8(value >> (8 * $0) & 0xFF) }
        return isLittleEndian ? bytes : bytes.reversed()
    }
    let directory =
        number(1, 2) + number(0x0112, 2) + number(type, 2) + number(1, 4) + number(orientation, 2) + [0, 0]
    return Array("Exif\0\0".utf8) + Array((isLittleEndian ? "II" : "MM").utf8) + number(42, 2) + number(8, 4)
        + directory + number(0, 4)
}
