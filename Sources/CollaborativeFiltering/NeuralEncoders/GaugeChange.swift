import FloatKernels

/// What becomes of an encoder's weights when items and users change over to the canonical gauge, so that it reads and writes
/// there and all scores stay.
///
/// Items become v′ = Lᵀv and users u′ = L⁻¹(u − m). So weights W that read v (as a row vector, v W) become L⁻¹W, and an
/// output u = h O + o becomes h (O L⁻ᵀ) + L⁻¹(o − m). L is lower triangular; sums are taken in double precision.
struct GaugeChange {
    /// L, d × d, and m.
    private let factor: Matrix
    private let mean: [Float]

    /// The change that `gauge` stands for.
    init(_ gauge: CanonicalGauge) { (factor, mean) = (gauge.factor, gauge.mean) }

    /// L⁻¹W in place, for the d × `columns` block of weights at `start`.
    func changeReading(_ weights: inout [Float], at start: Int, columns: Int) {
        for column in 0..<columns {
            solve(&weights, at: start + column, stride: columns)
        }
    }

    /// O L⁻ᵀ in place, for the `rows` × d block of weights at `start`: row by row L⁻¹ of what it holds.
    func changeWriting(_ weights: inout [Float], at start: Int, rows: Int) {
        for row in 0..<rows { solve(&weights, at: start + row * factor.rows, stride: 1) }
    }

    /// L⁻¹s in place, for the d values at `start`: the offset of a second output that is added to a first.
    func changeDirection(_ weights: inout [Float], at start: Int) {
        solve(&weights, at: start, stride: 1)
    }

    /// L⁻¹(o − m) in place, for the d values at `start`.
    func changeOffset(_ weights: inout [Float], at start: Int) {
        for (i, value) in mean.enumerated() { weights[start + i] -= value }
        solve(&weights, at: start, stride: 1)
    }

    /// Forward substitution with L on d values, `stride` apart.
    private func solve(_ values: inout [Float], at start: Int, stride: Int) {
        var solution = [Double](repeating: 0, count: factor.rows)
        for row in 0..<factor.rows {
            var rest = Double(values[start + row * stride])
            for column in 0..<row { rest -= Double(factor[row, column]) * solution[column] }
            solution[row] = rest / Double(factor[row, row])
        }
        for row in 0..<factor.rows { values[start + row * stride] = Float(solution[row]) }
    }
}
