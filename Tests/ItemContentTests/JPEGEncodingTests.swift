import ItemContent
import Testing

@Suite struct JPEGEncodingTests {
    /// A smooth picture comes back nearly as it was, the same each time, and shorter at a lower quality.
    @Test func whatIsEncodedIsDecoded() throws {
        let picture = gradient(width: 61, height: 90)
        let file = try JPEGEncoder.encode(picture, quality: 90)
        let decoded = try PosterDecoder.decode(file, name: "p.jpg")
        #expect(decoded.width == 61 && decoded.height == 90)
        let differences = zip(decoded.pixels, picture.pixels).map { abs(Int($0) - Int($1)) }
        #expect(Double(differences.reduce(0, +)) / Double(differences.count) < 3)
        #expect(try JPEGEncoder.encode(picture, quality: 90) == file)
        #expect(try JPEGEncoder.encode(picture, quality: 20).count < file.count)
    }

    @Test func onePixelIsAPicture() throws {
        let file = try JPEGEncoder.encode(RGBImage(width: 1, height: 1, pixels: [200, 30, 40]), quality: 90)
        let decoded = try PosterDecoder.decode(file, name: "p.jpg")
        #expect(decoded.width == 1 && decoded.height == 1)
    }
}
