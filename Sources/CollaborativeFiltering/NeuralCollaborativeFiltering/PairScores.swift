import FloatKernels

/// The layers behind the first, for one row of one side against many of the other. Memory is taken once and used for all
/// calls.
final class PairScores {
    private let layers: ScoringLayers
    /// Block × width of every layer.
    private let outputs: [FloatBuffer]

    /// Rows that go through the layers together: their outputs stay in the second-level cache.
    private static let block = 192

    init(_ layers: ScoringLayers) {
        self.layers = layers
        outputs = layers.widths.map { FloatBuffer(Self.block * $0) }
    }

    /// z_L·w + (p A)·v for `half` (h₁ + d values) with each of `others` (count rows alike), to `scores`.
    func compute(
        _ half: UnsafePointer<Float>, with others: UnsafePointer<Float>, count: Int,
        into scores: UnsafeMutablePointer<Float>
    ) {
        let hidden = layers.firstBiases.count, width = hidden + layers.products.columns
        matrixProduct(
            a: others + hidden, aStride: width, transposingA: false, b: half + hidden, bStride: 1,
            transposingB: false, into: scores, cStride: 1, m: count, n: 1, k: width - hidden)
        for start in stride(from: 0, to: count, by: Self.block) {
            let rows = min(Self.block, count - start)
            for row in 0..<rows {
                rectifiedSum(
                    half, others + (start + row) * width, into: outputs[0].start + row * hidden,
                    count: hidden)
            }
            for (place, layer) in layers.deeper.enumerated() { apply(layer, place, rows: rows) }
            addOutput(rows: rows, to: scores + start)
        }
    }

    /// The outputs of layer `place` + 1 from those of layer `place`.
    private func apply(_ layer: ScoringLayers.Layer, _ place: Int, rows: Int) {
        let (inputs, width) = (layer.weights.rows, layer.weights.columns)
        let target = outputs[place + 1].start
        layer.weights.elements.withUnsafeBufferPointer { weights in
            guard let weights = weights.baseAddress else { return }
            matrixProduct(
                a: outputs[place].start, aStride: inputs, transposingA: false, b: weights, bStride: width,
                transposingB: false, into: target, cStride: width, m: rows, n: width, k: inputs)
        }
        layer.biases.withUnsafeBufferPointer { biases in
            guard let biases = biases.baseAddress else { return }
            for row in 0..<rows { rectify(target + row * width, adding: biases, count: width) }
        }
    }

    private func addOutput(rows: Int, to scores: UnsafeMutablePointer<Float>) {
        let last = outputs[outputs.count - 1].start
        let width = layers.output.count
        layers.output.withUnsafeBufferPointer { weights in
            guard let weights = weights.baseAddress else { return }
            for row in 0..<rows { scores[row] += dotProduct(last + row * width, weights, count: width) }
        }
    }
}
