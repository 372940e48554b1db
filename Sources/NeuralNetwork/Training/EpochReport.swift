/// What one pass over the examples came to.
public struct EpochReport: Sendable, Equatable {
    /// From zero.
    public var epoch: Int
    /// Mean loss of the examples, each as the network was when it met it, with dropout.
    public var loss: Float
    /// The learning rate of the last step.
    public var rate: Float
}
