import FloatKernels

/// One thread's part of every batch: its memory and its share of the gradient. Used by one thread at a time.
final class TrainingSlice {
    private let workspace: Workspace
    /// ∂loss/∂parameters of this part of the batch; zero again once the optimiser has read it.
    let gradient: AlignedBuffer<Float>
    /// Sum of weighted losses of this part of the batch.
    private(set) var loss: Double = 0

    /// Samples that go forward and backward together: few, so that their values are still near when they come back.
    private static let capacity = 1

    init(_ network: Network) {
        workspace = Workspace(network, capacity: Self.capacity, training: true)
        gradient = AlignedBuffer(network.table.count, repeating: 0)
    }

    deinit { gradient.deallocate() }

    /// Sets the gradient to zero.
    func forget() { gradient.start.update(repeating: 0, count: gradient.count) }

    /// Loads the examples, runs them forward and backward, and leaves loss and gradient.
    ///
    /// - Parameters:
    ///   - rows: what brings the rows of embeddings up to date; nil where they are.
    ///   - step: whose randomness to use; its `firstSample` is the place of this part in the batch. Nil for none.
    func run(
        _ examples: ArraySlice<Int>, from source: any ExampleSource, loss lossFunction: any Loss,
        _ packed: PackedParameters, rows: UpdatesOfRows?, step: DropoutKey?, batchCount: Int,
        modalityDropout: Float
    ) {
        loss = 0
        for start in stride(from: examples.startIndex, to: examples.endIndex, by: Self.capacity) {
            var step = step
            step?.firstSample += start - examples.startIndex
            run(
                chunk: examples[start..<min(start + Self.capacity, examples.endIndex)], from: source,
                loss: lossFunction, packed, rows: rows, step: step, batchCount: batchCount,
                modalityDropout: modalityDropout)
        }
    }

    private func run(
        chunk examples: ArraySlice<Int>, from source: any ExampleSource, loss lossFunction: any Loss,
        _ packed: PackedParameters, rows: UpdatesOfRows?, step: DropoutKey?, batchCount: Int,
        modalityDropout: Float
    ) {
        for (sample, example) in examples.enumerated() {
            var generator = step?.generator(sample: sample) ?? RandomGenerator(seed: 0)
            let slot = ExampleSlot(workspace: workspace, sample: sample)
            slot.reset()
            source.load(example, into: slot, using: &generator)
            slot.complete()
            if modalityDropout > 0 { workspace.dropModalities(sample, modalityDropout, using: &generator) }
            rows?.settle(workspace, sample: sample)
        }
        workspace.forward(examples.count, packed, dropout: step)
        workspace.clearGradients()
        for sample in 0..<examples.count { addLoss(sample, lossFunction, scale: 1 / Float(batchCount)) }
        workspace.backward(
            examples.count, packed, parameterGradient: gradient.start, dropout: step)
    }

    private func addLoss(_ sample: Int, _ lossFunction: any Loss, scale: Float) {
        let output = workspace.network.output
        let outputs = workspace.read(output, sample: sample)
        let gradient = UnsafeMutableBufferPointer(
            start: workspace.start(of: output.node, in: workspace.gradients) + sample * outputs.count,
            count: outputs.count)
        let weight = workspace.weights.start[sample]
        let value = lossFunction.evaluate(
            outputs: outputs, targets: UnsafeBufferPointer(workspace.targets(of: sample)),
            gradient: gradient)
        loss += Double(weight * value)
        for j in gradient.indices { gradient[j] *= weight * scale }
    }
}
