/// The Cholesky factor of a symmetric positive definite matrix: A = L · Lᵀ with L lower triangular.
public struct Cholesky: Sendable {
    /// L, n × n, with zeros above the diagonal.
    public let lower: Matrix

    /// Factors the n × n matrix `symmetric`, of which only the lower triangle is read.
    ///
    /// The factor is exact for a matrix within γ_{n+1} · |L||Lᵀ| of A (N. Higham, "Accuracy and Stability of
    /// Numerical Algorithms", theorem 10.3). It does not depend on the number of threads.
    ///
    /// - Returns: nil where A is not positive definite to the precision of a Float, or not finite.
    public init?(_ symmetric: consuming Matrix, pool: ThreadPool) {
        precondition(symmetric.rows == symmetric.columns, "only a square matrix has a Cholesky factor")
        let order = symmetric.rows
        var lower = consume symmetric
        let isDefinite = lower.elements.withUnsafeMutableBufferPointer { elements in
            elements.baseAddress.map { Cholesky.factor($0, order: order, pool: pool) } ?? true
        }
        guard isDefinite else { return nil }
        self.lower = lower
    }

    /// Takes a factor that was computed before: n × n, of which only the lower triangle is used.
    public init(lower: Matrix) {
        precondition(lower.rows == lower.columns, "a factor is square")
        self.lower = lower
    }

    /// A⁻¹ · B for n × m `rightSides`.
    public func solve(_ rightSides: Matrix, pool: ThreadPool) -> Matrix {
        solving(rightSides, pool: pool) { factor, sides in
            factor.solve(sides)
            factor.solveTransposed(sides)
        }
    }

    /// L⁻¹ · B for n × m `rightSides`.
    public func solveLower(_ rightSides: Matrix, pool: ThreadPool) -> Matrix {
        solving(rightSides, pool: pool) { factor, sides in factor.solve(sides) }
    }

    /// Every thread solves for its own columns of the right sides, so the threads never wait for one another.
    private func solving(
        _ rightSides: Matrix, pool: ThreadPool, _ solve: (TriangularFactor, TriangularFactor.Sides) -> Void
    ) -> Matrix {
        precondition(rightSides.rows == lower.rows, "there must be as many right rows as equations")
        var solution = rightSides
        let stride = rightSides.columns
        lower.elements.withUnsafeBufferPointer { l in
            solution.elements.withUnsafeMutableBufferPointer { x in
                guard let l = l.baseAddress, let x = x.baseAddress else { return }
                let factor = TriangularFactor(base: l, stride: lower.columns, order: lower.rows)
                pool.forEachRange(stride, multiple: ProductTile.columns) { columns in
                    solve(factor, .init(base: x + columns.lowerBound, stride: stride, count: columns.count))
                }
            }
        }
        return solution
    }
}
