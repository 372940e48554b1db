import FloatKernels

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// What a network's scores are fitted to.
public enum NetworkLoss: String, Sendable, CaseIterable {
    /// ln(1 + exp(−s)) of what a user likes, ln(1 + exp(s)) of sampled items that he has not rated, and of what he has rated
    /// but not liked a mixture of both: for lists.
    case logistic
    /// ½ (s − r)² of all ratings: a score is the rating to be expected.
    case squared

    /// Widths of the layers that suit the loss.
    var widths: [Int] { self == .logistic ? [64, 32] : [32, 16] }

    /// λ of the weight decay that suits the loss: ratings are noise for the greater part.
    var weightDecay: Float { self == .logistic ? 0.5 : 3 }

    /// The loss of a score, and its derivative.
    func value(_ score: Float, label: Float) -> (loss: Float, derivative: Float) {
        switch self {
        case .logistic:
            let probability = FloatKernels.logistic(score)
            // −y ln σ(s) − (1 − y) ln σ(−s) = ln(1 + exp(−|s|)) + max(s, 0) − y s, which no s makes infinite.
            let loss = log1p(exp(-abs(score))) + max(score, 0) - label * score
            return (loss, probability - label)
        case .squared:
            let error = score - label
            return (0.5 * error * error, error)
        }
    }
}
