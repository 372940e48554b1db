import Diagnostics

/// What a list is to do besides naming the items with the highest scores. Everything is off unless asked for.
public struct ListPolicy: Sendable, Equatable {
    /// How many standard deviations of its score a new item is given in advance, from 0: an upper confidence bound (Auer
    /// 2002; with linear scores Li et al. 2010), so that ratings are collected where they teach most.
    public let exploration: Float
    /// How much being unlike the rest of the list counts beside the score, 0 to 1 (see `MarginalRelevance`).
    public let diversity: Float
    /// How much of an item's popularity is taken out of its score, 0 to 1.
    ///
    /// In the canonical gauge an item's bias is its mean score over all users. At 1 only what sets the user apart from them
    /// decides (on the bias of recommenders towards what is popular: Steck 2011, Abdollahpouri et al. 2019).
    public let popularityCorrection: Float
    /// On how many lists of a batch every new item stands at least (see `ImpressionPlan`).
    public let impressions: Int

    /// The highest scores and nothing else.
    public static let plain = ListPolicy(unchecked: ())

    /// - Throws: `recommend.explore`, `recommend.diversity`, `recommend.popularity_correction` or `recommend.impressions`
    ///   where a value is out of its range, which the message names.
    public init(
        exploration: Float = 0, diversity: Float = 0, popularityCorrection: Float = 0, impressions: Int = 0
    ) throws {
        func check(_ isValid: Bool, _ name: String, _ range: String) throws {
            guard !isValid else { return }
            throw Diagnostic(
                .usage, code: "recommend.\(name)",
                "\(name.split(separator: "_").joined(separator: " ")) is a number \(range)",
                fix: "give one of that range, or leave it out")
        }
        try check(Self.explorations.contains(Double(exploration)), "explore", "from 0 to 100")
        try check(Self.shares.contains(Double(diversity)), "diversity", "from 0 to 1")
        try check(
            Self.shares.contains(Double(popularityCorrection)), "popularity_correction", "from 0 to 1")
        try check(impressions >= 0, "impressions", "from 0")
        self.exploration = exploration
        self.diversity = diversity
        self.popularityCorrection = popularityCorrection
        self.impressions = impressions
    }

    private init(unchecked: Void) {
        (exploration, diversity, popularityCorrection, impressions) = (0, 0, 0, 0)
    }

    /// What exploration may be: beyond this every new item is above every other.
    public static let explorations = 0.0...100.0
    /// What diversity and the correction of popularity may be.
    public static let shares = 0.0...1.0

    /// Whether one user's list is any but the plain one.
    var changesLists: Bool { changesValues || diversity > 0 }

    /// Whether items are valued by anything but their scores.
    var changesValues: Bool { exploration > 0 || popularityCorrection > 0 }
}
