/// How real numbers are stored in files of other programs: IEEE 754 of 16, 32 or 64 bits.
enum RealFormat: Sendable {
    case float16, float32, float64

    /// Bytes a number takes.
    var width: Int {
        switch self {
        case .float16: 2
        case .float32: 4
        case .float64: 8
        }
    }

    /// The numbers in `bytes`, whatever their alignment, rounded to 32 bits.
    func decode(_ bytes: UnsafeRawBufferPointer, isBigEndian: Bool = false) -> [Float] {
        let count = bytes.count / width
        return [Float](unsafeUninitializedCapacity: count) { output, initialized in
            for index in 0..<count {
                let number: Float
                switch self {
                case .float16: number = half(load(bytes, index, isBigEndian))
                case .float32: number = Float(bitPattern: load(bytes, index, isBigEndian))
                case .float64: number = Float(Double(bitPattern: load(bytes, index, isBigEndian)))
                }
                output.initializeElement(at: index, to: number)
            }
            initialized = count
        }
    }

    private func load<Bits: FixedWidthInteger & BitwiseCopyable>(
        _ bytes: UnsafeRawBufferPointer, _ index: Int, _ isBigEndian: Bool
    ) -> Bits {
        let bits = bytes.loadUnaligned(fromByteOffset: index * width, as: Bits.self)
        return isBigEndian ? Bits(bigEndian: bits) : Bits(littleEndian: bits)
    }

    /// A number of 1 sign, 5 exponent and 10 fraction bits; `Float16` itself is not there on every Mac.
    private func half(_ bits: UInt16) -> Float {
        let sign = UInt32(bits & 0x8000) << 16
        let exponent = UInt32(bits >> 10 & 0x1F), fraction = UInt32(bits & 0x3FF)
        switch exponent {
        case 0:
            let magnitude = Float(fraction) * 0x1p-24
            return Float(bitPattern: magnitude.bitPattern | sign)
        case 0x1F: return Float(bitPattern: sign | 0x7F80_0000 | fraction << 13)
        default: return Float(bitPattern: sign | (exponent + 112) << 23 | fraction << 13)
        }
    }
}
