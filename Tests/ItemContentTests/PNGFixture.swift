/// A PNG written by hand, for the kinds that the encoder does not write: any colour type, depth and interlacing.
struct PNGFixture {
    var width: Int
    var height: Int
    /// Bits a sample: 1, 2, 4, 8 or 16.
    var depth = 8
    /// 0 grey, 2 colour, 3 palette, 4 grey and alpha, 6 colour and alpha.
    var colorType = 2
    var isInterlaced = false
    /// Chunks between the header and the samples, such as PLTE and tRNS.
    var chunks: [(type: String, payload: [UInt8])] = []
    /// The samples of pixel (x, y), as many as the colour type has channels.
    var sample: (_ x: Int, _ y: Int) -> [Int]

    static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

    /// The whole file.
    var bytes: [UInt8] {
        let header =
            bigEndian(width) + bigEndian(height) + [
                UInt8(depth), UInt8(colorType), 0, 0, isInterlaced ? 1 : 0,
            ]
        return Self.signature + chunk("IHDR", header) + chunks.flatMap { chunk($0.type, $0.payload) }
            + chunk("IDAT", zlibStored(scanlines)) + chunk("IEND", [])
    }

    /// Unfiltered rows, each after its filter byte; for Adam7 those of the seven passes in turn.
    private var scanlines: [UInt8] {
        let adam7 = [
            (0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2),
        ]
        return (isInterlaced ? adam7 : [(0, 0, 1, 1)]).flatMap { left, top, right, down -> [UInt8] in
            let columns = Array(stride(from: left, to: width, by: right))
            if columns.isEmpty { return [] }
            return stride(from: top, to: height, by: down).flatMap { y in
                [0] + packed(columns.flatMap { sample($0, y) })
            }
        }
    }

    private func packed(_ samples: [Int]) -> [UInt8] {
        if depth == 16 { return samples.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] } }
        var bytes = [UInt8](repeating: 0, count: (samples.count * depth + 7) / 8)
        for (index, sample) in samples.enumerated() {
            let bit = index * depth
            bytes[bit / 8] |= UInt8(sample << (8 - depth - bit % 8))
        }
        return bytes
    }
}

/// A chunk with its length and its check sum.
func chunk(_ type: String, _ payload: [UInt8]) -> [UInt8] {
    let body = Array(type.utf8) + payload
    return bigEndian(payload.count) + body + bigEndian(Int(crc32(body)))
}

func bigEndian(_ value: Int) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
}

/// A zlib stream of stored blocks (RFC 1950, RFC 1951 section 3.2.4).
private func zlibStored(_ data: [UInt8]) -> [UInt8] {
    var stream: [UInt8] = [0x78, 0x01]
    for start in stride(from: 0, to: max(data.count, 1), by: 65_535) {
        let block = data[start..<min(start + 65_535, data.count)]
        let (low, high) = (UInt8(block.count & 0xFF), UInt8(block.count >> 8))
        stream += [start + 65_535 >= data.count ? 1 : 0, low, high, ~low, ~high] + block
    }
    let sums = data.reduce((a: 1, b: 0)) { sums, byte in
        let a = (sums.a + Int(byte)) % 65_521
        return (a, (sums.b + a) % 65_521)
    }
    return stream + bigEndian(sums.b << 16 | sums.a)
}

/// The check sum of PNG's annex D.
private func crc32(_ bytes: [UInt8]) -> UInt32 {
    var sum: UInt32 = .max
    for byte in bytes {
        sum ^= UInt32(byte)
        for _ in 0..<8 { sum = (sum >> 1) ^ (sum & 1 == 1 ? 0xEDB8_8320 : 0) }
    }
    return ~sum
}
