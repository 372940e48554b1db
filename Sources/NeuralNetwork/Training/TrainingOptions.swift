/// How to train.
public struct TrainingOptions: Sendable {
    /// Times that every example is seen.
    public var epochs = 10
    /// Examples between two updates.
    public var batchSize = 32
    /// The learning rate's way.
    public var schedule = LearningRateSchedule(peak: 0.002)
    /// The optimiser.
    public var optimiser = AdamW()
    /// The probability that a gated input (see `NetworkBuilder.gate`) is hidden from the network; one always stays.
    public var modalityDropout: Float = 0
    /// Of order, dropout and augmentation; the same seed and number of threads give the same parameters. With another
    /// number sums are taken in other parts, and roundings differ.
    public var seed: UInt64 = 1
    /// What progress reports call the work.
    public var stage = "Training the network"

    /// The defaults above.
    public init() {}
}
