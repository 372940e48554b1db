/// Memory for floats that keeps its address and is freed with its owner; zero at first. Several threads may write to it, each to
/// a part of its own.
final class FloatBuffer {
    private(set) var start: UnsafeMutablePointer<Float>
    private(set) var count: Int

    init(_ count: Int) {
        self.count = count
        start = .allocate(capacity: max(count, 1))
        start.initialize(repeating: 0, count: max(count, 1))
    }

    deinit { start.deallocate() }

    /// Room for `needed` values, of which those that were there are lost where it has to grow.
    func reserve(_ needed: Int) -> UnsafeMutablePointer<Float> {
        if needed > count {
            start.deallocate()
            count = needed + needed / 2
            start = .allocate(capacity: count)
            start.initialize(repeating: 0, count: count)
        }
        return start
    }

    /// All values, copied.
    var values: [Float] { Array(UnsafeBufferPointer(start: start, count: count)) }
}
