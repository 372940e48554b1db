public import Diagnostics
public import FloatKernels

/// Trains a network: minibatches, divided among the threads of a pool.
///
/// Each thread takes its part of a batch forward and backward by itself, with its own memory and gradient; then each
/// sums the gradients of its part of the parameters, thread by thread, and takes the optimiser's step there. So there
/// are two barriers a step, and the same seed and number of threads give the same bits. The rows of embeddings take their
/// steps when they are next read. Nothing is allocated in a step.
public final class Trainer {
    private let network: Network
    private let options: TrainingOptions
    private let pool: ThreadPool
    private let slices: [TrainingSlice]
    private let packed: PackedParameters
    private let passes: PassesOfBatch
    private let moments: Moments
    /// Where each slice's gradient starts.
    private let gradients: AlignedBuffer<UnsafeMutablePointer<Float>>
    private let updates: UpdatesOfStep
    private let rows: UpdatesOfRows
    private var step = 0

    /// A trainer for one run.
    public init(_ network: Network, loss: any Loss, options: TrainingOptions, pool: ThreadPool) {
        precondition(options.batchSize > 0 && (0..<1).contains(options.modalityDropout))
        self.network = network
        self.options = options
        self.pool = pool
        slices = (0..<pool.threads).map { _ in TrainingSlice(network) }
        packed = PackedParameters(network, training: true)
        moments = Moments(count: network.table.count)
        gradients = AlignedBuffer(slices.count, repeating: slices[0].gradient.start)
        for (index, slice) in slices.enumerated() { gradients.start[index] = slice.gradient.start }
        updates = UpdatesOfStep(network, moments, gradients: gradients, options.optimiser)
        rows = UpdatesOfRows(network, moments, gradients: gradients, options.optimiser)
        passes = PassesOfBatch(network, slices, packed, rows, loss, options)
    }

    deinit { gradients.deallocate() }

    /// Trains `parameters` on the examples.
    ///
    /// - Parameter afterEpoch: gets the report and the parameters as they are then; answers whether to go on.
    /// - Returns: a report for each epoch.
    /// - Throws: `Diagnostic.interrupted` where the monitor says so (`parameters` are as of the last whole epoch);
    ///   `network.diverged` where the loss is no number any more.
    @discardableResult
    public func train(
        _ parameters: inout ParameterStore, on source: any ExampleSource, monitor: WorkMonitor = .silent,
        afterEpoch: (EpochReport, ParameterStore) throws -> Bool = { _, _ in true }
    ) throws -> [EpochReport] {
        precondition(parameters.table == network.table, "parameters of another network")
        forget()
        var reports: [EpochReport] = []
        for epoch in 0..<options.epochs where source.count > 0 {
            var values = parameters.values
            let report = try trainEpoch(epoch, &values, source, monitor)
            parameters.values = values
            reports.append(report)
            if try !afterEpoch(report, parameters) { break }
        }
        return reports
    }

    private func forget() {
        step = 0
        moments.forget()
        rows.forget()
        for slice in slices { slice.forget() }
    }

    private func trainEpoch(
        _ epoch: Int, _ values: inout [Float], _ source: any ExampleSource, _ monitor: WorkMonitor
    ) throws -> EpochReport {
        var order = Array(0..<source.count)
        var generator = RandomGenerator(seed: options.seed, stream: UInt64(epoch))
        generator.shuffle(&order)
        let batches = (order.count + options.batchSize - 1) / options.batchSize
        var sum = 0.0, rate: Float = 0, lastReport = ContinuousClock.now
        for batch in 0..<batches {
            let start = batch * options.batchSize
            let examples = order[start..<min(start + options.batchSize, order.count)]
            rate = options.schedule.rate(step: step, of: batches * options.epochs)
            sum += trainBatch(examples, &values, source, rate: rate, stepSeed: generator.next())
            guard sum.isFinite else { throw Self.diverged }
            let isLast = batch == batches - 1
            guard isLast || ContinuousClock.now - lastReport > .milliseconds(200) else { continue }
            lastReport = .now
            let seen = epoch * order.count + start + examples.count
            let mean = Float(sum / Double(start + examples.count))
            try monitor.report(
                options.stage, seen, of: options.epochs * order.count, "examples",
                note: "loss \(mean.shortText)")
        }
        values.withUnsafeMutableBufferPointer { settle($0.baseAddress) }
        return EpochReport(epoch: epoch, loss: Float(sum / Double(order.count)), rate: rate)
    }

    /// One step; answers the sum of its examples' losses.
    private func trainBatch(
        _ examples: ArraySlice<Int>, _ values: inout [Float], _ source: any ExampleSource, rate: Float,
        stepSeed: UInt64
    ) -> Double {
        values.withUnsafeMutableBufferPointer { buffer in
            guard let start = buffer.baseAddress else { return }
            packed.pack(start)
            if rows.isFull { settle(start) }
            rows.parameters = start
            passes.batch = PassesOfBatch.Batch(examples: examples, source: source, seed: stepSeed)
            pool.run(passes)
            passes.batch = nil
            updates.step = UpdatesOfStep.Step(number: step, rate: rate, parameters: start)
            pool.run(updates)
            rows.note(options.optimiser.step(step, rate: rate, decays: false))
        }
        step += 1
        return slices.reduce(0) { $0 + $1.loss }
    }

    /// Lets all rows of embeddings take the steps that they wait for.
    private func settle(_ parameters: UnsafeMutablePointer<Float>?) {
        rows.parameters = parameters
        pool.run(rows)
        rows.restart()
    }

    private static let diverged = Diagnostic(
        .other, code: "network.diverged", "the loss is no number any more",
        fix: "train with a lower learning rate, and check the inputs for values that are not finite")
}

extension Float {
    /// Four digits after the point, for a progress note.
    fileprivate var shortText: String {
        guard abs(self) < 1e6 else { return String(self) }
        return String((self * 10_000).rounded() / 10_000)
    }
}
