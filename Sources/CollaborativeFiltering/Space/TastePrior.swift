/// What is believed of a user before the first rating, and how fast ratings take over from it.
///
/// Implicit feedback reads whatever a user has not rated as a weak no. Of somebody with a hundred ratings that says
/// something; of somebody with two it says that he has just come. So after k ratings the unrated items count
///
///     ω = k / (k + halfway)
///
/// of what they count for a trained user, and the prior 1 − ω: a user without ratings stands at `mean`, one with many
/// where his ratings alone put him.
public struct TastePrior: Sendable, Equatable {
    /// Where a user without ratings stands, d values.
    public var mean: [Float]
    /// How fast ratings take over.
    public var strength: Strength

    /// A prior from its parts.
    public init(mean: [Float], strength: Strength) {
        self.mean = mean
        self.strength = strength
    }

    /// How fast ratings take over.
    public struct Strength: Sendable, Equatable {
        /// Ratings after which prior and unrated items count half; positive.
        public var halfway: Float
        /// The prior's precision, in units of what all items together say of a direction on average; positive.
        public var precision: Float

        /// A strength from its parts.
        public init(halfway: Float, precision: Float) {
            self.halfway = halfway
            self.precision = precision
        }

        /// ω after `count` ratings.
        package func share(ofRatings count: Int) -> Float { Float(count) / (Float(count) + halfway) }
    }
}
