import FloatKernels

/// A fixed part of every batch: its memory and its share of the gradient. Used by one thread at a time.
final class TrainingSlice {
    let workspace: Workspace
    /// ∂loss/∂parameters of this part of the batch.
    let gradient: UnsafeMutableBufferPointer<Float>
    /// Sum of weighted losses of this part of the batch.
    private(set) var loss: Double = 0

    init(_ network: Network, capacity: Int) {
        workspace = Workspace(network, capacity: capacity, training: true)
        gradient = .allocate(capacity: network.table.count)
        gradient.initialize(repeating: 0)
    }

    deinit { gradient.deallocate() }

    /// Loads the examples, runs them forward and backward, and leaves loss and gradient.
    ///
    /// - Parameter step: whose randomness to use; its `firstSample` is the place of this part in the batch. Nil for none.
    func run(
        _ examples: ArraySlice<Int>, from source: any ExampleSource, loss lossFunction: any Loss,
        parameters: UnsafePointer<Float>, step: DropoutKey?, batchCount: Int, modalityDropout: Float
    ) {
        loss = 0
        gradient.update(repeating: 0)
        guard !examples.isEmpty, let gradientStart = gradient.baseAddress else { return }
        for (sample, example) in examples.enumerated() {
            var generator = step?.generator(sample: sample) ?? RandomGenerator(seed: 0)
            let slot = ExampleSlot(workspace: workspace, sample: sample)
            slot.reset()
            source.load(example, into: slot, using: &generator)
            if modalityDropout > 0 { workspace.dropModalities(sample, modalityDropout, using: &generator) }
        }
        workspace.forward(examples.count, parameters: parameters, dropout: step)
        workspace.clearGradients()
        for sample in 0..<examples.count { addLoss(sample, lossFunction, scale: 1 / Float(batchCount)) }
        workspace.backward(
            examples.count, parameters: parameters, parameterGradient: gradientStart, dropout: step)
    }

    private func addLoss(_ sample: Int, _ lossFunction: any Loss, scale: Float) {
        let output = workspace.network.output
        let outputs = workspace.read(output, sample: sample)
        let gradient = UnsafeMutableBufferPointer(
            start: workspace.start(of: output.node, in: workspace.gradients) + sample * outputs.count,
            count: outputs.count)
        let targets = ExampleSlot(workspace: workspace, sample: sample).targets
        let weight = workspace.weights[sample]
        let value = lossFunction.evaluate(
            outputs: outputs, targets: UnsafeBufferPointer(targets), gradient: gradient)
        loss += Double(weight * value)
        for j in gradient.indices { gradient[j] *= weight * scale }
    }
}
