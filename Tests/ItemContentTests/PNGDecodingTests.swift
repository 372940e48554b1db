import ItemContent
import Testing

/// Every kind of PNG, 11×9 pixels so that no row fills its last byte and all seven passes of Adam7 take part.
@Suite struct PNGDecodingTests {
    @Test(arguments: [1, 2, 4, 8], [false, true])
    func greyIsSpreadOverTheRange(depth: Int, isInterlaced: Bool) throws {
        let top = (1 << depth) - 1
        try check(
            PNGFixture(width: 11, height: 9, depth: depth, colorType: 0, isInterlaced: isInterlaced) { x, y in
                [(x + 3 * y) % (top + 1)]
            }
        ) { x, y in Array(repeating: (x + 3 * y) % (top + 1) * 255 / top, count: 3) }
    }

    @Test(arguments: [1, 2, 4, 8], [false, true])
    func paletteEntriesAreLookedUp(depth: Int, isInterlaced: Bool) throws {
        let count = 1 << depth
        let palette = (0..<count).map { [$0, 255 - $0, $0 * 7 % 256] }
        let chunks = [("PLTE", palette.joined().map { UInt8($0) })]
        try check(
            PNGFixture(
                width: 11, height: 9, depth: depth, colorType: 3, isInterlaced: isInterlaced, chunks: chunks
            ) { x, y in [(x * 5 + y) % count] }
        ) { x, y in palette[(x * 5 + y) % count] }
    }

    @Test(arguments: [false, true]) func colorIsKept(isInterlaced: Bool) throws {
        let color = { (x: Int, y: Int) in [x * 23, y * 28, (x * y * 31) % 256] }
        try check(PNGFixture(width: 11, height: 9, isInterlaced: isInterlaced, sample: color), color)
    }

    /// Without a gamma 16 bits are sRGB like 8: the upper byte decides, up to rounding, and no curve is applied.
    @Test(arguments: [false, true]) func sixteenBitsAreNotTakenForLinear(isInterlaced: Bool) throws {
        let color = { (x: Int, y: Int) in [x * 23, y * 28, (x * y * 31) % 256] }
        try check(
            PNGFixture(width: 11, height: 9, depth: 16, isInterlaced: isInterlaced) { x, y in
                color(x, y).map { $0 * 257 }
            }, color)
    }

    @Test(arguments: [8, 16], [false, true])
    func alphaIsCompositedOnWhite(depth: Int, isInterlaced: Bool) throws {
        let scale = depth == 16 ? 257 : 1
        let (color, alpha) = (
            { (x: Int, y: Int) in [x * 23, y * 28, 100] }, { (x: Int, y: Int) in (x + 11 * y) * 255 / 98 }
        )
        try check(
            PNGFixture(width: 11, height: 9, depth: depth, colorType: 6, isInterlaced: isInterlaced) { x, y in
                (color(x, y) + [alpha(x, y)]).map { $0 * scale }
            }
        ) { x, y in color(x, y).map { onWhite($0, alpha(x, y)) } }
        try check(
            PNGFixture(width: 11, height: 9, depth: depth, colorType: 4, isInterlaced: isInterlaced) { x, y in
                [color(x, y)[0] * scale, alpha(x, y) * scale]
            }
        ) { x, y in Array(repeating: onWhite(color(x, y)[0], alpha(x, y)), count: 3) }
    }

    @Test func transparentColorsBecomeWhite() throws {
        let palette: [[Int]] = [[10, 20, 30], [200, 100, 0], [0, 0, 0], [9, 9, 9]]
        let chunks = [("PLTE", palette.joined().map { UInt8($0) }), ("tRNS", [255, 128, 0] as [UInt8])]
        try check(
            PNGFixture(width: 11, height: 9, depth: 2, colorType: 3, chunks: chunks) { x, y in [(x + y) % 4] }
        ) { x, y in palette[(x + y) % 4].map { onWhite($0, [255, 128, 0, 255][(x + y) % 4]) } }
        try check(
            PNGFixture(width: 11, height: 9, colorType: 0, chunks: [("tRNS", [0, 5])]) { x, _ in [x] }
        ) { x, _ in Array(repeating: x == 5 ? 255 : x, count: 3) }
        try check(
            PNGFixture(width: 11, height: 9, chunks: [("tRNS", [0, 5, 0, 6, 0, 7])]) { x, _ in
                [x, x + 1, x + 2]
            }
        ) { x, _ in x == 5 ? [255, 255, 255] : [x, x + 1, x + 2] }
    }

    /// Whatever the file is called, the bytes decide.
    @Test func theNameDoesNotMatter() throws {
        let fixture = PNGFixture(width: 2, height: 2) { _, _ in [1, 2, 3] }
        #expect(
            try PosterDecoder.decode(fixture.bytes, name: "poster.jpg").pixels == [
                1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3,
            ])
    }

    private func onWhite(_ color: Int, _ alpha: Int) -> Int {
        (color * alpha + 255 * (255 - alpha) + 127) / 255
    }

    private func check(
        _ fixture: PNGFixture, _ expected: (_ x: Int, _ y: Int) -> [Int]
    ) throws {
        let image = try PosterDecoder.decode(fixture.bytes, name: "made.png")
        #expect(image.width == fixture.width && image.height == fixture.height)
        let samples = (0..<fixture.height).flatMap { y in (0..<fixture.width).flatMap { x in expected(x, y) }
        }
        let made = RGBImage(width: fixture.width, height: fixture.height, pixels: samples.map { UInt8($0) })
        #expect(largestDifference(image, made) == 0)
    }
}
