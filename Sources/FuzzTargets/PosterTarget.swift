import CZlib
import Diagnostics
import ItemContent

/// Posters: decoding at full size and for a smaller one, and resampling.
enum PosterTarget {
    /// Of what the text and poster towers ask for, roughly.
    private static let wanted = (width: 32, height: 48)

    /// Decodes `bytes`, and once more with its PNG chunks' checksums made right: few mutations would pass libpng otherwise.
    static func run(_ bytes: [UInt8]) throws {
        let summed = withChecksums(bytes)
        if summed != bytes {
            do { try decode(summed) } catch is Diagnostic {}
        }
        try decode(bytes)
    }

    private static func decode(_ bytes: [UInt8]) throws {
        let whole = try PosterDecoder.decode(bytes, name: "poster")
        check(whole)
        let small = try PosterDecoder.decode(bytes, name: "poster", atLeast: wanted)
        check(small)
        precondition(
            small.width >= min(whole.width, wanted.width) && small.height >= min(whole.height, wanted.height),
            "a poster came out at \(small.width) × \(small.height) of \(whole.width) × \(whole.height)")
        check(small.resampled(width: wanted.width, height: wanted.height))
    }

    private static func check(_ image: RGBImage) {
        precondition(image.pixels.count == image.width * image.height * 3, "pixels are width × height × 3")
        precondition(
            (1...PosterLimits.side).contains(image.width) && (1...PosterLimits.side).contains(image.height)
                && image.width * image.height <= PosterLimits.area, "a poster beyond the limits was decoded")
    }

    /// The bytes with the CRC-32 of each PNG chunk in its place; those of another format as they are.
    private static func withChecksums(_ bytes: [UInt8]) -> [UInt8] {
        guard bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]) else { return bytes }
        var result = bytes
        var start = 8
        while start + 12 <= bytes.count {
            let length = bytes[start..<start + 4].reduce(0) { $0 << 8 | Int($1) }
            guard length <= bytes.count - start - 12 else { break }
            let end = start + 8 + length
            let sum = bytes[(start + 4)..<end].withUnsafeBufferPointer {
                crc32(0, $0.baseAddress, UInt32($0.count))
            }
            for byte in 0..<4 { result[end + byte] = UInt8(truncatingIfNeeded: sum >> (24 - 8 * byte)) }
            start = end + 4
        }
        return result
    }
}
