import FloatKernels
import Testing

/// Floats with sentinels before and behind them, and as many as are asked for between the rows.
final class GuardedBuffer {
    private static let margin = 40
    private static let sentinel: Float = -7.625e21
    private let memory: UnsafeMutablePointer<Float>
    private let size: Int
    private let rows: Int
    private let columns: Int
    let stride: Int

    /// `values` row by row, rows × columns of them, with `gap` sentinels behind each row.
    init(_ values: [Float], rows: Int = 1, gap: Int = 0) {
        self.rows = rows
        columns = values.count / rows
        stride = columns + gap
        size = rows * stride + 2 * GuardedBuffer.margin
        memory = .allocate(capacity: size)
        memory.initialize(repeating: GuardedBuffer.sentinel, count: size)
        for (index, value) in values.enumerated() {
            base[index / columns * stride + index % columns] = value
        }
    }

    convenience init(_ matrix: Matrix, gap: Int = 0) {
        self.init(matrix.elements, rows: matrix.rows, gap: gap)
    }

    deinit { memory.deallocate() }

    var base: UnsafeMutablePointer<Float> { memory + GuardedBuffer.margin }

    var values: [Float] {
        (0..<rows).flatMap { row in (0..<columns).map { base[row * stride + $0] } }
    }

    /// Whether nothing but the values was written to.
    var isIntact: Bool {
        (0..<size).allSatisfy { index in
            let position = index - GuardedBuffer.margin
            let isValue = position >= 0 && position < rows * stride && position % stride < columns
            return isValue || memory[index] == GuardedBuffer.sentinel
        }
    }
}
