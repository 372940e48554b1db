package import FloatKernels

/// The leading singular triplets of a matrix that is only ever multiplied with, never looked into.
///
/// Source: Halko, Martinsson & Tropp, "Finding structure with randomness", SIAM Review 53(2), 2011, algorithms
/// 4.4 (subspace iteration) and 5.1. Bases are kept as rows, so that orthogonalising runs over contiguous memory.
package struct RandomizedDecomposition {
    /// Singular values, descending.
    package let values: [Float]
    /// rank × rows: left singular vectors as rows.
    package let left: Matrix
    /// rank × columns: right singular vectors as rows.
    package let right: Matrix

    /// - Parameters:
    ///   - rank: how many triplets; fewer come back where the matrix has a lower rank.
    ///   - multiply: B (k × columns) ↦ B·Aᵀ (k × rows).
    ///   - multiplyTransposed: B (k × rows) ↦ B·A (k × columns).
    package init(
        rank: Int, rows: Int, columns: Int, oversampling: Int = 24, iterations: Int = 3,
        using generator: inout RandomGenerator, pool: ThreadPool,
        multiply: (Matrix) throws -> Matrix, multiplyTransposed: (Matrix) throws -> Matrix
    ) rethrows {
        let width = min(rank + oversampling, rows, columns)
        var sketch = Matrix(rows: width, columns: columns)
        for index in sketch.elements.indices { sketch.elements[index] = generator.normal() }
        var basis = try multiply(sketch).orthonormalisedRows()
        for _ in 0..<iterations {
            basis = try multiply(try multiplyTransposed(basis).orthonormalisedRows()).orthonormalisedRows()
        }
        // B = Qᵀ A is small in one direction: its left vectors come from the eigenvectors of B Bᵀ.
        let projected = try multiplyTransposed(basis)
        let gram = matrixProduct(projected, projected, transposingB: true, pool: pool)
        let (squares, vectors) = symmetricEigen(gram, pool: pool)
        let floor = (squares.first ?? 0) * 1e-7
        let kept = min(rank, squares.prefix { $0 > floor }.count)
        let coefficients = vectors.transposed.selectingRows(Array(0..<kept))
        values = squares.prefix(kept).map { $0.squareRoot() }
        left = matrixProduct(coefficients, basis, pool: pool)
        var scaled = matrixProduct(coefficients, projected, pool: pool)
        for (row, value) in values.enumerated() {
            for column in 0..<columns { scaled[row, column] /= value }
        }
        right = scaled
    }
}

extension Matrix {
    /// Rows made orthonormal in order by Gram–Schmidt, done twice ("twice is enough", Giraud et al. 2005).
    ///
    /// A row that depends on those before it becomes zero.
    func orthonormalisedRows() -> Matrix {
        var result = self
        let width = columns
        result.elements.withUnsafeMutableBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return }
            for row in 0..<rows {
                let current = base + row * width
                let before = dotProduct(current, current, count: width)
                for _ in 0..<2 {
                    for earlier in 0..<row {
                        let other = base + earlier * width
                        addScaled(
                            other, by: -dotProduct(other, current, count: width), to: current, count: width)
                    }
                }
                let length = dotProduct(current, current, count: width)
                let factor = length > before * 1e-10 ? 1 / length.squareRoot() : 0
                for column in 0..<width { current[column] *= factor }
            }
        }
        return result
    }
}
