/// What a rating says about the place of the item that it is of. Found on the catalogue itself; see `FoldInTrainer`.
///
/// A rating by user x = (u, 1) of an item at z = (v, b) counts in two ways:
///
/// - *how much it was liked*: x·z is y, give or take 1/√precision, where y is what the user's scores are on average of
///   items that he liked (`likedScale` times it), or of those that he rated lower;
/// - *who rated*: raters come with a probability that grows as exp(attraction · u·v). In the canonical gauge users have mean
///   0 and covariance 1, so the logarithm of k raters' likelihood is attraction · Σ u·v − k attraction² ‖v‖² / 2, of the
///   normaliser the second order.
package struct FoldInLikelihood: Sendable, Equatable {
    /// The smallest rating that counts as liked.
    package var likedFrom: Float
    /// What an item's first likers expect of it, in units of what they expect of what they like: they are those who waited
    /// for it.
    package var likedScale: Float
    /// 1 / variance of y.
    package var precision: Float
    /// How strongly taste decides who rates an item.
    package var attraction: Float

    package init(likedFrom: Float, likedScale: Float, precision: Float, attraction: Float) {
        self.likedFrom = likedFrom
        self.likedScale = likedScale
        self.precision = precision
        self.attraction = attraction
    }
}
