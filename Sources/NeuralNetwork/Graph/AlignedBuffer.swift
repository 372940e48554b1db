/// Memory for values, zero at first, that starts at a cache line, so that no vector lies across two.
struct AlignedBuffer<Element: BitwiseCopyable> {
    let start: UnsafeMutablePointer<Element>
    let count: Int

    init(_ count: Int, repeating value: Element) {
        self.count = count
        // One more than asked for, so that there is an address.
        start = UnsafeMutableRawPointer.allocate(
            byteCount: (count + 1) * MemoryLayout<Element>.stride, alignment: 64
        ).bindMemory(to: Element.self, capacity: count + 1)
        start.initialize(repeating: value, count: count + 1)
    }

    func deallocate() { start.deallocate() }
}
