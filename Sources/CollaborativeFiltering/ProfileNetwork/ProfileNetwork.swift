public import Diagnostics
public import FloatKernels
import NeuralNetwork

/// A network that makes a user's vector from what he rated and from what is known of him: P. Covington, J. Adams and E. Sargin,
/// "Deep Neural Networks for YouTube Recommendations", RecSys 2016, section 3.
///
/// Watched items are pooled, attributes embedded, both go through a multi-layer perceptron, and a softmax over all items
/// says what is watched. The rows that are pooled and those that are scored are one table, so an item that comes
/// later counts on both sides.
public struct ProfileNetwork: CollaborativeModel {
    /// `profile`.
    public static let name = "profile"
    /// One line for lists.
    public static let summary =
        "network over what a user rated and the user's attributes, with a softmax over items"

    /// d, the length of the vectors.
    public var dimensions = 64
    /// Passes over all users.
    public var epochs = 30
    /// Width of the hidden layer.
    public var width = 256
    /// The highest learning rate, see `LearningRateSchedule`.
    public var learningRate: Float = 0.01
    /// λ of AdamW is this, divided by the square root of the number of users, and at most `mostDecay`: the more there are,
    /// the less has to be believed beforehand.
    public var weightDecay: Float = 50
    private static let mostDecay: Float = 2
    /// The probability that a hidden value is dropped.
    public var dropout: Float = 0.3
    /// The share of examples of users with known times that hide all that followed a moment; the others hide a part at random.
    public var futureShare: Float = 0.3
    /// Ratings that are asked for after a moment, and how much each counts against the one before.
    public var window = 50, fading: Float = 0.95
    /// The largest part of a history that is hidden at random.
    public var mostHidden: Float = 0.3
    /// How much a rating that is no like counts as something to be asked for.
    public var otherWeight: Float = 0.3
    /// Examples that an epoch draws of each user.
    public var examples = 4
    /// The probability that a user's attributes are hidden from an example, so that those without any are served, too.
    public var hiddenAttributes: Float = 0.2

    /// The model with its defaults.
    public init() {}

    /// Learns from `data`; see `CollaborativeModel.fit`.
    public func fit(
        _ data: CollaborativeData, seed: UInt64, pool: ThreadPool, monitor: WorkMonitor
    ) throws -> CollaborativeSpace {
        try validate(data.interactions)
        let training = ProfileTraining(self, data, seed: seed, pool: pool)
        try monitor.begin(epochs: epochs)
        for epoch in 0..<epochs {
            let loss = training.runEpoch(epoch)
            try monitor.report(epoch: epoch + 1, of: epochs, "loss", loss)
        }
        return try space(training.encoder, training.items, data, pool: pool)
    }

    /// λ for so many users.
    func decay(users: Int) -> Float {
        min(weightDecay / Float(max(users, 1)).squareRoot(), Self.mostDecay)
    }

    var exampleSettings: ProfileExample.Settings {
        ProfileExample.Settings(
            futureShare: futureShare, window: window, fading: fading, mostHidden: mostHidden,
            otherWeight: otherWeight)
    }

    /// Items, encoded users and encoder in the canonical gauge.
    private func space(
        _ encoder: ProfileEncoder, _ items: ItemTable, _ data: CollaborativeData, pool: ThreadPool
    ) throws -> CollaborativeSpace {
        let count = data.users.count, batch = 64
        var users = Matrix(rows: count, columns: dimensions)
        users.elements.withUnsafeMutableBufferPointer { users in
            pool.forEachRange((count + batch - 1) / batch) { batches in
                for start in batches.map({ $0 * batch }) {
                    let profiles = (start..<min(start + batch, count)).map(data.profile)
                    for (i, value) in encoder.vectors(of: profiles, items: items).enumerated() {
                        users[start * dimensions + i] = value
                    }
                }
            }
        }
        let gauge = try CanonicalGauge(users: users, items: items, pool: pool)
        return CollaborativeSpace(
            items: gauge.items, users: gauge.users, userBiases: [Float](repeating: 0, count: count),
            encoder: encoder.changed(to: gauge))
    }
}
