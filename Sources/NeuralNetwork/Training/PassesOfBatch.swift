import FloatKernels

/// The forward and backward passes of a batch, shared out: each thread takes its part of the samples.
///
/// Unchecked, because the pool gives each worker a part of its own, and nobody sets the batch while they run.
final class PassesOfBatch: PooledWork, @unchecked Sendable {
    /// What is to be done.
    struct Batch {
        let examples: ArraySlice<Int>
        let source: any ExampleSource
        /// Of the step's randomness.
        let seed: UInt64
    }

    var batch: Batch?
    private let network: Network
    private let slices: [TrainingSlice]
    private let packed: PackedParameters
    private let rows: UpdatesOfRows
    private let loss: any Loss
    private let modalityDropout: Float

    init(
        _ network: Network, _ slices: [TrainingSlice], _ packed: PackedParameters, _ rows: UpdatesOfRows,
        _ loss: any Loss, _ options: TrainingOptions
    ) {
        self.network = network
        self.slices = slices
        self.packed = packed
        self.rows = rows
        self.loss = loss
        modalityDropout = options.modalityDropout
    }

    func perform(as part: Int) {
        guard let batch else { return }
        let count = batch.examples.count, start = batch.examples.startIndex
        let first = part * count / slices.count, end = (part + 1) * count / slices.count
        slices[part].run(
            batch.examples[start + first..<start + end], from: batch.source, loss: loss, packed, rows: rows,
            step: DropoutKey(seed: batch.seed, firstSample: first, layer: network.nodes.count),
            batchCount: count, modalityDropout: modalityDropout)
    }
}
