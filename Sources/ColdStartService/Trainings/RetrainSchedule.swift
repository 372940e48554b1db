import Recommendation

/// When a retraining begins by itself.
struct RetrainSchedule: Sendable {
    private let afterItems: Int
    private let afterRatings: Int
    private let everyHours: Double

    /// As the service is told.
    init(_ configuration: ServiceConfiguration) {
        afterItems = configuration.retrainAfterItems
        afterRatings = configuration.retrainAfterRatings
        everyHours = configuration.retrainEveryHours
    }

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

    /// Whether one is due; by the clock also where the last is of a future that has been set back.
    func isDue(since last: Mark, now: Mark) -> Bool {
        (afterItems > 0 && now.items - last.items >= afterItems)
            || (afterRatings > 0 && now.ratings - last.ratings >= afterRatings)
            || (everyHours > 0 && Double(abs(now.time - last.time)) >= everyHours * 3600)
    }
}
