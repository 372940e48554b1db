public import Diagnostics
public import FloatKernels

/// Trains a network: minibatches, divided among the threads of a pool.
///
/// Each batch is cut into `slices`; each has its own memory and gradient, and the gradients are summed slice by slice.
/// Randomness belongs to step and place in the batch. So a seed gives the same bits with any number of threads.
public final class Trainer {
    private let network: Network
    private let loss: any Loss
    private let options: TrainingOptions
    private let pool: ThreadPool
    private let slices: [TrainingSlice]
    private var firstMoment: [Float]
    private var secondMoment: [Float]
    private var step = 0

    /// A trainer for one run.
    public init(_ network: Network, loss: any Loss, options: TrainingOptions, pool: ThreadPool) {
        precondition(options.batchSize > 0 && options.slices > 0 && (0..<1).contains(options.modalityDropout))
        self.network = network
        self.loss = loss
        self.options = options
        self.pool = pool
        let capacity = (options.batchSize + options.slices - 1) / options.slices
        slices = (0..<options.slices).map { _ in TrainingSlice(network, capacity: capacity) }
        firstMoment = [Float](repeating: 0, count: network.table.count)
        secondMoment = firstMoment
    }

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
        step = 0
        firstMoment.withUnsafeMutableBufferPointer { $0.update(repeating: 0) }
        secondMoment.withUnsafeMutableBufferPointer { $0.update(repeating: 0) }
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
                options.stage, seen, of: options.epochs * order.count, note: "loss \(mean.shortText)")
        }
        return EpochReport(epoch: epoch, loss: Float(sum / Double(order.count)), rate: rate)
    }

    /// One step; answers the sum of its examples' losses.
    private func trainBatch(
        _ examples: ArraySlice<Int>, _ values: inout [Float], _ source: any ExampleSource, rate: Float,
        stepSeed: UInt64
    ) -> Double {
        let count = examples.count, parts = slices.count
        values.withUnsafeMutableBufferPointer { buffer in
            guard let start = buffer.baseAddress else { return }
            pool.forEachRange(parts) { range in
                for part in range {
                    let first = part * count / parts, end = (part + 1) * count / parts
                    slices[part].run(
                        examples[examples.startIndex + first..<examples.startIndex + end], from: source,
                        loss: loss, parameters: start,
                        step: DropoutKey(seed: stepSeed, firstSample: first, layer: network.nodes.count),
                        batchCount: count, modalityDropout: options.modalityDropout)
                }
            }
            update(start, rate: rate)
        }
        step += 1
        return slices.reduce(0) { $0 + $1.loss }
    }

    /// Sums the slices' gradients in order and takes the optimiser's step, each thread over a range of the buffer.
    private func update(_ parameters: UnsafeMutablePointer<Float>, rate: Float) {
        firstMoment.withUnsafeMutableBufferPointer { first in
            secondMoment.withUnsafeMutableBufferPointer { second in
                guard let first = first.baseAddress, let second = second.baseAddress,
                    let total = slices[0].gradient.baseAddress
                else { return }
                pool.forEachRange(network.table.count) { range in
                    for slice in slices.dropFirst() {
                        guard let part = slice.gradient.baseAddress else { continue }
                        addScaled(
                            part + range.lowerBound, by: 1, to: total + range.lowerBound, count: range.count)
                    }
                    for row in network.table.rows where row.range.overlaps(range) {
                        let shared = row.range.clamped(to: range)
                        let start = shared.lowerBound
                        options.optimiser.update(
                            parameters + start, gradient: total + start, first: first + start,
                            second: second + start, count: shared.count, step: step, rate: rate,
                            decays: row.declaration.decays)
                    }
                }
            }
        }
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
