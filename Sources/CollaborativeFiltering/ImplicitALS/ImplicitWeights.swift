/// How a rating becomes a preference y and a confidence c (Hu, Koren and Volinsky 2008, equation 2).
///
/// Every pair of a user and an item counts: a pair without a rating has y = 0 and c = 1.
struct ImplicitWeights {
    /// The smallest rating that counts as liked.
    var threshold: Float
    /// c of a liked item, whose y is 1.
    var likedConfidence: Float
    /// y of a rated item that was not liked, whose c is 1.
    var otherPreference: Float

    /// Whether `rating` has more than the confidence of a pair without a rating.
    func isLiked(_ rating: Float) -> Bool { rating >= threshold }

    /// c.
    func confidence(_ rating: Float) -> Float { isLiked(rating) ? likedConfidence : 1 }

    /// c · y, the weight of the item's vector on the right side of the normal equations.
    func weightedPreference(_ rating: Float) -> Float {
        isLiked(rating) ? likedConfidence : otherPreference
    }

    /// c · y², the share of a rating in the loss of a score of 0.
    func lossAtZero(_ rating: Float) -> Float {
        isLiked(rating) ? likedConfidence : otherPreference * otherPreference
    }
}
