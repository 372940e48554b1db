package import FloatKernels

/// Cross entropy of a softmax over a catalogue too large to score for every row: of the items that are not asked for a sample
/// is scored, which stands for all of them.
///
/// With m draws s of probability q the sum over all items is estimated by
///
///     Z ≈ Σₜ exp sₜ + Σₛ exp(sₛ − ln(m qₛ)),
///
/// over the row's targets t, taken as they are, and over the draws that are neither targets nor rated: the logQ
/// correction of Y. Bengio and J.-S. Senécal, "Adaptive Importance Sampling to Accelerate Training of a Neural
/// Probabilistic Language Model", IEEE Transactions on Neural Networks 19(4), 2008. The estimate is unbiased.
package final class SampledSoftmax: ItemLoss {
    private let draw: ItemDraw
    private let dimensions: Int
    /// m.
    private let count: Int
    /// The draws, and what to take off their scores: ln(m q).
    private var drawn: [Int32] = [], corrections: [Float] = []
    /// The first draw of each item, and for each draw the next one of the same item; −1 where there is none.
    private var firstDraw: [Int32], nextDraw: [Int32] = []
    /// m × d: vectors of the draws, and their gradient; m: biases, and their gradient.
    private let vectors: FloatBuffer, vectorGradients: FloatBuffer
    private let biases: FloatBuffer, biasGradients: FloatBuffer
    /// tile × m, and as many as the largest row has targets.
    private let scores: FloatBuffer
    private var wanted: [Float] = []
    private static let tile = 128

    /// Softmaxes over the items of `draw` with vectors of `dimensions`, through `count` draws.
    package init(_ draw: ItemDraw, dimensions: Int, count: Int) {
        self.draw = draw
        self.dimensions = dimensions
        self.count = count
        firstDraw = [Int32](repeating: -1, count: draw.itemCount)
        vectors = FloatBuffer(count * dimensions)
        vectorGradients = FloatBuffer(count * dimensions)
        biases = FloatBuffer(count)
        biasGradients = FloatBuffer(count)
        scores = FloatBuffer(Self.tile * count)
    }

    /// The loss and its gradient; see `ItemLoss`.
    package func run(
        _ table: ItemPointers, users: UnsafePointer<Float>, _ targets: SoftmaxTargets, scale: Float,
        tableGradient: ItemPointers, into gradient: UnsafeMutablePointer<Float>,
        using generator: inout RandomGenerator
    ) -> Double {
        take(from: table, using: &generator)
        vectorGradients.start.update(repeating: 0, count: count * dimensions)
        biasGradients.start.update(repeating: 0, count: count)
        var loss = 0.0
        for start in stride(from: 0, to: targets.rows, by: Self.tile) {
            let rows = start..<min(start + Self.tile, targets.rows)
            let (users, gradient) = (users + start * dimensions, gradient + start * dimensions)
            for row in 0..<rows.count {
                (scores.start + row * count).update(from: biases.start, count: count)
            }
            matrixProduct(
                a: users, aStride: dimensions, transposingA: false, b: vectors.start, bStride: dimensions,
                transposingB: true, into: scores.start, cStride: count, m: rows.count, n: count,
                k: dimensions, beta: 1)
            gradient.update(repeating: 0, count: rows.count * dimensions)
            for row in rows {
                let place = (row - start) * dimensions
                loss += differentiate(
                    scores.start + (row - start) * count, users + place, table, targets, row, scale: scale,
                    tableGradient, gradient + place)
            }
            matrixProduct(
                a: scores.start, aStride: count, transposingA: false, b: vectors.start, bStride: dimensions,
                transposingB: false, into: gradient, cStride: dimensions, m: rows.count, n: dimensions,
                k: count, beta: 1)
            matrixProduct(
                a: scores.start, aStride: count, transposingA: true, b: users, bStride: dimensions,
                transposingB: false, into: vectorGradients.start, cStride: dimensions, m: count,
                n: dimensions, k: rows.count, beta: 1)
            for row in 0..<rows.count {
                addScaled(scores.start + row * count, by: 1, to: biasGradients.start, count: count)
            }
        }
        giveBack(to: tableGradient)
        return loss
    }

    /// Draws a sample, and gathers its rows.
    private func take(from table: ItemPointers, using generator: inout RandomGenerator) {
        for item in drawn { firstDraw[Int(item)] = -1 }
        (drawn, corrections, nextDraw) = ([], [], [])
        for place in 0..<count {
            let item = draw.item(using: &generator)
            let correction = logarithm(Float(count) * draw.probability(of: item))
            drawn.append(Int32(item))
            corrections.append(correction)
            nextDraw.append(firstDraw[item])
            firstDraw[item] = Int32(place)
            (vectors.start + place * dimensions).update(
                from: table.vectors + item * dimensions, count: dimensions)
            biases.start[place] = table.biases[item] - correction
        }
    }

    /// Adds the gradient of the sample to that of the table.
    private func giveBack(to gradient: ItemPointers) {
        for (place, item) in drawn.enumerated() {
            addScaled(
                vectorGradients.start + place * dimensions, by: 1,
                to: gradient.vectors + Int(item) * dimensions, count: dimensions)
            gradient.biases[Int(item)] += biasGradients.start[place]
        }
    }

    /// Replaces a row's scores of draws by the gradient of its loss, and adds what its targets contribute.
    private func differentiate(
        _ scores: UnsafeMutablePointer<Float>, _ user: UnsafePointer<Float>, _ table: ItemPointers,
        _ targets: SoftmaxTargets, _ row: Int, scale factor: Float, _ tableGradient: ItemPointers,
        _ gradient: UnsafeMutablePointer<Float>
    ) -> Double {
        let places = targets.targets(ofRow: row)
        guard !places.isEmpty else {
            scores.update(repeating: 0, count: count)
            return 0
        }
        for item in targets.seen(ofRow: row) { exclude(item, scores) }
        for place in places { exclude(targets.items[place], scores) }
        wanted = places.map { place in
            let item = Int(targets.items[place])
            return table.biases[item] + dotProduct(user, table.vectors + item * dimensions, count: dimensions)
        }
        let shift = max(wanted.max() ?? 0, largest(scores, count: count))
        for i in 0..<count { scores[i] -= shift }
        exponential(scores, count: count)
        let total = wanted.reduce(sum(scores, count: count)) { $0 + exponential($1 - shift) }
        let weight = targets.weight(ofRow: row)
        scale(scores, by: factor * weight / total, count: count)
        var loss = Double(weight) * Double(shift + logarithm(total))
        for (place, score) in zip(places, wanted) {
            let item = Int(targets.items[place])
            loss -= Double(targets.weights[place] * score)
            let share = weight * exponential(score - shift) / total
            let change = factor * (share - targets.weights[place])
            addScaled(table.vectors + item * dimensions, by: change, to: gradient, count: dimensions)
            addScaled(user, by: change, to: tableGradient.vectors + item * dimensions, count: dimensions)
            tableGradient.biases[item] += change
        }
        return loss
    }

    private func exclude(_ item: Int32, _ scores: UnsafeMutablePointer<Float>) {
        var place = firstDraw[Int(item)]
        while place >= 0 {
            scores[Int(place)] = -.infinity
            place = nextDraw[Int(place)]
        }
    }
}
