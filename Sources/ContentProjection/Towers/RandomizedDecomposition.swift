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
        // On the way one pass keeps the rows apart; only the last basis has to be orthonormal to rounding.
        var basis = try multiply(sketch).orthonormalisedRows(passes: iterations == 0 ? 2 : 1, pool: pool)
        for iteration in 1..<(iterations + 1) {
            let image = try multiplyTransposed(basis).orthonormalisedRows(passes: 1, pool: pool)
            basis = try multiply(image)
                .orthonormalisedRows(passes: iteration == iterations ? 2 : 1, pool: pool)
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
    /// Rows made orthonormal in order by block Gram–Schmidt; two passes give orthonormality to rounding
    /// ("twice is enough", Giraud et al. 2005).
    ///
    /// A row that depends on those before it becomes zero.
    func orthonormalisedRows(passes: Int, pool: ThreadPool) -> Matrix {
        var result = self
        let width = columns
        result.elements.withUnsafeMutableBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return }
            for start in stride(from: 0, to: rows, by: Self.orthogonalBlock) {
                let count = min(Self.orthogonalBlock, rows - start)
                let block = base + start * width
                var squares = (0..<count).map {
                    dotProduct(block + $0 * width, block + $0 * width, count: width)
                }
                for _ in 0..<passes {
                    Self.subtractProjections(of: block, count, on: base, start, width: width, pool: pool)
                    Self.orthonormalise(block, count, width: width, squares: squares)
                    squares = squares.map { _ in 1 }
                }
            }
        }
        return result
    }

    /// Rows that are taken through the earlier ones together, by matrix products.
    private static let orthogonalBlock = 16

    /// block −= (block · earlierᵀ) · earlier, for `earlierCount` orthonormal rows.
    private static func subtractProjections(
        of block: UnsafeMutablePointer<Float>, _ count: Int, on earlier: UnsafePointer<Float>,
        _ earlierCount: Int, width: Int, pool: ThreadPool
    ) {
        guard earlierCount > 0 else { return }
        var coefficients = [Float](repeating: 0, count: count * earlierCount)
        coefficients.withUnsafeMutableBufferPointer { buffer in
            guard let along = buffer.baseAddress else { return }
            matrixProduct(
                a: block, aStride: width, transposingA: false, b: earlier, bStride: width, transposingB: true,
                into: along, cStride: earlierCount, m: count, n: earlierCount, k: width, pool: pool)
            matrixProduct(
                a: along, aStride: earlierCount, transposingA: false, b: earlier, bStride: width,
                transposingB: false, into: block, cStride: width, m: count, n: width, k: earlierCount,
                alpha: -1, beta: 1, pool: pool)
        }
    }

    /// Gram–Schmidt within a block; `squares` are the rows' squared lengths before anything was taken off them.
    private static func orthonormalise(
        _ block: UnsafeMutablePointer<Float>, _ count: Int, width: Int, squares: [Float]
    ) {
        for row in 0..<count {
            let current = block + row * width
            for earlier in 0..<row {
                let other = block + earlier * width
                addScaled(other, by: -dotProduct(other, current, count: width), to: current, count: width)
            }
            let length = dotProduct(current, current, count: width)
            scale(current, by: length > squares[row] * 1e-10 ? 1 / length.squareRoot() : 0, count: width)
        }
    }
}
