import FloatKernels

/// The part of the scores that is a product, (p A)·v: what layers of rectified sums learn but slowly.
final class BatchProducts {
    private let shape: NetworkShape
    /// User slots × the item's width: p A, and the gradient with respect to it.
    private var tastes = FloatBuffer(0), gradients = FloatBuffer(0)

    init(_ shape: NetworkShape) { self.shape = shape }

    /// Computes p A for every user of the batch.
    func forward(_ users: BatchSide, _ parameters: UnsafePointer<Float>, pool: ThreadPool) {
        let (count, inputs, width) = (users.rows.count, shape.user.width, shape.item.width)
        if tastes.count < count * width {
            (tastes, gradients) = (FloatBuffer(count * width), FloatBuffer(count * width))
        }
        matrixProduct(
            a: users.inputs.start, aStride: inputs, transposingA: false, b: parameters + shape.products,
            bStride: width, transposingB: false, into: tastes.start, cStride: width, m: count, n: width,
            k: inputs, pool: pool)
    }

    /// (p A)·v of the user and the item in these slots.
    func score(_ user: Int32, _ item: Int32, _ items: BatchSide) -> Float {
        let width = shape.item.width
        return dotProduct(
            tastes.start + Int(user) * width, items.inputs.start + Int(item) * width, count: width)
    }

    /// Adds the gradient of A, and what goes through the products to the gradients of both sides' inputs.
    func backward(
        _ users: BatchSide, _ items: BatchSide, scoreGradients: UnsafePointer<Float>,
        _ parameters: UnsafePointer<Float>, into gradient: UnsafeMutablePointer<Float>, pool: ThreadPool
    ) {
        let (count, inputs, width) = (users.rows.count, shape.user.width, shape.item.width)
        items.slots.withUnsafeBufferPointer { slots in
            pool.forEachRange(count) { range in
                for slot in range {
                    let target = gradients.start + slot * width
                    target.update(repeating: 0, count: width)
                    users.addPairs(
                        of: slot, items.inputs.start, slots: slots, by: scoreGradients, to: target,
                        count: width)
                }
            }
        }
        users.slots.withUnsafeBufferPointer { slots in
            pool.forEachRange(items.rows.count) { range in
                for slot in range {
                    items.addPairs(
                        of: slot, tastes.start, slots: slots, by: scoreGradients,
                        to: items.inputGradients.start + slot * width, count: width)
                }
            }
        }
        matrixProduct(
            a: users.inputs.start, aStride: inputs, transposingA: true, b: gradients.start, bStride: width,
            transposingB: false, into: gradient + shape.products, cStride: width, m: inputs, n: width,
            k: count, beta: 1, pool: pool)
        matrixProduct(
            a: gradients.start, aStride: width, transposingA: false, b: parameters + shape.products,
            bStride: width, transposingB: true, into: users.inputGradients.start, cStride: inputs, m: count,
            n: inputs, k: width, beta: 1, pool: pool)
    }
}
