package import FloatKernels

/// Forward and backward passes of a scoring network over many pairs of a user and an item at once:
///
///     z₁ = max(0, p Wᵤ + v Wᵥ + c₁),   zₗ₊₁ = max(0, zₗ Wₗ + cₗ),   s = z_L·w + (p A)·v + bᵤ + bᵢ
///
/// with p the user's embedding of id and attributes one after the other, and v the item's. The sums are taken in one order
/// whatever the number of threads.
package final class NetworkBatch {
    private let shape: NetworkShape
    private let loss: NetworkLoss
    private let users, items: BatchSide
    private let products: BatchProducts
    /// For each layer pairs × width: its outputs, and the gradient with respect to its sums.
    private var outputs: [FloatBuffer] = [], gradients: [FloatBuffer] = []
    private var scoreGradients = FloatBuffer(0)

    /// - Parameters:
    ///   - userCodes: users × codes, the weights of attributes.
    ///   - itemCodes: items × codes, alike.
    package init(
        _ shape: NetworkShape, loss: NetworkLoss, userCodes: CompressedRows, itemCodes: CompressedRows
    ) {
        self.shape = shape
        self.loss = loss
        users = BatchSide(shape.user, hidden: shape.hidden[0], codes: userCodes)
        items = BatchSide(shape.item, hidden: shape.hidden[0], codes: itemCodes)
        products = BatchProducts(shape)
    }

    /// Users and items of the last batch, each once: those whose parameters have a gradient.
    var userRows: [Int] { users.rows }
    var itemRows: [Int] { items.rows }

    /// Adds the gradient of the mean loss of the pairs; returns the sum of their losses.
    package func addGradient(
        _ pairs: LabelledPairs, parameters: UnsafePointer<Float>, into gradient: UnsafeMutablePointer<Float>,
        pool: ThreadPool
    ) -> Double {
        guard pairs.count > 0 else { return 0 }
        reserve(pairs.count)
        users.take(pairs.users)
        items.take(pairs.items)
        forward(pairs, parameters, pool: pool)
        let sum = judge(pairs, parameters)
        backward(pairs.count, parameters, into: gradient, pool: pool)
        return sum
    }

    private func reserve(_ count: Int) {
        guard scoreGradients.count < count else { return }
        scoreGradients = FloatBuffer(count)
        outputs = shape.hidden.map { FloatBuffer(count * $0) }
        gradients = shape.hidden.map { FloatBuffer(count * $0) }
    }

    private func forward(_ pairs: LabelledPairs, _ parameters: UnsafePointer<Float>, pool: ThreadPool) {
        let userHalves = users.forward(parameters, pool: pool)
        let itemHalves = items.forward(parameters, pool: pool)
        products.forward(users, parameters, pool: pool)
        let width = shape.hidden[0]
        users.slots.withUnsafeBufferPointer { userSlots in
            items.slots.withUnsafeBufferPointer { itemSlots in
                pool.forEachRange(pairs.count) { range in
                    for pair in range {
                        rectifiedSum(
                            userHalves + Int(userSlots[pair]) * width,
                            itemHalves + Int(itemSlots[pair]) * width, parameters + shape.firstBiases,
                            into: outputs[0].start + pair * width, count: width)
                    }
                }
            }
        }
        for (place, layer) in shape.deeper.enumerated() {
            let target = outputs[place + 1].start
            matrixProduct(
                a: outputs[place].start, aStride: layer.inputs, transposingA: false,
                b: parameters + layer.weights, bStride: layer.outputs, transposingB: false, into: target,
                cStride: layer.outputs, m: pairs.count, n: layer.outputs, k: layer.inputs, pool: pool)
            pool.forEachRange(pairs.count) { range in
                for pair in range {
                    rectify(
                        target + pair * layer.outputs, adding: parameters + layer.biases, count: layer.outputs
                    )
                }
            }
        }
    }

    /// Scores and their losses; leaves the derivative of the mean loss.
    private func judge(_ pairs: LabelledPairs, _ parameters: UnsafePointer<Float>) -> Double {
        let width = shape.hidden[shape.hidden.count - 1]
        let last = outputs[outputs.count - 1].start
        var sum = 0.0
        for pair in 0..<pairs.count {
            let score =
                dotProduct(last + pair * width, parameters + shape.output, count: width)
                + products.score(users.slots[pair], items.slots[pair], items)
                + parameters[shape.user.biases + Int(pairs.users[pair])]
                + parameters[shape.item.biases + Int(pairs.items[pair])]
            let (value, derivative) = loss.value(score, label: pairs.labels[pair])
            sum += Double(value)
            scoreGradients.start[pair] = derivative / Float(pairs.count)
        }
        return sum
    }

    private func backward(
        _ count: Int, _ parameters: UnsafePointer<Float>, into gradient: UnsafeMutablePointer<Float>,
        pool: ThreadPool
    ) {
        let top = shape.hidden.count - 1
        let width = shape.hidden[top]
        matrixProduct(
            a: scoreGradients.start, aStride: 1, transposingA: true, b: outputs[top].start, bStride: width,
            transposingB: false, into: gradient + shape.output, cStride: width, m: 1, n: width, k: count,
            beta: 1, pool: pool)
        pool.forEachRange(count) { range in
            for pair in range {
                rectifiedGradient(
                    parameters + shape.output, by: scoreGradients.start[pair],
                    where: outputs[top].start + pair * width, into: gradients[top].start + pair * width,
                    count: width)
            }
        }
        for place in shape.deeper.indices.reversed() {
            backward(shape.deeper[place], place, count, parameters, into: gradient, pool: pool)
        }
        addColumnSums(
            of: gradients[0].start, rows: count, columns: shape.hidden[0], to: gradient + shape.firstBiases)
        for side in [users, items] {
            side.backward(
                parameters, pairGradients: gradients[0].start, scoreGradients: scoreGradients.start,
                into: gradient, pool: pool)
        }
        products.backward(
            users, items, scoreGradients: scoreGradients.start, parameters, into: gradient, pool: pool)
        for side in [users, items] { side.scatter(into: gradient, pool: pool) }
    }

    private func backward(
        _ layer: NetworkShape.Layer, _ place: Int, _ count: Int, _ parameters: UnsafePointer<Float>,
        into gradient: UnsafeMutablePointer<Float>, pool: ThreadPool
    ) {
        matrixProduct(
            a: outputs[place].start, aStride: layer.inputs, transposingA: true,
            b: gradients[place + 1].start, bStride: layer.outputs, transposingB: false,
            into: gradient + layer.weights, cStride: layer.outputs, m: layer.inputs, n: layer.outputs,
            k: count, beta: 1, pool: pool)
        addColumnSums(
            of: gradients[place + 1].start, rows: count, columns: layer.outputs, to: gradient + layer.biases)
        matrixProduct(
            a: gradients[place + 1].start, aStride: layer.outputs, transposingA: false,
            b: parameters + layer.weights, bStride: layer.outputs, transposingB: true,
            into: gradients[place].start, cStride: layer.inputs, m: count, n: layer.inputs,
            k: layer.outputs, pool: pool)
        let (values, below) = (gradients[place].start, outputs[place].start)
        pool.forEachRange(count * layer.inputs) { range in
            rectifyGradient(values + range.lowerBound, where: below + range.lowerBound, count: range.count)
        }
    }
}
