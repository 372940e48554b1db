import FloatKernels

/// The optimiser's step, shared out: each thread sums the slices' gradients of its part of the parameters and moves them.
///
/// Unchecked, because the pool gives each worker a part of its own, and nobody sets the step while they run.
final class UpdatesOfStep: PooledWork, @unchecked Sendable {
    /// What is to be done.
    struct Step {
        /// From zero.
        let number: Int
        let rate: Float
        let parameters: UnsafeMutablePointer<Float>
    }

    var step: Step?
    private let network: Network
    private let slices: [TrainingSlice]
    private let optimiser: AdamW
    private let firstMoment: AlignedBuffer<Float>
    private let secondMoment: AlignedBuffer<Float>
    /// Where each slice's gradient starts.
    private let gradients: AlignedBuffer<UnsafeMutablePointer<Float>>

    init(_ network: Network, _ slices: [TrainingSlice], _ optimiser: AdamW) {
        self.network = network
        self.slices = slices
        self.optimiser = optimiser
        firstMoment = AlignedBuffer(network.table.count, repeating: 0)
        secondMoment = AlignedBuffer(network.table.count, repeating: 0)
        gradients = AlignedBuffer(slices.count, repeating: slices[0].gradient.start)
        for (index, slice) in slices.enumerated() { gradients.start[index] = slice.gradient.start }
    }

    deinit {
        firstMoment.deallocate()
        secondMoment.deallocate()
        gradients.deallocate()
    }

    /// Starts anew, without momentum.
    func forget() {
        firstMoment.start.update(repeating: 0, count: firstMoment.count)
        secondMoment.start.update(repeating: 0, count: secondMoment.count)
    }

    /// The optimiser's step for one thread's part of every parameter.
    func perform(as part: Int) {
        guard let step else { return }
        let parts = slices.count, parameters = step.parameters
        for row in network.rows {
            let move = optimiser.step(step.number, rate: step.rate, decays: row.decays)
            if let embedding = row.embedding {
                let rows = row.range.count / embedding.dimensions
                updateEmbedding(
                    parameters, move, start: row.range.lowerBound, dimensions: embedding.dimensions,
                    firstRow: embedding.firstRow, rows: part * rows / parts..<(part + 1) * rows / parts)
            } else {
                // Whole cache lines, so that threads do not write to the same.
                let lines = (row.range.count + 15) / 16
                let first = min(part * lines / parts * 16, row.range.count)
                let end = min((part + 1) * lines / parts * 16, row.range.count)
                update(parameters, move, start: row.range.lowerBound + first, count: end - first)
            }
        }
    }

    /// Rows that nobody used have no gradient to read, but their moments decay as all others do.
    private func updateEmbedding(
        _ parameters: UnsafeMutablePointer<Float>, _ move: AdamW.Step, start: Int, dimensions: Int,
        firstRow: Int, rows: Range<Int>
    ) {
        for row in rows {
            let place = start + row * dimensions
            var isUsed = false
            for slice in slices where slice.usedRows.start[firstRow + row] != 0 {
                slice.usedRows.start[firstRow + row] = 0
                isUsed = true
            }
            if isUsed {
                update(parameters, move, start: place, count: dimensions)
            } else {
                move.coast(
                    parameters + place, first: firstMoment.start + place, second: secondMoment.start + place,
                    count: dimensions)
            }
        }
    }

    private func update(
        _ parameters: UnsafeMutablePointer<Float>, _ move: AdamW.Step, start: Int, count: Int
    ) {
        move.update(
            parameters + start, gradients: gradients.start, parts: slices.count, offset: start,
            first: firstMoment.start + start, second: secondMoment.start + start, count: count)
    }
}
