import FloatKernels
import NeuralNetwork

/// The parameters of a scoring network while it learns, by Adam. Rows of users and items move only when a batch has them
/// ("lazy" Adam), so that a step costs what the batch costs, however large the catalogue.
final class ScoreNetwork {
    let shape: NetworkShape
    let parameters: FloatBuffer
    private let gradient: FloatBuffer
    private let first, second: FloatBuffer
    private let optimiser: AdamW
    private var steps = 0

    /// Small normal embeddings, and weights that keep the variance through rectified layers (He et al. 2015).
    init(_ shape: NetworkShape, weightDecay: Float, using generator: inout RandomGenerator) {
        self.shape = shape
        optimiser = AdamW(weightDecay: weightDecay)
        parameters = FloatBuffer(shape.count)
        (gradient, first, second) = (
            FloatBuffer(shape.count), FloatBuffer(shape.count), FloatBuffer(shape.count)
        )
        for side in [shape.user, shape.item] {
            fill(side.ids..<side.biases, deviation: Self.embeddingDeviation, using: &generator)
            fill(side.codes..<side.weights, deviation: Self.embeddingDeviation, using: &generator)
            fill(
                side.weights..<side.end, fanIn: shape.user.width + shape.item.width, using: &generator)
        }
        fill(shape.products..<shape.firstBiases, fanIn: 2 * shape.user.width, using: &generator)
        for layer in shape.deeper {
            fill(layer.weights..<layer.biases, fanIn: layer.inputs, using: &generator)
        }
        fill(shape.output..<shape.count, fanIn: shape.count - shape.output, using: &generator)
    }

    private static let embeddingDeviation: Float = 0.1

    private func fill(_ range: Range<Int>, fanIn: Int, using generator: inout RandomGenerator) {
        fill(range, deviation: (2 / Float(fanIn)).squareRoot(), using: &generator)
    }

    private func fill(_ range: Range<Int>, deviation: Float, using generator: inout RandomGenerator) {
        for place in range { parameters.start[place] = deviation * generator.normal() }
    }

    /// Sets some of the parameters.
    func set(_ values: [Float], at place: Int) {
        for (offset, value) in values.enumerated() { parameters.start[place + offset] = value }
    }

    /// Sets the embeddings of all other ids to zero: of them nothing will be learned but by their attributes.
    func keepIDs(of rated: (users: [Int], items: [Int])) {
        for (side, rows) in [(shape.user, rated.users), (shape.item, rated.items)] {
            let kept = Set(rows)
            for row in 0..<side.count where !kept.contains(row) {
                set([Float](repeating: 0, count: side.idWidth), at: side.ids + row * side.idWidth)
            }
        }
    }

    /// One step down the gradient of a batch; returns the sum of its losses.
    func step(_ batch: NetworkBatch, _ pairs: LabelledPairs, rate: Float, pool: ThreadPool) -> Double {
        let sum = batch.addGradient(pairs, parameters: parameters.start, into: gradient.start, pool: pool)
        let decaying = optimiser.step(steps, rate: rate, decays: true)
        let free = optimiser.step(steps, rate: rate, decays: false)
        steps += 1
        for (side, rows) in [(shape.user, batch.userRows), (shape.item, batch.itemRows)] {
            pool.forEachRange(rows.count) { range in
                for row in rows[range] {
                    move(side.ids + row * side.idWidth, count: side.idWidth, decaying)
                    move(side.biases + row, count: 1, free)
                }
            }
            move(side.codes, count: side.end - side.codes, decaying)
        }
        move(shape.products, count: shape.firstBiases - shape.products, decaying)
        move(shape.firstBiases, count: shape.hidden[0], free)
        for layer in shape.deeper {
            move(layer.weights, count: layer.inputs * layer.outputs, decaying)
            move(layer.biases, count: layer.outputs, free)
        }
        move(shape.output, count: shape.count - shape.output, decaying)
        return sum
    }

    private func move(_ place: Int, count: Int, _ step: AdamW.Step) {
        withUnsafePointer(to: gradient.start) { gradients in
            step.update(
                parameters.start + place, gradients: gradients, parts: 1, offset: place,
                first: first.start + place, second: second.start + place, count: count)
        }
    }

    /// Some of the parameters as a matrix.
    func matrix(at place: Int, rows: Int, columns: Int) -> Matrix {
        Matrix(rows: rows, columns: columns, elements: values(at: place, count: rows * columns))
    }

    /// Some of the parameters.
    func values(at place: Int, count: Int) -> [Float] {
        Array(UnsafeBufferPointer(start: parameters.start + place, count: count))
    }

    /// Rows × width: what the layers read of each user or item.
    func inputs(_ side: NetworkShape.Side, codes: CompressedRows) -> Matrix {
        var result = Matrix(rows: side.count, columns: side.width)
        result.elements.withUnsafeMutableBufferPointer { buffer in
            guard let start = buffer.baseAddress else { return }
            for row in 0..<side.count {
                let input = start + row * side.width
                input.update(from: parameters.start + side.ids + row * side.idWidth, count: side.idWidth)
                for entry in codes.entries(ofRow: row) where side.codeWidth > 0 {
                    addScaled(
                        parameters.start + side.codes + Int(codes.columnIndices[entry]) * side.codeWidth,
                        by: codes.values[entry], to: input + side.idWidth, count: side.codeWidth)
                }
            }
        }
        return result
    }
}
