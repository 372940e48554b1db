public import FloatKernels

/// Names the random numbers of a layer in a training step, so that backward finds the same again, and so that they do
/// not depend on how a batch is divided among threads.
public struct DropoutKey: Sendable {
    /// Of the training step.
    public var seed: UInt64
    /// The place in the batch of the pass's first sample.
    public var firstSample: Int
    /// The layer's number in the network.
    public var layer: Int

    /// A key of that step, place and layer.
    public init(seed: UInt64, firstSample: Int, layer: Int) {
        self.seed = seed
        self.firstSample = firstSample
        self.layer = layer
    }

    /// The generator of one sample of the pass.
    public func generator(sample: Int) -> RandomGenerator {
        RandomGenerator(seed: seed, stream: UInt64(layer) << 32 | UInt64(firstSample + sample))
    }
}
