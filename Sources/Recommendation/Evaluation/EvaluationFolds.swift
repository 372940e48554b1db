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
        return try exam(heldOutItems: foldOfItem.indices.filter { foldOfItem[$0] == fold }) { entry in
            foldOfItem[entry.item] == fold
        }
    }

    /// One of `folds` likes is held out; every item keeps others.
    func holdingRatingsOut(_ fold: Int) throws -> EvaluationExam {
        var generator = RandomGenerator(seed: seed, stream: 600 + UInt64(fold))
        return try exam(heldOutItems: []) { entry in
            catalogue.interactions.isPositive(entry.rating) && generator.index(below: folds) == 0
        }
    }

    private func exam(heldOutItems: [Int], holdsOut: (HistoryEntry) -> Bool) throws -> EvaluationExam {
        let all = catalogue.interactions
        var rows: [Interaction] = []
        var liked = [[Int]](repeating: [], count: all.userCount)
        var seen = [[Int]](repeating: [], count: all.userCount)
        for user in 0..<all.userCount {
            for entry in all.history(ofUser: user) {
                if holdsOut(entry) {
                    if all.isPositive(entry.rating) { liked[user].append(entry.item) }
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
