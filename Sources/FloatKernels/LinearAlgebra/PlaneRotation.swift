/// A rotation of rows `row` and `row` + 1 of a matrix.
struct PlaneRotation {
    let row: Int
    let cosine: Double
    let sine: Double

    /// Rotations to gather before they are applied, enough to be worth the threads' while.
    static let batch = 16_384
    /// Columns that go through a batch together: 700 rows of them stay in the second-level cache.
    private static let strip = 32

    /// Applies `rotations` in turn to the rows of a matrix with `columns` columns, strip by strip.
    static func apply(_ rotations: [PlaneRotation], to rows: inout [Double], columns: Int, pool: ThreadPool) {
        rows.withUnsafeMutableBufferPointer { matrix in
            rotations.withUnsafeBufferPointer { rotations in
                guard let matrix = matrix.baseAddress else { return }
                pool.forEachRange(columns, multiple: strip) { range in
                    for left in stride(from: range.lowerBound, to: range.upperBound, by: strip) {
                        let width = min(strip, range.upperBound - left)
                        for rotation in rotations {
                            rotation.apply(to: matrix + rotation.row * columns + left, stride: columns, width)
                        }
                    }
                }
            }
        }
    }

    /// (x, y) = (c·x − s·y, s·x + c·y) for the row x at `upper` and the row y below it.
    @inline(__always)
    private func apply(to upper: UnsafeMutablePointer<Double>, stride: Int, _ count: Int) {
        let lower = upper + stride
        var i = 0
        while i + 4 <= count {
            let x = SIMD4(at: upper + i)
            let y = SIMD4(at: lower + i)
            (x * cosine - y * sine).store(at: upper + i)
            (x * sine + y * cosine).store(at: lower + i)
            i += 4
        }
        while i < count {
            let (x, y) = (upper[i], lower[i])
            upper[i] = x * cosine - y * sine
            lower[i] = x * sine + y * cosine
            i += 1
        }
    }
}
