import Testing

/// Floats between two fences of sentinels, which nobody may write to.
final class Fenced {
    private static let sentinel: Float = -12345.678
    private static let width = 16
    private let memory: UnsafeMutablePointer<Float>
    private let count: Int
    /// Where the values start.
    let start: UnsafeMutablePointer<Float>

    init(_ count: Int, repeating value: Float) {
        self.count = count
        memory = .allocate(capacity: count + 2 * Self.width)
        memory.initialize(repeating: Self.sentinel, count: count + 2 * Self.width)
        start = memory + Self.width
        start.update(repeating: value, count: count)
    }

    deinit { memory.deallocate() }

    /// The values, once the fences are found whole.
    func checked() -> [Float] {
        #expect((0..<Self.width).allSatisfy { memory[$0] == Self.sentinel }, "written before the start")
        #expect((0..<Self.width).allSatisfy { start[count + $0] == Self.sentinel }, "written past the end")
        return (0..<count).map { start[$0] }
    }
}
