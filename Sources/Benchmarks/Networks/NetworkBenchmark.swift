import FloatKernels
import NeuralNetwork

/// Times a reference network: one example, a batch of 64, and training steps of 64.
struct NetworkBenchmark {
    let bench: String
    let reference: ReferenceNetwork
    let options: BenchmarkOptions

    func run() throws {
        let pool = ThreadPool(threads: options.threads)
        let limit = MachineLimit(pool: pool, repeats: options.repeats)
        options.emit(one(limit))
        options.emit(batch(limit, pool))
        options.emit(try training(limit, pool))
    }

    private func one(_ limit: MachineLimit) -> BenchmarkRecord {
        let examples = ReferenceExamples(of: reference, count: 1)
        let predictor = Predictor(reference.network, ParameterStore(reference.network.table, seed: 1))
        var generator = RandomGenerator(seed: 1)
        let timing = Timing.latency(repeats: options.repeats, calls: 300) {
            _ = predictor.output { examples.load(0, into: $0, using: &generator) }
        }
        var record = BenchmarkRecord(bench, "infer_b1/coldstart", threads: options.threads)
        record.addLatency(timing)
        record.addOperations(reference.forwardOperations, in: timing, of: limit)
        return record
    }

    private func batch(_ limit: MachineLimit, _ pool: ThreadPool) -> BenchmarkRecord {
        let count = ReferenceExamples.batch
        let examples = ReferenceExamples(of: reference, count: count)
        let predictor = BatchPredictor(
            reference.network, ParameterStore(reference.network.table, seed: 1), pool: pool)
        let timing = Timing.throughput(repeats: options.repeats) { _ = predictor.outputs(examples) }
        var record = BenchmarkRecord(bench, "infer_b64/coldstart", threads: options.threads)
        record.addThroughput(timing, items: count)
        record.addOperations(reference.forwardOperations * Double(count), in: timing, of: limit)
        return record
    }

    /// Steps of Adam; memory is there before the clock starts.
    private func training(_ limit: MachineLimit, _ pool: ThreadPool) throws -> BenchmarkRecord {
        let steps = 16
        let examples = ReferenceExamples(of: reference, count: steps * ReferenceExamples.batch)
        var training = TrainingOptions()
        training.epochs = 1
        training.batchSize = ReferenceExamples.batch
        training.optimiser = AdamW(weightDecay: 0)
        let trainer = Trainer(reference.network, loss: MeanSquaredError(), options: training, pool: pool)
        var parameters = ParameterStore(reference.network.table, seed: 1)
        let timing = try Timing.throughput(repeats: options.repeats) {
            try trainer.train(&parameters, on: examples)
        }
        var record = BenchmarkRecord(bench, "train_b64/coldstart", threads: options.threads)
        record.addThroughput(timing, items: examples.count)
        record.addOperations(reference.trainingOperations * Double(examples.count), in: timing, of: limit)
        record["ms_step"] = timing.best / Double(steps) * 1e3
        return record
    }
}
