import Catalogue
import CollaborativeFiltering
import ContentProjection
import Diagnostics
import FloatKernels

/// One fold as lists are made from it: items held out wholly and placed by content, among all others, of whose ratings some
/// are withheld as well. So what a list does for new items and what that costs known ones is counted in the same likes.
struct ListFold {
    let exam: EvaluationExam
    /// Ratings of known items that were withheld.
    let withheld: [Interaction]
    let users: Matrix
    /// The users as scans ask for them, and what scores where that is more than a product of vectors.
    let queries: Matrix
    let layers: ScoringLayers?
    /// All items; held-out ones where content says.
    let items: ItemTable
    /// Of every item the expected squared error of its score; 0 for known ones.
    let variances: [Float]
    let isNew: [Bool]
    /// The held-out items' places, in their order.
    let content: [ItemFoldIn.Place]
    let foldIn: ItemFoldIn

    /// What every user has rated in the training data, ascending.
    var seen: [[Int32]] { exam.seen.map { $0.map(Int32.init).sorted() } }

    /// The items as candidates of lists.
    func candidates(_ policy: ListPolicy) -> CandidateTable {
        CandidateTable(items, variances: variances, isNew: isNew, policy: policy, layers: layers)
    }
}

extension Evaluation {
    /// Calls `body` with every fold, trained.
    ///
    /// - Parameter onInterrupt: see `forEachFold`.
    func forEachListFold(
        _ catalogue: RatedCatalogue, folds: Int, seed: UInt64, onInterrupt: (Int) -> Void,
        _ body: (ListFold, WorkMonitor) throws -> Void
    ) throws {
        let division = try EvaluationFolds(catalogue, folds: folds, seed: seed)
        try forEachFold(folds, onInterrupt: onInterrupt) { fold, monitor in
            var generator = RandomGenerator(seed: seed, stream: 800 + UInt64(fold))
            let (exam, withheld) = try division.holdingItemsOut(fold)
                .withholding(oneIn: folds, using: &generator)
            try body(try train(exam, withheld, catalogue, seed: seed, monitor: monitor), monitor)
        }
    }

    private func train(
        _ exam: EvaluationExam, _ withheld: [Interaction], _ catalogue: RatedCatalogue, seed: UInt64,
        monitor: WorkMonitor
    ) throws -> ListFold {
        let fold = try FoldFit(
            models[0],
            exam, catalogue, ContentReader(posters: workspace.posters, pool: pool), trainsNetwork: false,
            seed: seed, pool: pool, monitor: monitor)
        let (space, projected) = (fold.space, fold.projected)
        let foldIn = try fold.foldIn(seed: seed, pool: pool, monitor: monitor)
        var variances = [Float](repeating: 0, count: space.items.count)
        var isNew = [Bool](repeating: false, count: space.items.count)
        for (row, item) in exam.heldOutItems.enumerated() {
            variances[item] = projected.variances[row]
            isNew[item] = true
        }
        return ListFold(
            exam: exam, withheld: withheld, users: space.users, queries: space.queries,
            layers: space.layers,
            items: exam.table(space.items, placing: ItemTable(projected)),
            variances: variances, isNew: isNew,
            content: fold.contentPlaces, foldIn: foldIn)
    }
}

extension EvaluationExam {
    /// The same with one in so many ratings of known items withheld from training and asked for as well. Every item keeps
    /// one at least.
    fileprivate func withholding(
        oneIn share: Int, using generator: inout RandomGenerator
    ) throws -> (exam: EvaluationExam, withheld: [Interaction]) {
        var counts = ratingCounts
        var (kept, withheld): ([Interaction], [Interaction]) = ([], [])
        var (liked, seen) = (liked, [[Int]](repeating: [], count: training.userCount))
        for user in 0..<training.userCount {
            for entry in training.history(ofUser: user) {
                let row = Interaction(
                    user: user, item: entry.item, rating: entry.rating, timestamp: entry.timestamp)
                if generator.index(below: share) == 0 && counts[entry.item] > 1 {
                    counts[entry.item] -= 1
                    withheld.append(row)
                    if training.isPositive(entry.rating) { liked[user].append(entry.item) }
                } else {
                    kept.append(row)
                    seen[user].append(entry.item)
                }
            }
        }
        let training = try InteractionMatrix(
            userCount: training.userCount, itemCount: training.itemCount,
            positiveThreshold: training.positiveThreshold, rows: kept)
        return (
            EvaluationExam(
                training: training, heldOutItems: heldOutItems, knownItems: knownItems,
                order: order, liked: liked, seen: seen), withheld
        )
    }
}
