import FloatKernels

/// The optimiser's step for all parameters but the rows of embeddings, shared out: each thread sums the slices' gradients
/// of its part of every parameter and moves it.
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
    private let table: [ParameterTable.Row]
    private let moments: Moments
    private let gradients: AlignedBuffer<UnsafeMutablePointer<Float>>
    private let optimiser: AdamW

    init(
        _ network: Network, _ moments: Moments, gradients: AlignedBuffer<UnsafeMutablePointer<Float>>,
        _ optimiser: AdamW
    ) {
        table = network.denseParameters
        self.moments = moments
        self.gradients = gradients
        self.optimiser = optimiser
    }

    /// The optimiser's step for one thread's part of every parameter.
    func perform(as part: Int) {
        guard let step else { return }
        let parts = gradients.count
        for row in table {
            let move = optimiser.step(step.number, rate: step.rate, decays: row.declaration.decays)
            // Whole cache lines, so that threads do not write to the same.
            let lines = (row.range.count + 15) / 16
            let first = min(part * lines / parts * 16, row.range.count)
            let end = min((part + 1) * lines / parts * 16, row.range.count)
            let start = row.range.lowerBound + first
            move.update(
                step.parameters + start, gradients: gradients.start, parts: parts, offset: start,
                first: moments.first.start + start, second: moments.second.start + start, count: end - first)
        }
    }
}
