import CJPEG
import ItemContent
import Testing

@Suite struct JPEGDecodingTests {
    /// At quality 95 quantisation steps are at most 12 (T.81, table K.1, scaled by 0.1); a smooth picture has few
    /// coefficients, so that 6 levels are ample and a swapped channel or row is far outside.
    @Test(arguments: [false, true], [TJSAMP_444, TJSAMP_422, TJSAMP_420, TJSAMP_440])
    func colorComesBack(isProgressive: Bool, subsampling: TJSAMP) throws {
        let image = gradient(width: 61, height: 47)
        let file = try jpeg(
            width: 61, height: 47, pixels: image.pixels, subsampling: subsampling,
            isProgressive: isProgressive)
        let decoded = try PosterDecoder.decode(file, name: "made.jpg")
        #expect(decoded.width == 61 && decoded.height == 47)
        #expect(largestDifference(decoded, image) <= 6)
    }

    @Test func greyHasThreeEqualChannels() throws {
        let image = gradient(width: 40, height: 24)
        let file = try jpeg(width: 40, height: 24, pixels: image.pixels, subsampling: TJSAMP_GRAY)
        let pixels = try PosterDecoder.decode(file, name: "grey.png").pixels
        for pixel in stride(from: 0, to: pixels.count, by: 3) {
            #expect(pixels[pixel] == pixels[pixel + 1] && pixels[pixel] == pixels[pixel + 2])
        }
    }

    /// TurboJPEG writes YCCK with Adobe's marker, which means inverted inks: 255 is no ink.
    @Test func invertedInksBecomeLight() throws {
        let inks: [[UInt8]] = [
            [255, 255, 255, 255], [255, 0, 0, 255], [0, 255, 128, 255], [200, 100, 50, 128], [9, 9, 9, 0],
        ]
        for ink in inks {
            let file = try jpeg(
                width: 16, height: 16, pixels: Array(repeating: ink, count: 256).flatMap { $0 },
                format: TJPF_CMYK)
            let light = ink.prefix(3).map { UInt8(Int($0) * Int(ink[3]) / 255) }
            let expected = RGBImage(
                width: 16, height: 16, pixels: Array(repeating: light, count: 256).flatMap { $0 })
            #expect(largestDifference(try PosterDecoder.decode(file, name: "inks.jpg"), expected) <= 4)
        }
    }

    /// Without Adobe's marker four channels are plain inks, 0 for none, and are not transformed from YCCK. The same
    /// stored samples, which for equal inks of c are (255 − c, 128, 128, k), then mean something else.
    @Test func plainInksBecomeLight() throws {
        let file = try jpeg(
            width: 16, height: 16, pixels: Array(repeating: [60, 60, 60, 55], count: 256).flatMap { $0 },
            format: TJPF_CMYK)
        let adobe = try #require(file.indices.dropLast().first { file[$0] == 0xFF && file[$0 + 1] == 0xEE })
        let length = Int(file[adobe + 2]) << 8 | Int(file[adobe + 3])
        let plain = Array(file[..<adobe] + file[(adobe + 2 + length)...])
        let light = [60, 127, 127].map { UInt8($0 * 200 / 255) }
        let expected = RGBImage(
            width: 16, height: 16, pixels: Array(repeating: light, count: 256).flatMap { $0 })
        #expect(largestDifference(try PosterDecoder.decode(plain, name: "inks.jpg"), expected) <= 4)
    }

    /// The smallest of 1/1, 1/2, 1/4, 1/8 that is large enough on both sides.
    @Test func scaledDecodingSuffices() throws {
        let image = gradient(width: 203, height: 310)
        let file = try jpeg(width: 203, height: 310, pixels: image.pixels, subsampling: TJSAMP_420)
        let sizes = [
            (203, 310, 203, 310), (204, 1, 203, 310), (102, 100, 203, 310), (101, 155, 102, 155),
            (101, 156, 203, 310),
            (50, 77, 51, 78), (25, 38, 26, 39), (1, 1, 26, 39), (64, 96, 102, 155),
        ]
        for (width, height, expectedWidth, expectedHeight) in sizes {
            let small = try PosterDecoder.decode(file, name: "made.jpg", atLeast: (width, height))
            #expect(small.width == expectedWidth && small.height == expectedHeight)
            let reference = image.resampled(width: small.width, height: small.height)
            #expect(largestDifference(small, reference) <= 8)
        }
    }

    /// Stray bytes before a marker lose no pixel; many programs leave some.
    @Test func strayBytesAreHarmless() throws {
        let image = gradient(width: 32, height: 32)
        let file = try jpeg(width: 32, height: 32, pixels: image.pixels)
        let clean = try PosterDecoder.decode(file, name: "made.jpg")
        #expect(
            try PosterDecoder.decode(file.dropLast(2) + [1, 2, 3, 0xFF, 0xD9], name: "made.jpg") == clean)
        #expect(
            try PosterDecoder.decode(file.prefix(20) + [1, 2, 3] + file.dropFirst(20), name: "made.jpg")
                == clean)
        #expect(try PosterDecoder.decode(file + Array("trailing".utf8), name: "made.jpg") == clean)
    }
}

func largestDifference(_ a: RGBImage, _ b: RGBImage) -> Int {
    guard a.width == b.width, a.height == b.height else { return .max }
    return zip(a.pixels, b.pixels).map { abs(Int($0) - Int($1)) }.max() ?? 0
}
