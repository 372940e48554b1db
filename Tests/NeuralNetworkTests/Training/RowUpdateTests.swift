import Diagnostics
import FloatKernels
import NeuralNetwork
import Synchronization
import Testing

/// Rows of an embedding take their steps when they are next read. Nobody may see that: the parameters are those of steps
/// that are taken at once.
@Suite("Training: rows of embeddings that wait for their steps")
struct RowUpdateTests {
    /// Sequences of words, of which most examples use few, and the last three words none; one value to tell.
    private struct Sequences: ExampleSource {
        static let vocabulary = 40, length = 5
        let words: NetworkInput
        let count: Int
        let order = Order()

        final class Order: Sendable {
            let examples = Mutex<[Int]>([])
        }

        func load(_ example: Int, into slot: ExampleSlot, using _: inout RandomGenerator) {
            order.examples.withLock { $0.append(example) }
            var generator = RandomGenerator(seed: 7, stream: UInt64(example))
            let tokens = (0..<1 + example % Self.length).map { _ in
                // Small numbers are frequent, as frequent words are; −1 is outside the vocabulary.
                Int32(Float(Self.vocabulary - 3) * generator.uniform() * generator.uniform()) - 1
            }
            slot.setTokens(words, tokens)
            slot.targets[0] = generator.normal()
        }
    }

    private static func network() -> (Network, NetworkInput) {
        var builder = NetworkBuilder()
        let words = builder.tokens("words", length: Sequences.length, vocabulary: Sequences.vocabulary)
        // Eleven, so that a row has a whole vector and single values.
        let embedded = builder.embedding("words", of: words, dimensions: 11)
        let output = builder.linear("head", of: builder.globalPool(.sum, of: embedded), outputs: 1)
        return (builder.build(output: output), words)
    }

    private static var options: TrainingOptions {
        var options = TrainingOptions()
        // More steps in an epoch than a row may wait for, and a second epoch.
        (options.epochs, options.batchSize) = (2, 1)
        options.schedule = LearningRateSchedule(peak: 0.05)
        return options
    }

    @Test func theBitsAreThoseOfStepsTakenAtOnce() throws {
        let (network, words) = Self.network()
        let source = Sequences(words: words, count: 300)
        let start = ParameterStore(network.table, seed: 1)
        var trained = start
        try Trainer(network, loss: MeanSquaredError(), options: Self.options, pool: ThreadPool(threads: 1))
            .train(&trained, on: source)
        let order = source.order.examples.withLock { $0 }
        #expect(order.count == 600)
        let isSame = trained.values == twin(network, start, source, order).values
        #expect(isSame, "the parameters, bit for bit")
    }

    /// One example a step, every parameter moved in every step by Adam as the paper has it.
    private func twin(
        _ network: Network, _ start: ParameterStore, _ source: Sequences, _ order: [Int]
    ) -> ParameterStore {
        struct One: ExampleSource {
            let source: Sequences
            let example: Int
            let count = 1
            func load(_: Int, into slot: ExampleSlot, using generator: inout RandomGenerator) {
                source.load(example, into: slot, using: &generator)
            }
        }
        let decays = network.table.rows.flatMap { row in row.range.map { _ in row.declaration.decays } }
        var store = start
        var first = store.values.map { _ in Float(0) }, second = first
        for (step, example) in order.enumerated() {
            let move = AdamW().step(
                step, rate: Self.options.schedule.rate(step: step, of: order.count), decays: true)
            let free = AdamW().step(
                step, rate: Self.options.schedule.rate(step: step, of: order.count), decays: false)
            var gradient = network.gradient(
                of: MeanSquaredError(), on: One(source: source, example: example), store
            ).gradient
            for i in gradient.indices {
                gradient.withUnsafeMutableBufferPointer { buffer in
                    guard let base = buffer.baseAddress else { return }
                    (decays[i] ? move : free).update(
                        &store.values[i], gradients: [base], parts: 1, offset: i, first: &first[i],
                        second: &second[i], count: 1)
                }
            }
        }
        return store
    }

    /// Three threads want the same words at the same time.
    @Test func threadsShareRows() throws {
        func train() throws -> [Float] {
            let (network, words) = Self.network()
            var options = Self.options
            options.batchSize = 60
            (options.epochs, options.optimiser) = (20, AdamW(weightDecay: 0))
            var parameters = ParameterStore(network.table, seed: 1)
            try Trainer(network, loss: MeanSquaredError(), options: options, pool: ThreadPool(threads: 3))
                .train(&parameters, on: Sequences(words: words, count: 300))
            return parameters.values
        }
        let once = try train()
        for _ in 0..<5 {
            let isSame = try train() == once
            #expect(isSame, "the parameters, bit for bit")
        }
    }

    /// A training that is stopped leaves gradients that wait; the next one must not see them.
    @Test func aStoppedTrainingLeavesNothingToTheNext() throws {
        let (network, words) = Self.network()
        func train(_ trainer: Trainer) throws -> [Float] {
            var parameters = ParameterStore(network.table, seed: 1)
            try trainer.train(&parameters, on: Sequences(words: words, count: 300))
            return parameters.values
        }
        func trainer() -> Trainer {
            Trainer(network, loss: MeanSquaredError(), options: Self.options, pool: ThreadPool(threads: 2))
        }
        let used = trainer()
        var scratch = ParameterStore(network.table, seed: 2)
        #expect(throws: (any Error).self) {
            try used.train(
                &scratch, on: Sequences(words: words, count: 300),
                monitor: WorkMonitor(onUpdate: { _ in }, shouldStop: { true }))
        }
        #expect(try train(used) == train(trainer()))
    }
}
