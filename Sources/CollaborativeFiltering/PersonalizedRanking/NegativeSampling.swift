/// Which items a liked one is held against. What the user rated is none of them.
public enum NegativeSampling: String, Sendable, CaseIterable {
    /// Every item alike.
    case uniform
    /// An item as often as it is liked: popular items are told apart, and popularity itself is hardly learned.
    case popular
    /// Of several drawn alike the one with the highest score: teaches the order at the top of the list (dynamic negative
    /// sampling, W. Zhang et al., SIGIR 2013).
    case hard
}

/// A model that learns by triplets, and whose negatives can be chosen.
public protocol DrawsNegatives: CollaborativeModel {
    /// Which items a liked one is held against.
    var negatives: NegativeSampling { get set }
}
