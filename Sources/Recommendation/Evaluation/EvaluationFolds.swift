import CollaborativeFiltering
import Diagnostics
import FloatKernels

/// How the rated items, or for the warm task the ratings, are divided.
struct EvaluationFolds {
    private let catalogue: RatedCatalogue
    private let folds: Int
    /// Fold of every item.
    private let foldOfItem: [Int]
    /// All items in random order.
    private let order: [Int]
    private let seed: UInt64

    /// - Throws: `evaluate.too_few_items`.
    init(_ catalogue: RatedCatalogue, folds: Int, seed: UInt64) throws {
        guard catalogue.rated.count >= folds * 10 else {
            throw Diagnostic(
                .missingInput, code: "evaluate.too_few_items",
                "\(catalogue.rated.count) rated items are too few for \(folds) folds",
                fix: "give fewer --folds, or import more ratings")
        }
        self.catalogue = catalogue
        self.folds = folds
        self.seed = seed
        var order = Array(catalogue.rated.indices)
        var generator = RandomGenerator(seed: seed, stream: 500)
        generator.shuffle(&order)
        var foldOfItem = [Int](repeating: 0, count: order.count)
        for (position, item) in order.enumerated() { foldOfItem[item] = position % folds }
        self.foldOfItem = foldOfItem
        self.order = order
    }

    /// The items of one fold are held out, with all their ratings.
    func holdingItemsOut(_ fold: Int) throws -> EvaluationExam {
        let foldOfItem = foldOfItem
        return try exam(heldOutItems: foldOfItem.indices.filter { foldOfItem[$0] == fold }) { _, entry in
            foldOfItem[entry.item] == fold
        }
    }

    /// One of `folds` likes is held out; every item keeps others.
    func holdingRatingsOut(_ fold: Int) throws -> EvaluationExam {
        var generator = RandomGenerator(seed: seed, stream: 600 + UInt64(fold))
        return try exam(heldOutItems: []) { _, entry in
            catalogue.interactions.isPositive(entry.rating) && generator.index(below: folds) == 0
        }
    }

    /// The last item of every user is held out, whatever its rating: of those of the same second a random one. Users of less
    /// than two ratings with a time keep all.
    func holdingLastItemsOut() throws -> EvaluationExam {
        let all = catalogue.interactions
        var generator = RandomGenerator(seed: seed, stream: 560)
        let last: [Int?] = (0..<all.userCount).map { user in
            var timed = all.history(ofUser: user).filter { $0.timestamp != nil }
            generator.shuffle(&timed)
            let latest = timed.max { ($0.timestamp ?? 0) < ($1.timestamp ?? 0) }
            return timed.count >= 2 ? latest?.item : nil
        }
        guard last.contains(where: { $0 != nil }) else {
            throw Diagnostic(
                .missingInput, code: "evaluate.no_times", "no user has two ratings with a time",
                fix: "import ratings with a timestamp column, in seconds since 1970")
        }
        return try exam(heldOutItems: [], judgesAllRatings: true) { user, entry in last[user] == entry.item }
    }

    /// - Parameter judgesAllRatings: whether what is held out is to be found without having been liked.
    private func exam(
        heldOutItems: [Int], judgesAllRatings: Bool = false, holdsOut: (Int, HistoryEntry) -> Bool
    ) throws -> EvaluationExam {
        let all = catalogue.interactions
        var rows: [Interaction] = []
        var liked = [[Int]](repeating: [], count: all.userCount)
        var seen = [[Int]](repeating: [], count: all.userCount)
        for user in 0..<all.userCount {
            for entry in all.history(ofUser: user) {
                if holdsOut(user, entry) {
                    if judgesAllRatings || all.isPositive(entry.rating) { liked[user].append(entry.item) }
                } else {
                    seen[user].append(entry.item)
                    rows.append(
                        Interaction(
                            user: user, item: entry.item, rating: entry.rating, timestamp: entry.timestamp))
                }
            }
        }
        let training = try InteractionMatrix(
            userCount: all.userCount, itemCount: all.itemCount, positiveThreshold: all.positiveThreshold,
            rows: rows)
        let isHeld = Set(heldOutItems)
        return EvaluationExam(
            training: training, heldOutItems: heldOutItems,
            knownItems: foldOfItem.indices.filter { !isHeld.contains($0) }, order: order, liked: liked,
            seen: seen)
    }
}
