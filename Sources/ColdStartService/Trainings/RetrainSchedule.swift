import Recommendation

/// When a retraining begins by itself.
public struct RetrainSchedule: Sendable, Equatable {
    /// After so many new items; nil for never.
    public var afterItems: Int?
    /// After so many new ratings; nil for never.
    public var afterRatings: Int?
    /// After so many hours; nil for never.
    public var everyHours: Double?

    /// Never.
    public init() {}

    /// How much there was when the last training began.
    struct Mark: Sendable {
        var items: Int
        var ratings: Int
        /// In seconds since 1970.
        var time: Int64

        /// Now.
        init(_ state: ServingState, time: Int64) {
            items = state.recommender.map { $0.snapshot.items.count + $0.snapshot.unplacedCount } ?? 0
            ratings = state.histories.ratingCount
            self.time = time
        }

        /// When a version was made.
        init(_ card: ModelCard) {
            items = card.data.items
            ratings = card.data.ratings
            time = card.createdAt
        }
    }

    /// Whether one is due.
    func isDue(since last: Mark, now: Mark) -> Bool {
        if let afterItems, now.items - last.items >= afterItems { return true }
        if let afterRatings, now.ratings - last.ratings >= afterRatings { return true }
        guard let everyHours else { return false }
        return Double(now.time - last.time) >= everyHours * 3600
    }
}
