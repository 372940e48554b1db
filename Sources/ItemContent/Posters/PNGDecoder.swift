import CPNG

/// PNG by libpng's simplified API: palette, grey, alpha, 16 bits and interlacing all come out as 8-bit sRGB.
enum PNGDecoder {
    /// Decodes a file that begins with the PNG signature; transparency is composited on white.
    ///
    /// - Throws: `PosterFault`.
    static func decode(_ bytes: [UInt8]) throws -> RGBImage {
        let header = try PNGHeader(bytes)
        try PosterLimits.check(width: header.width, height: header.height)
        try PNGHeader.forEachChunk(bytes) { _, _ in }
        guard header.fits(inFileOf: bytes.count) else {
            throw PosterFault.corrupt(
                "\(bytes.count) bytes cannot hold \(header.width) × \(header.height) pixels")
        }
        if header.depth == 16 && header.isInterlaced { return try decodeDeepInterlaced(bytes) }
        // 16 bits without a gamma are sRGB to every program that writes posters; libpng would take them for linear.
        let (image, samples) = try read(
            bytes, as: UInt8.self, format: PNG_FORMAT_RGB, flags: png_uint_32(PNG_IMAGE_FLAG_16BIT_sRGB))
        return rgbImage(image, samples) { color, alpha in
            // alpha·colour + (1 − alpha)·white, in sRGB space as browsers do.
            (color * alpha + 255 * (255 - alpha) + 127) / 255
        }
    }

    /// 16 bits with interlacing, which libpng's reduction to 8 bits does not survive in every version: 1.6.39 as
    /// Debian ships it mixes up the rows.
    ///
    /// So the samples are read as 16-bit ones. libpng takes those for linear both ways, and thus leaves them as they
    /// are, once the chunks that speak of gamma and profiles are gone; it multiplies colours with their alpha, and
    /// adding the white that shines through completes the compositing.
    private static func decodeDeepInterlaced(_ bytes: [UInt8]) throws -> RGBImage {
        var core = PNGHeader.signature
        try PNGHeader.forEachChunk(bytes) { type, range in
            if ["IHDR", "tRNS", "IDAT", "IEND"].contains(where: { type.elementsEqual($0.utf8) }) {
                core += bytes[range]
            }
        }
        let (image, samples) = try read(
            core, as: UInt16.self, format: PNG_FORMAT_RGB | PNG_FORMAT_FLAG_LINEAR, flags: 0)
        return rgbImage(image, samples) { color, alpha in
            min((color + 65_535 - alpha + 128) / 257, 255)
        }
    }

    /// The samples in `format`, to which an alpha channel is added when the file has one: H×W×3 or H×W×4.
    private static func read<Sample: FixedWidthInteger>(
        _ bytes: [UInt8], as: Sample.Type, format: png_uint_32, flags: png_uint_32
    ) throws -> (image: png_image, samples: [Sample]) {
        var state = png_image()
        state.version = png_uint_32(PNG_IMAGE_VERSION)
        // libpng keeps the addresses of both the bytes and the state until `png_image_free`: one scope for all calls.
        return try bytes.withUnsafeBytes { source in
            try withUnsafeMutablePointer(to: &state) { image in
                defer { png_image_free(image) }
                guard png_image_begin_read_from_memory(image, source.baseAddress, source.count) != 0 else {
                    throw PosterFault.corrupt("PNG, \(image.pointee.text)")
                }
                image.pointee.flags |= flags
                image.pointee.format = format | image.pointee.format & PNG_FORMAT_FLAG_ALPHA
                let channels = image.pointee.hasAlpha ? 4 : 3
                let count = Int(image.pointee.width) * Int(image.pointee.height) * channels
                var samples = [Sample](repeating: 0, count: count)
                guard png_image_finish_read(image, nil, &samples, 0, nil) != 0 else {
                    throw PosterFault.corrupt("PNG, \(image.pointee.text)")
                }
                return (image.pointee, samples)
            }
        }
    }

    /// The picture, each sample made from a colour and the pixel's alpha, which without an alpha channel is full.
    private static func rgbImage<Sample: FixedWidthInteger>(
        _ image: png_image, _ samples: [Sample], _ composite: (_ color: UInt32, _ alpha: UInt32) -> UInt32
    ) -> RGBImage {
        let (width, height) = (Int(image.width), Int(image.height))
        if !image.hasAlpha, let opaque = samples as? [UInt8] {
            return RGBImage(width: width, height: height, pixels: opaque)
        }
        let channels = image.hasAlpha ? 4 : 3
        var pixels = [UInt8](repeating: 0, count: width * height * 3)
        pixels.withUnsafeMutableBufferPointer { pixels in
            samples.withUnsafeBufferPointer { samples in
                for pixel in 0..<(width * height) {
                    let alpha = channels == 4 ? samples[pixel * 4 + 3] : .max
                    for channel in 0..<3 {
                        let color = samples[pixel * channels + channel]
                        pixels[pixel * 3 + channel] = UInt8(composite(UInt32(color), UInt32(alpha)))
                    }
                }
            }
        }
        return RGBImage(width: width, height: height, pixels: pixels)
    }
}

extension png_image {
    /// Whether samples have a fourth channel.
    fileprivate var hasAlpha: Bool { format & PNG_FORMAT_FLAG_ALPHA != 0 }

    /// libpng's words for the last error or warning.
    var text: String {
        withUnsafeBytes(of: message) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }
}
