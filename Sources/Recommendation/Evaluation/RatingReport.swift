/// How far predicted ratings are from those that users gave, by models and without one.
public struct RatingReport: Sendable, Codable {
    /// One system's figures, over all folds.
    public struct System: Sendable, Codable {
        /// The model's name, or the baseline's.
        public let name: String
        /// Root of the mean squared error, on the scale of the ratings.
        public let rmse: Double
        /// 95 % interval of the RMSE over users.
        public let rmseInterval: Interval
        /// Mean absolute error.
        public let mae: Double
        /// 95 % interval of the mean absolute error over users.
        public let maeInterval: Interval
        /// The RMSE in each fold.
        public let foldRmse: [Double]
        /// RMSE of this system minus that of `reference`; nil for that one.
        public let difference: Evaluation.Difference?
    }

    /// How many parts were held out in turn.
    public let folds: Int
    /// Ratings predicted, over all folds: each once.
    public let ratings: Int
    /// Users who gave them.
    public let users: Int
    /// The system that differences are taken to.
    public let reference: String
    /// The most exact first.
    public let systems: [System]
}
