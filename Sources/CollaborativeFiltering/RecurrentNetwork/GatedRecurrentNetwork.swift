public import Diagnostics
public import FloatKernels
import NeuralNetwork

/// A recurrent network over what a user rated, in the order of time: after each rating it says what comes next.
///
/// B. Hidasi, A. Karatzoglou, L. Baltrunas and D. Tikk, "Session-based Recommendations with Recurrent Neural Networks",
/// ICLR 2016, with the gated recurrent unit of `RecurrentLayers` and a softmax over all items instead of a sample. The
/// rows that are read and those that are scored are one table.
public struct GatedRecurrentNetwork: CollaborativeModel {
    /// `gru`.
    public static let name = "gru"
    /// One line for lists.
    public static let summary =
        "gated recurrent network: what a user wants next, from the order of what he rated"

    /// d, the length of the vectors.
    public var dimensions = 64
    /// Passes over all sequences.
    public var epochs = 20
    /// H, the width of the state.
    public var width = 128
    /// The highest learning rate, see `LearningRateSchedule`.
    public var learningRate: Float = 0.006
    /// λ of AdamW.
    public var weightDecay: Float = 0.05
    /// The probability that a value of the state is hidden from the output.
    public var dropout: Float = 0.4
    /// How many of the next ratings a state is to foresee, and how much each counts against the one before.
    public var window = 20, fading: Float = 0.7
    /// How much a rating that is no like counts as something to foresee.
    public var otherWeight: Float = 0.7
    /// Steps that are propagated back through.
    public var chunk = 50
    /// Ratings of a user that an epoch reads at most.
    public var longest = 100

    /// The model with its defaults.
    public init() {}

    /// Learns from `data`; see `CollaborativeModel.fit`.
    public func fit(
        _ data: CollaborativeData, seed: UInt64, pool: ThreadPool, monitor: WorkMonitor
    ) throws -> CollaborativeSpace {
        let interactions = data.interactions
        try validate(interactions)
        let histories = OrderedHistories(interactions)
        let training = RecurrentTraining(
            self, histories, itemCount: interactions.itemCount, seed: seed, pool: pool)
        try monitor.begin(epochs: epochs)
        for epoch in 0..<epochs {
            let loss = training.runEpoch(epoch)
            try monitor.report(epoch: epoch + 1, of: epochs, "loss", loss)
        }
        let encoder = RecurrentEncoder(
            dimensions: dimensions, width: width, parameters: training.values,
            likedFrom: interactions.positiveThreshold)
        return try space(encoder, training.items, histories, pool: pool)
    }

    /// Items, encoded users and encoder in the canonical gauge.
    private func space(
        _ encoder: RecurrentEncoder, _ items: ItemTable, _ histories: OrderedHistories, pool: ThreadPool
    ) throws -> CollaborativeSpace {
        var users = Matrix(rows: histories.userCount, columns: dimensions)
        users.elements.withUnsafeMutableBufferPointer { users in
            let batch = 64
            pool.forEachRange((histories.userCount + batch - 1) / batch) { batches in
                for start in batches.map({ $0 * batch }) {
                    let range = start..<min(start + batch, histories.userCount)
                    let vectors = encoder.vectors(of: histories, users: range, items: items)
                    for (i, value) in vectors.enumerated() { users[start * dimensions + i] = value }
                }
            }
        }
        let gauge = try CanonicalGauge(users: users, items: items, pool: pool)
        return CollaborativeSpace(
            items: gauge.items, users: gauge.users,
            userBiases: [Float](repeating: 0, count: histories.userCount), encoder: encoder.changed(to: gauge)
        )
    }
}
