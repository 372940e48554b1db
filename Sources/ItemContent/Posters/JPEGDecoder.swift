import CJPEG

/// JPEG by TurboJPEG: baseline and progressive; grey, colour, CMYK and YCCK; EXIF orientation applied.
enum JPEGDecoder {
    /// Decodes a file that begins with the JPEG signature.
    ///
    /// - Parameter target: a size that suffices. The picture may come out smaller than it is, by 2, 4 or 8, yet no
    ///   smaller than this on either side; the inverse cosine transform then does that much less work.
    /// - Throws: `PosterFault`.
    static func decode(_ bytes: [UInt8], atLeast target: (width: Int, height: Int)?) throws -> RGBImage {
        let header = try JPEGHeader(bytes)
        try PosterLimits.check(width: header.width, height: header.height)
        try requireEnd(bytes, after: header.scanOffset)
        let denominator = denominator(header, target)
        let width = (header.width + denominator - 1) / denominator
        let height = (header.height + denominator - 1) / denominator
        var pixels: [UInt8]
        if header.components == 4 {
            pixels = try decompress(bytes, width, height, TJPF_CMYK)
            composeInks(&pixels, isInverted: header.isAdobe)
        } else {
            pixels = try decompress(bytes, width, height, TJPF_RGB)
        }
        return RGBImage(width: width, height: height, pixels: pixels).oriented(header.orientation)
    }

    /// libjpeg fills up what is missing with grey; a file without its end mark is refused before any pixel is made.
    private static func requireEnd(_ bytes: [UInt8], after scanOffset: Int) throws {
        var at = bytes.count - 2
        while at >= scanOffset {
            if bytes[at] == 0xFF, bytes[at + 1] == 0xD9 { return }
            at -= 1
        }
        throw PosterFault.truncated("the JPEG has \(bytes.count) bytes and no end mark")
    }

    /// The largest of 1, 2, 4, 8 that leaves the stored picture at least as large as asked for.
    private static func denominator(_ header: JPEGHeader, _ target: (width: Int, height: Int)?) -> Int {
        guard let target else { return 1 }
        let isTurned = header.orientation.swapsSides
        let (width, height) = isTurned ? (target.height, target.width) : target
        return [8, 4, 2].first { header.width >= width * $0 && header.height >= height * $0 } ?? 1
    }

    /// The samples, H×W×3 or H×W×4.
    ///
    /// The first attempt ends at libjpeg's first warning, for a warning means lost pixels. One kind is harmless and
    /// common, stray bytes before a marker: for that one the second attempt goes on.
    private static func decompress(_ bytes: [UInt8], _ width: Int, _ height: Int, _ format: TJPF) throws
        -> [UInt8]
    {
        let pitch = width * (format == TJPF_CMYK ? 4 : 3)
        var pixels = [UInt8](repeating: 0, count: pitch * height)
        guard let decoder = tjInitDecompress() else {
            throw PosterFault.corrupt("libjpeg could not be started")
        }
        defer { tjDestroy(decoder) }
        var message = ""
        for stop in [TJFLAG_STOPONWARNING, 0] {
            let status = tjDecompress2(
                decoder, bytes, UInt(bytes.count), &pixels, Int32(width), Int32(pitch), Int32(height),
                Int32(format.rawValue), stop | TJFLAG_LIMITSCANS)
            if status == 0 { return pixels }
            message = String(cString: tjGetErrorStr2(decoder))
            guard message.contains("extraneous bytes before marker") else { break }
            if stop == 0 && tjGetErrorCode(decoder) == Int32(TJERR_WARNING.rawValue) { return pixels }
        }
        throw message.contains("Premature end")
            ? PosterFault.truncated("JPEG, \(message)") : PosterFault.corrupt("JPEG, \(message)")
    }

    /// Turns H×W×4 inks into H×W×3 light in place: each of red, green and blue is what its ink and black let through.
    ///
    /// Adobe's programs, which write nearly all such files, store 255 for no ink.
    private static func composeInks(_ pixels: inout [UInt8], isInverted: Bool) {
        let count = pixels.count / 4
        let flip: UInt8 = isInverted ? 0 : 255
        pixels.withUnsafeMutableBufferPointer { pixels in
            for pixel in 0..<count {
                let black = UInt32(pixels[pixel * 4 + 3] ^ flip)
                for channel in 0..<3 {
                    let light = UInt32(pixels[pixel * 4 + channel] ^ flip)
                    pixels[pixel * 3 + channel] = UInt8((light * black + 127) / 255)
                }
            }
        }
        pixels.removeLast(count)
    }
}
