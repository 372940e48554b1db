package import FloatKernels
import NeuralNetwork

/// What the items learned from leave unknown of another item.
package struct SupportVariance: Sendable {
    /// L of K + σ² I; with inducing items, of their K alone.
    let prior: Cholesky
    /// With inducing items, R of ΦᵀΦ + σ² I (see `RegressionProblem.solve(_:noise:support:pool:monitor:)`).
    let posterior: Cholesky?
    /// σ².
    let noise: Float

    /// How much of the prior variance the support explains, for every item.
    ///
    /// - Parameter similarity: items × support.
    package func explained(_ similarity: Matrix, pool: ThreadPool) -> [Float] {
        let features = prior.solveLower(similarity.transposed, pool: pool)
        let explained = features.squaredColumnLengths(pool: pool)
        guard let posterior else { return explained }
        let uncertain = posterior.solveLower(features, pool: pool).squaredColumnLengths(pool: pool)
        return zip(explained, uncertain).map { $0 - noise * $1 }
    }

    /// Number of items that new ones are compared with.
    var count: Int { prior.lower.rows }
}

extension SupportVariance {
    func write(to file: inout TensorFileWriter, as name: String) {
        file.add(name + ".noise", shape: [1], floats: [noise])
        prior.write(to: &file, as: name + ".factor")
        posterior?.write(to: &file, as: name + ".posterior")
    }

    init(from file: TensorFile, _ name: String, count: Int) throws {
        noise = try file.floats(name + ".noise", shape: [1])[0]
        prior = try Cholesky(from: file, name + ".factor", order: count)
        posterior =
            file.contains(name + ".posterior")
            ? try Cholesky(from: file, name + ".posterior", order: count) : nil
    }
}

extension Cholesky {
    /// Its lower triangle row by row: n (n + 1) / 2 values.
    fileprivate func write(to file: inout TensorFileWriter, as name: String) {
        var values: [Float] = []
        values.reserveCapacity(lower.rows * (lower.rows + 1) / 2)
        for row in 0..<lower.rows {
            values.append(contentsOf: lower.elements[(row * lower.rows)..<(row * lower.rows + row + 1)])
        }
        file.add(name, shape: [values.count], floats: values)
    }

    fileprivate init(from file: TensorFile, _ name: String, order: Int) throws {
        let values = try file.floats(name, shape: [order * (order + 1) / 2])
        var lower = Matrix(rows: order, columns: order)
        var start = 0
        for row in 0..<order {
            lower.elements.replaceSubrange(
                (row * order)..<(row * order + row + 1), with: values[start..<(start + row + 1)])
            start += row + 1
        }
        self.init(lower: lower)
    }
}
