import CollaborativeFiltering
import FloatKernels

/// Errors of the systems, user by user, fold after fold.
struct RatingTally {
    private let users: Int
    private var names: [String] = []
    /// By system, then user: over all folds.
    private var squares: [[Double]] = [], sizes: [[Double]] = []
    private var foldErrors: [[Double]] = []
    /// Ratings of every user that the first system has predicted.
    private var counts: [Double]

    init(users: Int) {
        self.users = users
        counts = [Double](repeating: 0, count: users)
    }

    /// - Parameter prediction: for a user, what he is expected to rate an item.
    mutating func add(
        _ name: String, _ held: [[HistoryEntry]], _ training: InteractionMatrix,
        prediction: (Int) -> (Int) -> Float
    ) {
        var place = names.firstIndex(of: name) ?? names.count
        if place == names.count {
            names.append(name)
            squares.append([Double](repeating: 0, count: users))
            sizes.append([Double](repeating: 0, count: users))
            foldErrors.append([])
            place = names.count - 1
        }
        let (lowest, highest) = (training.ratings.values.min() ?? 0, training.ratings.values.max() ?? 0)
        var (sum, count) = (0.0, 0.0)
        for user in held.indices where !held[user].isEmpty {
            let rating = prediction(user)
            for entry in held[user] {
                let error = Double(min(max(rating(entry.item), lowest), highest) - entry.rating)
                squares[place][user] += error * error
                sizes[place][user] += abs(error)
                sum += error * error
            }
            count += Double(held[user].count)
            if place == 0 { counts[user] += Double(held[user].count) }
        }
        foldErrors[place].append((sum / max(count, 1)).squareRoot())
    }

    func report(folds: Int, reference: String, seed: UInt64) -> RatingReport {
        var generator = RandomGenerator(seed: seed, stream: 521)
        let total = max(counts.reduce(0, +), 1)
        let roots = Bootstrap(sums: squares, counts: counts, using: &generator).ofRoots
        let means = Bootstrap(sums: sizes, counts: counts, using: &generator)
        let errors = squares.map { ($0.reduce(0, +) / total).squareRoot() }
        let other = names.firstIndex(of: reference) ?? 0
        let systems = names.indices.map { place in
            RatingReport.System(
                name: names[place], rmse: errors[place], rmseInterval: roots.interval(of: place),
                mae: sizes[place].reduce(0, +) / total, maeInterval: means.interval(of: place),
                foldRmse: foldErrors[place],
                difference: place == other
                    ? nil
                    : Evaluation.Difference(
                        mean: errors[place] - errors[other],
                        interval: roots.interval(of: place, minus: other)))
        }
        return RatingReport(
            folds: folds, ratings: Int(total), users: counts.count { $0 > 0 }, reference: reference,
            systems: systems.sorted { $0.rmse < $1.rmse })
    }
}
