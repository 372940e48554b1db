package import FloatKernels

/// Cross entropy of a softmax over all items: a row's loss is
///
///     Σₜ wₜ (ln Z − sₜ),   Z = Σᵢ exp sᵢ,   sᵢ = u·vᵢ + bᵢ,
///
/// over its targets t and over the items i that the user has not rated. Rows go through in tiles, so that no more than
/// `tile` × items scores are held.
package final class ItemSoftmax: ItemLoss {
    private let itemCount: Int
    private let dimensions: Int
    private let scores: FloatBuffer
    private static let tile = 128

    /// For a table of `itemCount` items with vectors of `dimensions`.
    package init(itemCount: Int, dimensions: Int) {
        self.itemCount = itemCount
        self.dimensions = dimensions
        scores = FloatBuffer(Self.tile * itemCount)
    }

    /// The loss and its gradient; see `ItemLoss`.
    package func run(
        _ table: ItemPointers, users: UnsafePointer<Float>, _ targets: SoftmaxTargets, scale: Float,
        tableGradient: ItemPointers, into gradient: UnsafeMutablePointer<Float>,
        using generator: inout RandomGenerator
    ) -> Double {
        var loss = 0.0
        for start in stride(from: 0, to: targets.rows, by: Self.tile) {
            let rows = start..<min(start + Self.tile, targets.rows)
            let users = users + start * dimensions
            score(users, table, rows.count)
            for row in rows {
                loss += differentiate(scores.start + (row - start) * itemCount, targets, row, scale: scale)
            }
            matrixProduct(
                a: scores.start, aStride: itemCount, transposingA: false, b: table.vectors,
                bStride: dimensions,
                transposingB: false, into: gradient + start * dimensions, cStride: dimensions, m: rows.count,
                n: dimensions, k: itemCount)
            matrixProduct(
                a: scores.start, aStride: itemCount, transposingA: true, b: users, bStride: dimensions,
                transposingB: false, into: tableGradient.vectors, cStride: dimensions, m: itemCount,
                n: dimensions, k: rows.count, beta: 1)
            for row in 0..<rows.count {
                addScaled(scores.start + row * itemCount, by: 1, to: tableGradient.biases, count: itemCount)
            }
        }
        return loss
    }

    private func score(_ users: UnsafePointer<Float>, _ table: ItemPointers, _ rows: Int) {
        for row in 0..<rows {
            (scores.start + row * itemCount).update(from: table.biases, count: itemCount)
        }
        matrixProduct(
            a: users, aStride: dimensions, transposingA: false, b: table.vectors, bStride: dimensions,
            transposingB: true, into: scores.start, cStride: itemCount, m: rows, n: itemCount, k: dimensions,
            beta: 1)
    }

    /// Replaces a row's scores by the gradient of its loss: W softmax(s) − w.
    private func differentiate(
        _ scores: UnsafeMutablePointer<Float>, _ targets: SoftmaxTargets, _ row: Int, scale factor: Float
    ) -> Double {
        let wanted = targets.targets(ofRow: row)
        guard !wanted.isEmpty else {
            scores.update(repeating: 0, count: itemCount)
            return 0
        }
        let weight = targets.weight(ofRow: row)
        for item in targets.seen(ofRow: row) { scores[Int(item)] = -.infinity }
        var loss = 0.0
        for target in wanted {
            loss -= Double(targets.weights[target] * scores[Int(targets.items[target])])
        }
        let normaliser = exponentials(scores, count: itemCount)
        loss += Double(weight) * Double(normaliser.shift + logarithm(normaliser.sum))
        scale(scores, by: factor * weight / normaliser.sum, count: itemCount)
        for target in wanted { scores[Int(targets.items[target])] -= factor * targets.weights[target] }
        return loss
    }
}

/// Replaces scores by exp(score − shift), the shift being the largest of them, and returns the sum of these.
func exponentials(_ scores: UnsafeMutablePointer<Float>, count: Int) -> (shift: Float, sum: Float) {
    let shift = largest(scores, count: count)
    for i in 0..<count { scores[i] -= shift }
    exponential(scores, count: count)
    return (shift, sum(scores, count: count))
}

/// The largest of `count` values; at least one of them is finite.
func largest(_ values: UnsafePointer<Float>, count: Int) -> Float {
    var best = SIMD8<Float>(repeating: -.infinity)
    let vectors = count & ~7
    for i in stride(from: 0, to: vectors, by: 8) {
        let next = UnsafeRawPointer(values + i).loadUnaligned(as: SIMD8<Float>.self)
        best.replace(with: next, where: next .> best)
    }
    var result = best.max()
    for i in vectors..<count { result = max(result, values[i]) }
    return result
}
