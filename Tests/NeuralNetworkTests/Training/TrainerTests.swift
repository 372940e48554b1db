import Diagnostics
import FloatKernels
import NeuralNetwork
import Testing

@Suite("Training: a planted task, the same bits, stopping")
struct TrainerTests {
    let planted = PlantedNetwork()

    /// The targets' variance is about 0.6; a network that sees and reads goes far below on examples it never met.
    @Test func aPlantedTaskIsLearned() throws {
        var options = TrainingOptions()
        options.epochs = 25
        options.schedule = LearningRateSchedule(peak: 0.01)
        var parameters = ParameterStore(planted.network.table, seed: 1)
        let trainer = Trainer(
            planted.network, loss: MeanSquaredError(), options: options, pool: ThreadPool(threads: 2))
        let held = planted.examples(200, seed: 99)
        let before = planted.network.gradient(of: MeanSquaredError(), on: held, parameters).loss
        try trainer.train(&parameters, on: planted.examples(1000, seed: 5))
        let after = planted.network.gradient(of: MeanSquaredError(), on: held, parameters).loss
        #expect(before > 0.3)
        #expect(after < 0.03)
    }

    @Test func aSeedGivesTheSameBitsWithTheSameNumberOfThreads() throws {
        func train(threads: Int, seed: UInt64) throws -> [Float] {
            var options = TrainingOptions()
            (options.epochs, options.seed, options.modalityDropout, options.batchSize) = (2, seed, 0.3, 30)
            var parameters = ParameterStore(planted.network.table, seed: 1)
            let pool = ThreadPool(threads: threads)
            try Trainer(planted.network, loss: LogisticLoss(), options: options, pool: pool)
                .train(&parameters, on: planted.examples(100, seed: 5))
            return parameters.values
        }
        let one = try train(threads: 1, seed: 3), three = try train(threads: 3, seed: 3)
        #expect(try train(threads: 1, seed: 3) == one)
        #expect(try train(threads: 3, seed: 3) == three)
        #expect(try train(threads: 1, seed: 4) != one)
        // Adam divides by the gradient's size, so that roundings of tiny gradients count in full; over eight steps at
        // a rate of at most 0.002 they may move a parameter by little more than nothing.
        #expect(zip(one, three).allSatisfy { abs($0 - $1) < 2e-4 })
    }

    /// The examples themselves look at the counter whenever one is loaded: from the second step on it stands still.
    @Test(.enabled(if: AllocationCounter.counts, "allocations are counted on Linux only"))
    func aStepAllocatesNothing() throws {
        struct Watched: ExampleSource {
            let examples: TwoTowerExamples
            let seen: AllocationCounter.Record
            var count: Int { examples.count }
            func load(_ example: Int, into slot: ExampleSlot, using generator: inout RandomGenerator) {
                seen.note()
                examples.load(example, into: slot, using: &generator)
            }
        }
        var options = TrainingOptions()
        (options.epochs, options.batchSize) = (1, 8)
        let tower = TwoTowerNetwork(dropout: 0.2)
        let source = Watched(
            examples: TwoTowerExamples(tower, count: 160), seen: AllocationCounter.Record(capacity: 160))
        var parameters = ParameterStore(tower.network.table, seed: 1)
        try Trainer(
            tower.network, loss: MeanSquaredError(), options: options, pool: ThreadPool(threads: 1)
        ).train(&parameters, on: source)
        #expect(source.seen.counts.count == 160 && source.seen.counts[0] > 0)
        #expect(Set(source.seen.counts[16...]).count == 1)
    }

    @Test func modalityDropoutTeachesToDoWithoutTheText() throws {
        struct WithoutWords: ExampleSource {
            let examples: PlantedExamples
            var count: Int { examples.count }
            func load(_ example: Int, into slot: ExampleSlot, using generator: inout RandomGenerator) {
                examples.load(example, into: slot, using: &generator)
                slot.setTokens(examples.words, [Int32]())
                slot.targets[2] = .nan
            }
        }
        func lossWithoutWords(_ modalityDropout: Float) throws -> Double {
            var options = TrainingOptions()
            (options.epochs, options.modalityDropout) = (15, modalityDropout)
            options.schedule = LearningRateSchedule(peak: 0.01)
            var parameters = ParameterStore(planted.network.table, seed: 1)
            try Trainer(
                planted.network, loss: MeanSquaredError(), options: options, pool: ThreadPool(threads: 2)
            )
            .train(&parameters, on: planted.examples(600, seed: 5))
            let held = WithoutWords(examples: planted.examples(200, seed: 99))
            return planted.network.gradient(of: MeanSquaredError(), on: held, parameters).loss
        }
        #expect(try lossWithoutWords(0.3) < lossWithoutWords(0))
    }

    @Test func stoppingLeavesTheLastWholeEpoch() throws {
        var options = TrainingOptions()
        options.epochs = 3
        var parameters = ParameterStore(planted.network.table, seed: 1)
        let trainer = Trainer(
            planted.network, loss: MeanSquaredError(), options: options, pool: ThreadPool(threads: 1))
        let examples = planted.examples(50, seed: 5)
        let reports = try trainer.train(&parameters, on: examples) { report, _ in report.epoch < 1 }
        #expect(reports.map(\.epoch) == [0, 1])
        let saved = parameters
        let monitor = WorkMonitor(onUpdate: { _ in }, shouldStop: { true })
        #expect(throws: Diagnostic.interrupted) {
            try trainer.train(&parameters, on: examples, monitor: monitor)
        }
        #expect(parameters == saved)
    }

    @Test func aLossThatIsNoNumberIsAnError() {
        struct Broken: Loss {
            func evaluate(
                outputs: UnsafeBufferPointer<Float>, targets: UnsafeBufferPointer<Float>,
                gradient: UnsafeMutableBufferPointer<Float>
            ) -> Float { .nan }
        }
        var parameters = ParameterStore(planted.network.table, seed: 1)
        let trainer = Trainer(
            planted.network, loss: Broken(), options: TrainingOptions(), pool: ThreadPool(threads: 1))
        let error = #expect(throws: Diagnostic.self) {
            try trainer.train(&parameters, on: planted.examples(50, seed: 5))
        }
        #expect(error?.code == "network.diverged")
    }
}
