import FloatKernels

/// Matrices of normal deviates, the same for the same seed.
struct RandomMatrices {
    private var generator: RandomGenerator

    init(seed: UInt64) {
        generator = RandomGenerator(seed: seed)
    }

    mutating func vector(_ count: Int) -> [Float] {
        (0..<count).map { _ in generator.normal() }
    }

    mutating func matrix(_ rows: Int, _ columns: Int) -> Matrix {
        Matrix(rows: rows, columns: columns, elements: vector(rows * columns))
    }

    mutating func symmetric(_ order: Int) -> Matrix {
        var result = matrix(order, order)
        for row in 0..<order { for column in 0..<row { result[column, row] = result[row, column] } }
        return result
    }

    /// XᵀX / n + I / 10, well conditioned whatever the order.
    mutating func positiveDefinite(_ order: Int) -> Matrix {
        let x = DoubleMatrix(matrix(order + 3, order))
        var result = (x.transposed * x).rounded(dividingBy: Double(order))
        for i in 0..<order { result[i, i] += 0.1 }
        return result
    }
}
