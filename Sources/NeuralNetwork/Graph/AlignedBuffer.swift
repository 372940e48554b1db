#if canImport(Glibc)
    import Glibc
#endif

/// Memory for values, zero at first, that starts at a cache line, so that no vector lies across two.
///
/// Much of it comes in huge pages where the system has them: scattered over small ones, what fits the second-level cache
/// by its size competes for the same places there.
struct AlignedBuffer<Element: BitwiseCopyable> {
    let start: UnsafeMutablePointer<Element>
    let count: Int

    init(_ count: Int, repeating value: Element) {
        self.count = count
        // One more than asked for, so that there is an address.
        start = Self.memory(bytes: (count + 1) * MemoryLayout<Element>.stride)
            .bindMemory(to: Element.self, capacity: count + 1)
        start.initialize(repeating: value, count: count + 1)
    }

    func deallocate() { start.deallocate() }

    private static func memory(bytes: Int) -> UnsafeMutableRawPointer {
        #if canImport(Glibc)
            let page = 1 << 21
            if bytes >= page / 16 {
                let whole = (bytes + page - 1) / page * page
                let memory = UnsafeMutableRawPointer.allocate(byteCount: whole, alignment: page)
                // Advice: where it is not taken, the pages are small.
                _ = madvise(memory, whole, MADV_HUGEPAGE)
                return memory
            }
        #endif
        return UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
    }
}
