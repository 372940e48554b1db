import CJPEG
import Diagnostics
import ItemContent
import Testing

/// Damaged, mislabelled and hostile files: each an error that names the file, never a picture and never a trap.
@Suite struct BadPosterTests {
    @Test func emptyFiles() {
        expect([], "poster.empty")
        for (width, height) in [(0, 5), (5, 0), (0, 0)] {
            expect(PNGFixture(width: width, height: height) { _, _ in [0, 0, 0] }.bytes, "poster.empty")
        }
    }

    @Test func everyCutOfAPNGIsAnError() throws {
        let image = gradient(width: 9, height: 7)
        let files = [
            try PNGEncoder.encode(image),
            PNGFixture(width: 9, height: 7, isInterlaced: true) { x, y in [x, y, x] }.bytes,
        ]
        for file in files {
            for count in 1..<file.count { expect(Array(file.prefix(count)), "poster.truncated") }
        }
    }

    @Test(arguments: [false, true]) func everyCutOfAJPEGIsAnError(isProgressive: Bool) throws {
        let image = gradient(width: 40, height: 24)
        let file = try jpeg(width: 40, height: 24, pixels: image.pixels, isProgressive: isProgressive)
        for count in 1..<file.count {
            expect(Array(file.prefix(count)), "poster.truncated")
            // With an end mark after the cut, the loss is found from inside: in the header, or in a baseline file's
            // one scan, save the last bytes, which may be padding. A progressive file that lacks whole scans is valid.
            if !isProgressive && count < file.count - 6 {
                #expect(throws: Diagnostic.self) {
                    _ = try PosterDecoder.decode(file.prefix(count) + [0xFF, 0xD9], name: "bad.poster")
                }
            }
        }
    }

    /// A PNG's check sums find every changed bit that matters: either an error, or the very same picture.
    @Test func everyChangedBitOfAPNG() throws {
        for image in [gradient(width: 20, height: 20), RGBImage(width: 3, height: 2, pixels: Array(0..<18))] {
            let file = try PNGEncoder.encode(image)
            for bit in 0..<(file.count * 8) {
                var changed = file
                changed[bit / 8] ^= 1 << (bit % 8)
                let outcome = Result { try PosterDecoder.decode(changed, name: "bad.poster") }
                if case .success(let decoded) = outcome { #expect(decoded == image, "bit \(bit)") }
                if case .failure(let error) = outcome { expectPosterError(error) }
            }
        }
    }

    /// A JPEG has no check sums: an error, or some picture within the limits.
    @Test(arguments: [false, true]) func everyChangedBitOfAJPEG(isProgressive: Bool) throws {
        let image = gradient(width: 24, height: 16)
        let file = try jpeg(width: 24, height: 16, pixels: image.pixels, isProgressive: isProgressive)
        var errors = 0
        for bit in 0..<(file.count * 8) {
            var changed = file
            changed[bit / 8] ^= 1 << (bit % 8)
            do {
                let decoded = try PosterDecoder.decode(changed, name: "bad.poster")
                #expect(decoded.pixels.count == decoded.width * decoded.height * 3)
            } catch {
                errors += 1
                expectPosterError(error)
            }
        }
        #expect(errors > 0)
    }

    @Test func giganticHeaders() throws {
        for (width, height) in [
            (100_000, 100_000), (16_385, 1), (1, 16_385), (16_384, 16_384), (0x7FFF_FFFF, 0x7FFF_FFFF),
        ] {
            expect(header(width, height), "poster.too_large")
        }
        // Within the limits, but without the samples.
        expect(header(16_384, 2_441), "poster.corrupt")
        let file = try jpeg(width: 16, height: 16, pixels: gradient(width: 16, height: 16).pixels)
        for (width, height) in [(65_535, 65_535), (16_384, 16_384), (16_385, 16)] {
            expect(resized(file, width, height), "poster.too_large")
        }
        expect(resized(file, 16_384, 2_441), "poster.corrupt")
        expect(resized(file, 0, 16), "poster.empty")
        expect(PNGFixture.signature + [UInt8](repeating: 0, count: 64 << 20), "poster.too_large")
    }

    @Test func otherFormatsAreNamed() {
        let files: [(bytes: [UInt8], word: String)] = [
            (Array("GIF89a\u{1}\0\u{1}\0".utf8), "GIF"), (Array("RIFF\0\0\0\0WEBPVP8 ".utf8), "WebP"),
            (Array("BM\0\0".utf8), "BMP"), (Array("II*\0\u{8}\0".utf8), "TIFF"),
            (Array("%PDF-1.7".utf8), "PDF"),
            (Array("\0\0\0\u{1C}ftypavif".utf8), "AVIF"),
            (Array("\n <!DOCTYPE html><title>404".utf8), "web page"),
            (Array("<?xml version=\"1.0\"?>\n<svg xmlns=".utf8), "SVG"),
            (Array("poster, to be drawn\n".utf8), "text"),
            (Array("плакат".utf8), "text"), ([0x89, 0x50, 0x4E, 0x47, 0x0A, 0x1A, 0x0A, 0], "text mode"),
            ([0x1F, 0x8B, 8, 0], "gzip"), ([1, 2, 3, 250], "no picture"), ([0], "no picture"),
        ]
        for file in files {
            let error = expect(file.bytes, "poster.unknown_format")
            #expect(error?.message.contains(file.word) == true, "\(file.word): \(error?.message ?? "")")
        }
    }

    @Test func headersWithoutPictures() {
        expect([0xFF, 0xD8, 0xFF, 0xD9], "poster.truncated")
        expect([0xFF, 0xD8, 0xFF, 0xDA, 0, 2], "poster.corrupt")
        expect([0xFF, 0xD8] + [UInt8](repeating: 0xFF, count: 1 << 20), "poster.truncated")
        expect(PNGFixture.signature + chunk("IEND", []) + [UInt8](repeating: 0, count: 16), "poster.corrupt")
    }

    /// The error of decoding `bytes`, which must have this code, the file's name and a remedy.
    @discardableResult private func expect(_ bytes: [UInt8], _ code: String) -> Diagnostic? {
        let error = #expect(throws: Diagnostic.self) {
            _ = try PosterDecoder.decode(bytes, name: "bad.poster")
        }
        #expect(error?.code == code, "\(bytes.count) bytes: \(error?.message ?? "")")
        if let error { expectPosterError(error) }
        return error
    }

    private func expectPosterError(_ error: any Error) {
        let diagnostic = error as? Diagnostic
        #expect(diagnostic?.kind == .badData && diagnostic?.location?.file == "bad.poster")
        #expect(diagnostic?.code.hasPrefix("poster.") == true && diagnostic?.fix.isEmpty == false)
    }

    /// A PNG whose header states a size that its two bytes of data do not bear out.
    private func header(_ width: Int, _ height: Int) -> [UInt8] {
        PNGFixture.signature + chunk("IHDR", bigEndian(width) + bigEndian(height) + [8, 2, 0, 0, 0])
            + chunk("IDAT", [0x78, 0x01]) + chunk("IEND", [])
    }

    /// The file with another size in its frame header.
    private func resized(_ file: [UInt8], _ width: Int, _ height: Int) -> [UInt8] {
        var file = file
        guard let frame = file.indices.dropLast().first(where: { file[$0] == 0xFF && file[$0 + 1] == 0xC0 })
        else { return [] }
        file.replaceSubrange((frame + 5)..<(frame + 9), with: bigEndian(height << 16 | width))
        return file
    }
}
