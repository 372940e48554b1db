import FloatKernels
import Synchronization

/// The optimiser's steps for the rows of embeddings, each taken when the row is next read.
///
/// A batch reads few rows, and every step moves all of them, as the moments of those without a gradient decay. So a row
/// waits: whichever thread wants it first takes the step of the gradient that it left last time and all steps without one
/// since then, in one pass over its memory. The bits are those of steps taken at once. Another thread that wants the row
/// meanwhile waits for as long as that takes, and never for anything that could wait for it.
///
/// Unchecked, because a row is written only by the thread that has claimed it, and nobody notes a step while others settle.
final class UpdatesOfRows: PooledWork, @unchecked Sendable {
    /// Steps that a row may wait for: so many are remembered, then all rows are settled.
    private static let window = 256

    /// What `state` says of a row that no batch has used (its moments and its gradient are zero, so steps do not move it),
    /// and of one that a thread is at work on. All else is the number of the step whose gradient waits, or came last.
    private static let unused = Int32(-1), claimed = Int32(-2)

    private let rows: [Network.EmbeddingRows]
    private let moments: Moments
    private let gradients: AlignedBuffer<UnsafeMutablePointer<Float>>
    private let state: UnsafeMutablePointer<Atomic<Int32>>
    private let stateCount: Int
    /// Those since all rows were settled.
    private let steps: AlignedBuffer<AdamW.Step>
    private var firstStep = 0, nextStep = 0
    /// What is trained, while a batch runs.
    var parameters: UnsafeMutablePointer<Float>?

    init(
        _ network: Network, _ moments: Moments, gradients: AlignedBuffer<UnsafeMutablePointer<Float>>,
        _ optimiser: AdamW
    ) {
        rows = network.embeddingRows
        self.moments = moments
        self.gradients = gradients
        stateCount = rows.reduce(0) { $0 + $1.count }
        state = .allocate(capacity: stateCount + 1)
        for row in 0...stateCount { (state + row).initialize(to: Atomic(Self.unused)) }
        steps = AlignedBuffer(Self.window, repeating: optimiser.step(0, rate: 0, decays: false))
    }

    deinit {
        state.deinitialize(count: stateCount + 1)
        state.deallocate()
        steps.deallocate()
    }

    /// Starts anew; the caller sets moments and gradients to zero.
    func forget() {
        for row in 0..<stateCount { state[row].store(Self.unused, ordering: .relaxed) }
        (firstStep, nextStep) = (0, 0)
    }

    /// Remembers a step that has been taken for all other parameters.
    func note(_ step: AdamW.Step) {
        steps.start[nextStep - firstStep] = step
        nextStep += 1
    }

    /// Whether no further step can be remembered before all rows are settled.
    var isFull: Bool { nextStep - firstStep == Self.window }

    /// Brings the rows of the tokens that a sample has up to date, so that they may be read and their gradient added to.
    func settle(_ workspace: Workspace, sample: Int) {
        for embedding in rows {
            let tokens = workspace.tokens(of: embedding.input, sample: sample)
            for token in tokens where token >= 0 { settle(Int(token), of: embedding) }
        }
    }

    /// Brings all rows up to date, each worker a part of them; `restart` comes after it.
    func perform(as part: Int) {
        for embedding in rows {
            let share =
                part * embedding.count / gradients.count..<(part + 1) * embedding.count / gradients.count
            for row in share where state[embedding.firstRow + row].load(ordering: .relaxed) != Self.unused {
                settle(row, of: embedding)
            }
        }
    }

    /// Forgets the steps that all rows have taken.
    func restart() { firstStep = nextStep }

    @inline(__always)
    private func settle(_ row: Int, of embedding: Network.EmbeddingRows) {
        let place = embedding.firstRow + row, now = Int32(truncatingIfNeeded: nextStep)
        var seen = state[place].load(ordering: .acquiring)
        while seen != now {
            if seen == Self.claimed {
                seen = state[place].load(ordering: .acquiring)
                continue
            }
            let claim = state[place].weakCompareExchange(
                expected: seen, desired: Self.claimed, ordering: .acquiring)
            seen = claim.original
            guard claim.exchanged else { continue }
            if seen != Self.unused { move(row, of: embedding, from: Int(seen)) }
            state[place].store(now, ordering: .releasing)
            return
        }
    }

    @inline(never)
    private func move(_ row: Int, of embedding: Network.EmbeddingRows, from step: Int) {
        guard let parameters else { return }
        let place = embedding.parameterStart + row * embedding.dimensions
        AdamW.Step.take(
            UnsafeBufferPointer(start: steps.start + (step - firstStep), count: nextStep - step),
            parameters + place, gradients: gradients.start, parts: gradients.count, offset: place,
            first: moments.first.start + place, second: moments.second.start + place,
            count: embedding.dimensions)
    }
}
