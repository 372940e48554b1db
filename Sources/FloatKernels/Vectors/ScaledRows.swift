/// y += Σₑ weightₑ · X[rowₑ], a sparse row times a dense matrix: `entries` rows of X, each `count` values long.
///
/// Sixty-four columns at a time stay in registers while the entries go by, so that y is read and written once. Every
/// element is one chain of fused multiply-adds in the order of the entries.
///
/// - Parameters:
///   - rows: the indices of the rows, which may repeat.
///   - stride: the distance between the starts of two rows of X.
public func addScaledRows(
    of x: UnsafePointer<Float>, stride: Int, rows: UnsafePointer<Int32>, by weights: UnsafePointer<Float>,
    entries: Int, to y: UnsafeMutablePointer<Float>, count: Int
) {
    var column = 0
    while column + 64 <= count {
        var (s0, s1, s2, s3) = (
            SIMD8(at: y + column), SIMD8(at: y + column + 8), SIMD8(at: y + column + 16),
            SIMD8(at: y + column + 24)
        )
        var (s4, s5, s6, s7) = (
            SIMD8(at: y + column + 32), SIMD8(at: y + column + 40), SIMD8(at: y + column + 48),
            SIMD8(at: y + column + 56)
        )
        for entry in 0..<entries {
            let weight = SIMD8(repeating: weights[entry])
            let row = x + Int(rows[entry]) * stride + column
            s0.addProduct(weight, SIMD8(at: row))
            s1.addProduct(weight, SIMD8(at: row + 8))
            s2.addProduct(weight, SIMD8(at: row + 16))
            s3.addProduct(weight, SIMD8(at: row + 24))
            s4.addProduct(weight, SIMD8(at: row + 32))
            s5.addProduct(weight, SIMD8(at: row + 40))
            s6.addProduct(weight, SIMD8(at: row + 48))
            s7.addProduct(weight, SIMD8(at: row + 56))
        }
        s0.store(at: y + column)
        s1.store(at: y + column + 8)
        s2.store(at: y + column + 16)
        s3.store(at: y + column + 24)
        s4.store(at: y + column + 32)
        s5.store(at: y + column + 40)
        s6.store(at: y + column + 48)
        s7.store(at: y + column + 56)
        column += 64
    }
    guard column < count else { return }
    for entry in 0..<entries {
        addScaled(
            x + Int(rows[entry]) * stride + column, by: weights[entry], to: y + column, count: count - column)
    }
}
