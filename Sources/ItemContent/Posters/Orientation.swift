/// The EXIF orientation: what to do to the stored samples so that the picture stands upright.
///
/// Values as in EXIF 2.32, tag 0x0112; the names say where the stored rows and columns begin.
enum Orientation: Int, CaseIterable {
    case upright = 1, mirrored, upsideDown, flipped, transposed, quarterTurnRight, transversed,
        quarterTurnLeft

    /// Whether width and height change places.
    var swapsSides: Bool { rawValue >= Orientation.transposed.rawValue }

    /// Reads the tag from an APP1 segment's payload; nil for other payloads, no such tag, or a value outside 1…8.
    init?(exif payload: [UInt8]) {
        guard payload.starts(with: "Exif\0\0".utf8) else { return nil }
        let tiff = TIFFReader(Array(payload.dropFirst(6)))
        guard let value = tiff?.short(tag: 0x0112), let orientation = Orientation(rawValue: value) else {
            return nil
        }
        self = orientation
    }
}

/// The first directory of a TIFF structure (TIFF 6.0, section 2). Total over any bytes.
private struct TIFFReader {
    private let bytes: [UInt8]
    private let isLittleEndian: Bool

    init?(_ bytes: [UInt8]) {
        self.bytes = bytes
        isLittleEndian = bytes.starts(with: "II".utf8)
        guard isLittleEndian || bytes.starts(with: "MM".utf8), number(at: 2, bytes: 2) == 42 else {
            return nil
        }
    }

    /// The value of a tag that holds one 16-bit number.
    func short(tag: Int) -> Int? {
        guard let directory = number(at: 4, bytes: 4), let count = number(at: directory, bytes: 2) else {
            return nil
        }
        let entries = (0..<count).lazy.map { directory + 2 + $0 * 12 }.prefix { $0 + 12 <= bytes.count }
        guard let entry = entries.first(where: { number(at: $0, bytes: 2) == tag }) else { return nil }
        let isOneShort = number(at: entry + 2, bytes: 2) == 3 && number(at: entry + 4, bytes: 4) == 1
        return isOneShort ? number(at: entry + 8, bytes: 2) : nil
    }

    private func number(at offset: Int, bytes length: Int) -> Int? {
        guard offset >= 0, offset <= bytes.count - length else { return nil }
        let digits = bytes[offset..<(offset + length)]
        return isLittleEndian
            ? digits.reversed().reduce(0) { $0 << 8 | Int($1) } : digits.reduce(0) { $0 << 8 | Int($1) }
    }
}
