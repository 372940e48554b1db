extension Evaluation {
    /// One system's figures.
    public struct System: Sendable, Codable {
        /// `coldstart`, or the baseline's name.
        public let name: String
        /// Ratings that every held-out item had, for `warm-up`.
        public let ratings: Int?
        /// How evenly the held-out items are shown among all others, for `mixed`.
        public let exposure: Exposure?
        /// Means over all folds.
        public let score: RankingScore
        /// 95 % interval of the NDCG over users.
        public let interval: Interval
        /// The NDCG in each fold: other held-out items, and a model that learned from other ones.
        public let foldNdcg20: [Double]
        /// This system minus the one that `Result.reference` names (with as many ratings); nil for that one.
        public let difference: Difference?

        /// The lowest and the highest fold.
        public var foldRange: Interval {
            Interval(low: foldNdcg20.min() ?? 0, high: foldNdcg20.max() ?? 0)
        }
    }

    /// A difference of NDCG, paired list by list.
    public struct Difference: Sendable, Codable, Equatable {
        /// Over all lists.
        public let mean: Double
        /// 95 % interval over users.
        public let interval: Interval

        /// Whether the interval leaves out zero.
        public var isBeyondNoise: Bool { interval.low > 0 || interval.high < 0 }
    }

    /// The table of one task.
    public struct Result: Sendable, Codable {
        /// What competed with what.
        public let task: Task
        /// How many parts were held out in turn.
        public let folds: Int
        /// Lists judged, over all folds.
        public let users: Int
        /// The system that differences are taken to.
        public let reference: String
        /// The best first; for `warm-up` by the number of ratings, for `content` by what was looked at.
        public let systems: [System]
    }

    /// The tables of several tasks on one division.
    public struct Report: Sendable, Codable {
        /// What the division was made of.
        public struct Data: Sendable, Codable {
            /// Users with ratings.
            public let users: Int
            /// Items with ratings.
            public let items: Int
            /// Ratings.
            public let ratings: Int
            /// Ratings from here on count as liked.
            public let positiveThreshold: Float
        }

        /// How many parts were held out in turn.
        public let folds: Int
        /// Seed of the division.
        public let seed: UInt64
        /// What was divided.
        public let data: Data
        /// A table each, in the order of `Task`.
        public let tasks: [Result]
    }
}
