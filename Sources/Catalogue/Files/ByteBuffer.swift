/// Bytes in storage that stays where it is until it grows: readers hand out slices of it without copying.
final class ByteBuffer {
    private(set) var bytes: UnsafeMutableBufferPointer<UInt8>
    var count = 0

    init(capacity: Int) {
        bytes = .allocate(capacity: capacity)
    }

    deinit { bytes.deallocate() }

    /// The part that is filled.
    var filled: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(rebasing: bytes[..<count]) }

    /// The part that is not.
    var free: UnsafeMutableRawBufferPointer {
        UnsafeMutableRawBufferPointer(UnsafeMutableBufferPointer(rebasing: bytes[count...]))
    }

    func append(_ more: some Collection<UInt8>) {
        while bytes.count - count < more.count { grow() }
        _ = UnsafeMutableBufferPointer(rebasing: bytes[count...]).update(fromContentsOf: more)
        count += more.count
    }

    /// Moves `range` to the front and forgets the rest.
    func keep(_ range: Range<Int>) {
        if range.lowerBound > 0, let start = bytes.baseAddress {
            start.update(from: start + range.lowerBound, count: range.count)
        }
        count = range.count
    }

    /// Doubles the storage; slices handed out before are gone.
    func grow() {
        let larger = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 2 * bytes.count)
        _ = larger.update(fromContentsOf: filled)
        bytes.deallocate()
        bytes = larger
    }
}
