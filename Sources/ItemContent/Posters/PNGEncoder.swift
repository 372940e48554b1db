import CPNG
import Diagnostics

/// Writes PNG: a palette for 256 colours or fewer, which keeps drawn pictures small, and true colour otherwise.
public enum PNGEncoder {
    /// Encodes an image without loss. The same image gives the same bytes on the same zlib.
    ///
    /// - Throws: `Diagnostic` with code `poster.encode` when libpng refuses, which for sane sizes means no memory.
    public static func encode(_ image: RGBImage) throws -> [UInt8] {
        if let indexed = Palette(image) {
            return try write(
                image, format: PNG_FORMAT_RGB | PNG_FORMAT_FLAG_COLORMAP, samples: indexed.indices,
                palette: indexed.colors)
        }
        return try write(image, format: PNG_FORMAT_RGB, samples: image.pixels, palette: [])
    }

    private static func write(
        _ source: RGBImage, format: UInt32, samples: [UInt8], palette: [UInt8]
    ) throws -> [UInt8] {
        var image = png_image()
        image.version = png_uint_32(PNG_IMAGE_VERSION)
        image.width = png_uint_32(source.width)
        image.height = png_uint_32(source.height)
        image.format = format
        image.colormap_entries = png_uint_32(palette.count / 3)
        // Deflate's worst case and the chunk headers take far less than an eighth more than the samples.
        var file = [UInt8](repeating: 0, count: samples.count + samples.count / 8 + source.height + 4096)
        var size = png_alloc_size_t(file.count)
        guard png_image_write_to_memory(&image, &file, &size, 0, samples, 0, palette) != 0 else {
            throw Diagnostic(
                .other, code: "poster.encode", "libpng could not write the picture: \(image.text)",
                fix: "write a smaller picture")
        }
        return Array(file.prefix(Int(size)))
    }
}
