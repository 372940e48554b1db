import CZlib

/// The CRC-32 of `bytes` (zlib's polynomial) as eight lower-case hexadecimal digits.
package func checksumText(_ bytes: UnsafeRawBufferPointer) -> String {
    let start = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
    let value = start.map { crc32_z(0, $0, bytes.count) } ?? 0
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
}
