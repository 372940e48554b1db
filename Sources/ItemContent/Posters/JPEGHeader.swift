/// What the markers before a JPEG's first scan say: the size, the colours, and which way is up.
///
/// Markers as in ITU-T T.81, annex B. Total over any bytes.
struct JPEGHeader {
    static let signature: [UInt8] = [0xFF, 0xD8, 0xFF]

    /// Of the samples as stored, before `orientation` is applied.
    private(set) var width = 0
    private(set) var height = 0
    /// 1 grey, 3 colour, 4 CMYK or YCCK.
    private(set) var components = 0
    /// Whether the Adobe marker is there; CMYK is then stored inverted.
    private(set) var isAdobe = false
    /// The EXIF orientation.
    private(set) var orientation = Orientation.upright
    /// Where the first scan's marker stands.
    private(set) var scanOffset = 0

    /// Walks the markers up to the first scan.
    ///
    /// - Throws: `PosterFault.truncated` when there is no scan, `PosterFault.corrupt` when there is no frame before it.
    init(_ bytes: [UInt8]) throws {
        var offset = 2
        while let (marker, start) = Self.marker(in: bytes, from: offset) {
            if marker == 0xDA {
                guard components > 0 else { throw PosterFault.corrupt("the JPEG has no frame header") }
                scanOffset = start
                return
            }
            // Restart marks and TEM stand alone; every other marker has a length, which counts its own two bytes.
            offset = start
            if marker == 0x01 || 0xD0...0xD9 ~= marker { continue }
            guard let length = bytes.bigEndian16(at: start), length >= 2, start + length <= bytes.count else {
                break
            }
            read(marker, bytes[(start + 2)..<(start + length)])
            offset = start + length
        }
        throw PosterFault.truncated("the JPEG ends inside its header")
    }

    /// The next marker at or after `offset`, and where its payload begins; stuffing and stray bytes are passed over.
    private static func marker(in bytes: [UInt8], from offset: Int) -> (marker: UInt8, payload: Int)? {
        guard var at = bytes[min(offset, bytes.count)...].firstIndex(of: 0xFF) else { return nil }
        while at + 1 < bytes.count {
            if bytes[at] == 0xFF, bytes[at + 1] != 0xFF, bytes[at + 1] != 0 { return (bytes[at + 1], at + 2) }
            at += 1
        }
        return nil
    }

    private mutating func read(_ marker: UInt8, _ segment: ArraySlice<UInt8>) {
        let payload = Array(segment)
        switch marker {
        case 0xC4, 0xC8, 0xCC: break  // Huffman tables, an extension, arithmetic conditioning: no frames
        case 0xC0...0xCF where components == 0:
            guard payload.count >= 6 else { return }
            height = Int(payload[1]) << 8 | Int(payload[2])
            width = Int(payload[3]) << 8 | Int(payload[4])
            components = Int(payload[5])
        case 0xE1: orientation = Orientation(exif: payload) ?? orientation
        case 0xEE: isAdobe = isAdobe || payload.starts(with: "Adobe".utf8)
        default: break
        }
    }
}
