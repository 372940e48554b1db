public import FloatKernels

/// Examples to train on or to run a network over; asked from several threads at once.
public protocol ExampleSource: Sendable {
    /// Number of examples.
    var count: Int { get }

    /// Sets the inputs of an example, and its targets where they are wanted.
    ///
    /// - Parameter generator: for augmentation (crops, left-out words); the same for the same seed, epoch and example.
    func load(_ example: Int, into slot: ExampleSlot, using generator: inout RandomGenerator)
}
