import ItemContent
import Testing

@Suite struct PNGRoundTripTests {
    /// Neighbouring sizes around byte and filter boundaries; colours on both sides of the palette's 256.
    @Test(arguments: [1, 2, 3, 4, 5, 16, 17, 255, 256, 257, 4000])
    func theImageComesBack(colors: Int) throws {
        for (width, height) in [(1, 1), (7, 3), (64, 64), (129, 31)] {
            let image = patterned(width: width, height: height, colors: colors)
            let file = try PNGEncoder.encode(image)
            #expect(try PosterDecoder.decode(file, name: "round.png") == image)
            #expect(try PNGEncoder.encode(image) == file)
            // Colour type, byte 25: palette (3) exactly up to 256 colours, else true colour (2).
            #expect(file[25] == (min(colors, width * height) <= 256 ? 3 : 2))
        }
    }

    /// `colors` distinct colours in turn; 4099 is prime to 2²⁴, so the first 2²⁴ are distinct.
    private func patterned(width: Int, height: Int, colors: Int) -> RGBImage {
        let pixels = (0..<(width * height)).flatMap { index -> [UInt8] in
            let color = (index % colors) * 4099
            return [
                UInt8(truncatingIfNeeded: color >> 16), UInt8(truncatingIfNeeded: color >> 8),
                UInt8(truncatingIfNeeded: color),
            ]
        }
        return RGBImage(width: width, height: height, pixels: pixels)
    }
}
