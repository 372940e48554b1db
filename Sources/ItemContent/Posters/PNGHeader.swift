/// What the first chunk of a PNG says, and a walk over all its chunks; PNG specification, sections 5 and 11.2.2.
struct PNGHeader {
    static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

    let width: Int
    let height: Int
    /// Bits a sample.
    let depth: Int
    let isInterlaced: Bool

    /// Reads IHDR, which is the first chunk of every PNG.
    ///
    /// - Throws: `PosterFault`.
    init(_ bytes: [UInt8]) throws {
        guard let width = bytes.bigEndian32(at: 16), let height = bytes.bigEndian32(at: 20), bytes.count > 28
        else {
            throw PosterFault.truncated("the PNG ends inside its header")
        }
        guard bytes[12..<16].elementsEqual("IHDR".utf8) else {
            throw PosterFault.corrupt("the PNG does not begin with its header")
        }
        (self.width, self.height) = (width, height)
        (depth, isInterlaced) = (Int(bytes[24]), bytes[28] != 0)
    }

    /// Whether a file of `count` bytes can hold this many samples: deflate expands 1,032 times at most (RFC 1951, a
    /// length of 258 from two bits). A header that claims more is found out before there is memory for its pixels.
    func fits(inFileOf count: Int) -> Bool {
        height * (width * depth / 8) <= count * 1_032
    }

    /// Visits the chunks to the end mark: each one's type, and where it stands with its length and check sum.
    ///
    /// - Throws: `PosterFault.truncated` where there is no end mark. libpng stops at the last row and would not say.
    static func forEachChunk(_ bytes: [UInt8], _ visit: (ArraySlice<UInt8>, Range<Int>) -> Void) throws {
        var offset = signature.count
        while let length = bytes.bigEndian32(at: offset), length <= bytes.count - offset - 12 {
            let type = bytes[(offset + 4)..<(offset + 8)]
            visit(type, offset..<(offset + 12 + length))
            if type.elementsEqual("IEND".utf8) { return }
            offset += 12 + length
        }
        throw PosterFault.truncated("the PNG has \(bytes.count) bytes and no end mark")
    }
}
