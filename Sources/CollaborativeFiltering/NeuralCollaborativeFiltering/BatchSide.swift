import FloatKernels

/// The users of a batch, or its items: each once, however many pairs it is in, so that its half of the first layer is
/// computed once.
final class BatchSide {
    private let shape: NetworkShape.Side
    private let hidden: Int
    private let codes: CompressedRows
    /// The batch's users or items, in the order in which they come up; a slot each.
    private(set) var rows: [Int] = []
    /// The slot of every pair.
    private(set) var slots: [Int32] = []
    /// Pairs by slot: those of slot s are `pairs[starts[s]..<starts[s + 1]]`, ascending.
    private var starts: [Int] = [], pairs: [Int32] = []
    /// Of every user or item its slot, or −1.
    private var slotOfRow: [Int32]
    /// Slots × width: what the layers read. Slots × h₁: what it gives in the first layer.
    private(set) var inputs = FloatBuffer(0), inputGradients = FloatBuffer(0)
    private var halves = FloatBuffer(0), halfGradients = FloatBuffer(0)

    init(_ shape: NetworkShape.Side, hidden: Int, codes: CompressedRows) {
        self.shape = shape
        self.hidden = hidden
        self.codes = codes
        slotOfRow = [Int32](repeating: -1, count: shape.count)
    }

    /// Takes the users, or the items, of all pairs.
    func take(_ members: some RandomAccessCollection<Int32>) {
        for row in rows { slotOfRow[row] = -1 }
        rows.removeAll(keepingCapacity: true)
        slots.removeAll(keepingCapacity: true)
        for member in members {
            let row = Int(member)
            if slotOfRow[row] < 0 {
                slotOfRow[row] = Int32(rows.count)
                rows.append(row)
            }
            slots.append(slotOfRow[row])
        }
        let order = CountingSort(keys: slots, below: rows.count)
        starts = order.starts
        pairs = order.permutation.map(Int32.init)
        if inputs.count < rows.count * shape.width || halves.count < rows.count * hidden {
            let capacity = rows.count + rows.count / 4
            (inputs, inputGradients) = (
                FloatBuffer(capacity * shape.width), FloatBuffer(capacity * shape.width)
            )
            (halves, halfGradients) = (FloatBuffer(capacity * hidden), FloatBuffer(capacity * hidden))
        }
    }

    /// Computes every slot's half of the first layer: slots × h₁.
    func forward(_ parameters: UnsafePointer<Float>, pool: ThreadPool) -> UnsafePointer<Float> {
        pool.forEachRange(rows.count) { range in
            for slot in range { gather(slot, parameters) }
        }
        matrixProduct(
            a: inputs.start, aStride: shape.width, transposingA: false, b: parameters + shape.weights,
            bStride: hidden, transposingB: false, into: halves.start, cStride: hidden, m: rows.count,
            n: hidden, k: shape.width, pool: pool)
        return UnsafePointer(halves.start)
    }

    /// The embedding of a slot's id, and behind it the weighted sum of those of its codes.
    private func gather(_ slot: Int, _ parameters: UnsafePointer<Float>) {
        let input = inputs.start + slot * shape.width
        input.update(from: parameters + shape.ids + rows[slot] * shape.idWidth, count: shape.idWidth)
        guard shape.codeWidth > 0 else { return }
        let target = input + shape.idWidth
        target.update(repeating: 0, count: shape.codeWidth)
        for entry in codes.entries(ofRow: rows[slot]) {
            addScaled(
                parameters + shape.codes + Int(codes.columnIndices[entry]) * shape.codeWidth,
                by: codes.values[entry], to: target, count: shape.codeWidth)
        }
    }

    /// Adds the gradients of this side's half of the first layer and of its biases, and begins those of the inputs.
    ///
    /// - Parameters:
    ///   - pairGradients: pairs × h₁, with respect to the sum of the halves.
    ///   - scoreGradients: a value a pair.
    func backward(
        _ parameters: UnsafePointer<Float>, pairGradients: UnsafePointer<Float>,
        scoreGradients: UnsafePointer<Float>, into gradient: UnsafeMutablePointer<Float>, pool: ThreadPool
    ) {
        pool.forEachRange(rows.count) { range in
            for slot in range { collect(slot, pairGradients, scoreGradients, into: gradient) }
        }
        matrixProduct(
            a: inputs.start, aStride: shape.width, transposingA: true, b: halfGradients.start,
            bStride: hidden, transposingB: false, into: gradient + shape.weights, cStride: hidden,
            m: shape.width, n: hidden, k: rows.count, beta: 1, pool: pool)
        matrixProduct(
            a: halfGradients.start, aStride: hidden, transposingA: false, b: parameters + shape.weights,
            bStride: hidden, transposingB: true, into: inputGradients.start, cStride: shape.width,
            m: rows.count, n: shape.width, k: hidden, pool: pool)
    }

    /// Adds the gradients of the inputs, which are complete, to those of the embeddings.
    func scatter(into gradient: UnsafeMutablePointer<Float>, pool: ThreadPool) {
        pool.forEachRange(rows.count) { range in
            for slot in range {
                addScaled(
                    inputGradients.start + slot * shape.width, by: 1,
                    to: gradient + shape.ids + rows[slot] * shape.idWidth, count: shape.idWidth)
            }
        }
        if shape.codeWidth > 0 { scatterToCodes(gradient) }
    }

    /// target += Σ over the pairs of a slot of factor · the pair's row of `others`.
    func addPairs(
        of slot: Int, _ others: UnsafePointer<Float>, slots: UnsafeBufferPointer<Int32>,
        by factors: UnsafePointer<Float>, to target: UnsafeMutablePointer<Float>, count: Int
    ) {
        for place in starts[slot]..<starts[slot + 1] {
            let pair = Int(pairs[place])
            addScaled(others + Int(slots[pair]) * count, by: factors[pair], to: target, count: count)
        }
    }

    /// Sums the gradients of a slot's pairs.
    private func collect(
        _ slot: Int, _ pairGradients: UnsafePointer<Float>, _ scoreGradients: UnsafePointer<Float>,
        into gradient: UnsafeMutablePointer<Float>
    ) {
        let target = halfGradients.start + slot * hidden
        target.update(repeating: 0, count: hidden)
        for place in starts[slot]..<starts[slot + 1] {
            let pair = Int(pairs[place])
            addScaled(pairGradients + pair * hidden, by: 1, to: target, count: hidden)
            gradient[shape.biases + rows[slot]] += scoreGradients[pair]
        }
    }

    /// One thread, as many slots share a code.
    private func scatterToCodes(_ gradient: UnsafeMutablePointer<Float>) {
        for slot in rows.indices {
            let own = inputGradients.start + slot * shape.width + shape.idWidth
            for entry in codes.entries(ofRow: rows[slot]) {
                addScaled(
                    own, by: codes.values[entry],
                    to: gradient + shape.codes + Int(codes.columnIndices[entry]) * shape.codeWidth,
                    count: shape.codeWidth)
            }
        }
    }
}
