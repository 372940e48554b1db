import CPNG

/// PNG by libpng's simplified API: palette, grey, alpha, 16 bits and interlacing all come out as 8-bit sRGB.
enum PNGDecoder {
    static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

    /// Decodes a file that begins with the PNG signature; transparency is composited on white.
    ///
    /// - Throws: `PosterFault`.
    static func decode(_ bytes: [UInt8]) throws -> RGBImage {
        let (width, height) = try size(bytes)
        try PosterLimits.check(width: width, height: height)
        try requireEnd(bytes)
        var image = png_image()
        image.version = png_uint_32(PNG_IMAGE_VERSION)
        // libpng keeps the addresses of both the bytes and `image` until `png_image_free`: one scope for all calls.
        return try bytes.withUnsafeBytes { source in
            try withUnsafeMutablePointer(to: &image) { image in
                defer { png_image_free(image) }
                return try read(source, image)
            }
        }
    }

    /// Width and height from the IHDR chunk, which is the first of every PNG.
    private static func size(_ bytes: [UInt8]) throws -> (width: Int, height: Int) {
        guard let width = bytes.bigEndian32(at: 16), let height = bytes.bigEndian32(at: 20) else {
            throw PosterFault.truncated("the PNG ends inside its header")
        }
        guard bytes[12..<16].elementsEqual("IHDR".utf8) else {
            throw PosterFault.corrupt("the PNG does not begin with its header")
        }
        return (width, height)
    }

    /// Follows the chunks to IEND. libpng stops at the last row, and so would not miss what follows it.
    private static func requireEnd(_ bytes: [UInt8]) throws {
        var offset = signature.count
        while let length = bytes.bigEndian32(at: offset), length <= bytes.count - offset - 12 {
            if bytes[(offset + 4)..<(offset + 8)].elementsEqual("IEND".utf8) { return }
            offset += 12 + length
        }
        throw PosterFault.truncated("the PNG has \(bytes.count) bytes and no end mark")
    }

    private static func read(
        _ source: UnsafeRawBufferPointer, _ image: UnsafeMutablePointer<png_image>
    ) throws -> RGBImage {
        guard png_image_begin_read_from_memory(image, source.baseAddress, source.count) != 0 else {
            throw fault(image)
        }
        // 16 bits without a gamma are sRGB to every program that writes posters; libpng would take them for linear.
        image.pointee.flags |= png_uint_32(PNG_IMAGE_FLAG_16BIT_sRGB)
        let hasAlpha = image.pointee.format & PNG_FORMAT_FLAG_ALPHA != 0
        image.pointee.format = PNG_FORMAT_RGB | (hasAlpha ? PNG_FORMAT_FLAG_ALPHA : 0)
        let (width, height) = (Int(image.pointee.width), Int(image.pointee.height))
        var pixels = [UInt8](repeating: 0, count: width * height * (hasAlpha ? 4 : 3))
        guard png_image_finish_read(image, nil, &pixels, 0, nil) != 0 else { throw fault(image) }
        if hasAlpha { compositeOnWhite(&pixels) }
        return RGBImage(width: width, height: height, pixels: pixels)
    }

    /// Turns H×W×4 into H×W×3 in place, in sRGB space as browsers do: `alpha·colour + (1 − alpha)·white`.
    private static func compositeOnWhite(_ pixels: inout [UInt8]) {
        let count = pixels.count / 4
        pixels.withUnsafeMutableBufferPointer { pixels in
            for pixel in 0..<count {
                let alpha = UInt32(pixels[pixel * 4 + 3])
                for channel in 0..<3 {
                    let color = UInt32(pixels[pixel * 4 + channel])
                    pixels[pixel * 3 + channel] = UInt8((alpha * color + (255 - alpha) * 255 + 127) / 255)
                }
            }
        }
        pixels.removeLast(count)
    }

    private static func fault(_ image: UnsafeMutablePointer<png_image>) -> PosterFault {
        .corrupt("PNG, \(image.pointee.text)")
    }
}

extension png_image {
    /// libpng's words for the last error or warning.
    var text: String {
        withUnsafeBytes(of: message) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }
}
