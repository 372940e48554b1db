package import CollaborativeFiltering
import ContentProjection
package import FloatKernels

/// Ridge regression of vectors on features, with what it would have said of every user without that user: in closed form.
///
/// With P = (XᵀX + Λ)⁻¹ the coefficients are PXᵀY. Leaving user i out moves his residual from e to e / (1 − hᵢ), where
/// hᵢ = xᵢᵀPxᵢ (Allen's PRESS; Hastie, Tibshirani and Friedman 2009, section 7.10).
package struct ProfileRegression {
    /// X, users × features.
    private let design: CompressedRows
    /// Y, users × d.
    let outputs: Matrix
    /// XᵀX and XᵀY.
    private var gram: Matrix, cross: Matrix

    package init(_ design: CompressedRows, outputs: Matrix) {
        precondition(design.rows == outputs.rows, "a row each for every user")
        self.design = design
        self.outputs = outputs
        gram = Matrix(rows: design.columns, columns: design.columns)
        cross = Matrix(rows: design.columns, columns: outputs.columns)
        for user in 0..<design.rows {
            for a in design.entries(ofRow: user) {
                let (row, weight) = (Int(design.columnIndices[a]), design.values[a])
                for b in design.entries(ofRow: user) {
                    gram[row, Int(design.columnIndices[b])] += weight * design.values[b]
                }
                for output in 0..<outputs.columns { cross[row, output] += weight * outputs[user, output] }
            }
        }
    }

    /// What a choice of penalties gives.
    package struct Fit {
        /// Features × d; zeros for features left out.
        package let coefficients: Matrix
        /// Users × d: predicted without the user himself.
        package let leftOut: Matrix
    }

    /// - Parameter penalties: Λ's diagonal, a value a feature; nil leaves the feature out.
    package func fit(_ penalties: [Float?], pool: ThreadPool) -> Fit {
        precondition(penalties.count == design.columns, "a penalty a feature")
        let used = penalties.indices.filter { penalties[$0] != nil }
        var system = Matrix(rows: used.count, columns: used.count)
        for (i, a) in used.enumerated() {
            for (j, b) in used.enumerated() { system[i, j] = gram[a, b] }
            system[i, i] += penalties[a] ?? 0
        }
        guard !used.isEmpty, let factor = Cholesky(system, pool: pool) else {
            return Fit(
                coefficients: Matrix(rows: design.columns, columns: outputs.columns),
                leftOut: Matrix(rows: outputs.rows, columns: outputs.columns))
        }
        let inverse = factor.inverse(pool: pool)
        let solution = matrixProduct(inverse, cross.selectingRows(used), pool: pool)
        var coefficients = Matrix(rows: design.columns, columns: outputs.columns)
        var place = [Int?](repeating: nil, count: design.columns)
        for (i, feature) in used.enumerated() {
            place[feature] = i
            for output in 0..<outputs.columns { coefficients[feature, output] = solution[i, output] }
        }
        return Fit(coefficients: coefficients, leftOut: leftOut(inverse, solution, place, pool: pool))
    }

    /// y − e / (1 − h).
    private func leftOut(
        _ inverse: Matrix, _ solution: Matrix, _ place: [Int?], pool: ThreadPool
    ) -> Matrix {
        let d = outputs.columns
        var result = Matrix(rows: outputs.rows, columns: d)
        result.withMutableRows(pool: pool) { user, row in
            let features = design.entries(ofRow: user).compactMap { entry in
                place[Int(design.columnIndices[entry])].map { (index: $0, value: design.values[entry]) }
            }
            var leverage: Float = 0
            for a in features {
                for b in features {
                    leverage += a.value * b.value * inverse.elements[a.index * inverse.columns + b.index]
                }
                for output in 0..<d { row[output] += a.value * solution.elements[a.index * d + output] }
            }
            let rest = max(1 - leverage, .leastNormalMagnitude)
            for output in 0..<d {
                row[output] = (row[output] - leverage * outputs.elements[user * d + output]) / rest
            }
        }
        return result
    }
}
