import ItemContent
import Testing

@Suite struct OrientationTests {
    /// Where the stored first row and first column are to be seen, by EXIF 2.32, tag 0x0112.
    private static let sides = [
        1: ("top", "left"), 2: ("top", "right"), 3: ("bottom", "right"), 4: ("bottom", "left"),
        5: ("left", "top"), 6: ("right", "top"), 7: ("right", "bottom"), 8: ("left", "bottom"),
    ]

    @Test(arguments: 1...8, [false, true])
    func storedSamplesAreTurnedUpright(orientation: Int, isLittleEndian: Bool) throws {
        let (plain, stored) = try picture()
        let file = inserting(
            0xE1, exif(orientation: orientation, isLittleEndian: isLittleEndian), into: plain)
        let upright = try PosterDecoder.decode(file, name: "turned.jpg")
        let (firstRow, firstColumn) = try #require(Self.sides[orientation])
        let isTurned = orientation > 4
        #expect(upright.width == (isTurned ? stored.height : stored.width))
        #expect(upright.height == (isTurned ? stored.width : stored.height))
        for row in 0..<stored.height {
            for column in 0..<stored.width {
                var (x, y) = (0, 0)
                place(row, from: firstRow, &x, &y, upright)
                place(column, from: firstColumn, &x, &y, upright)
                let (from, to) = ((row * stored.width + column) * 3, (y * upright.width + x) * 3)
                #expect(stored.pixels[from..<(from + 3)] == upright.pixels[to..<(to + 3)])
            }
        }
    }

    @Test func aTurnedPictureIsScaledForItsUprightSize() throws {
        let file = inserting(0xE1, exif(orientation: 6, isLittleEndian: false), into: try picture().file)
        let half = try PosterDecoder.decode(file, name: "turned.jpg", atLeast: (width: 16, height: 24))
        #expect(half.width == 16 && half.height == 24)
        #expect(
            try PosterDecoder.decode(file, name: "turned.jpg", atLeast: (width: 17, height: 24)).width == 32)
    }

    @Test func whatIsNoOrientationIsPassedOver() throws {
        let (plain, stored) = try picture()
        let whole = exif(orientation: 6, isLittleEndian: true)
        var payloads = [0, 9, 65_535].map { exif(orientation: $0, isLittleEndian: true) }
        payloads.append(exif(orientation: 6, isLittleEndian: true, type: 4))
        // Cut anywhere before the value's end, which is six bytes before the payload's.
        payloads += (0..<(whole.count - 6)).map { Array(whole.prefix($0)) }
        // A directory beyond the end, and one so far that an unchecked sum would overflow.
        payloads += [[0xFF, 0xFF, 0, 0], [0xFF, 0xFF, 0xFF, 0xFF]].map {
            whole.prefix(10) + $0 + whole.dropFirst(14)
        }
        for payload in payloads {
            #expect(
                try PosterDecoder.decode(inserting(0xE1, payload, into: plain), name: "odd.jpg") == stored)
        }
    }

    private func picture() throws -> (file: [UInt8], stored: RGBImage) {
        let file = try jpeg(width: 48, height: 32, pixels: gradient(width: 48, height: 32).pixels)
        return (file, try PosterDecoder.decode(file, name: "plain.jpg"))
    }

    private func place(_ index: Int, from side: String, _ x: inout Int, _ y: inout Int, _ image: RGBImage) {
        switch side {
        case "top": y = index
        case "bottom": y = image.height - 1 - index
        case "left": x = index
        default: x = image.width - 1 - index
        }
    }
}
