import CollaborativeFiltering
import ContentProjection
import Diagnostics
import FloatKernels

extension Evaluation {
    /// Numbers of ratings at which held-out items are ranked.
    private static let ratingCounts = [0, 1, 2, 5, 10, 20]

    /// By content and ratings, by content alone, by ratings alone (the same fold-in from the mean place), by the linear map
    /// from content, and by the likes among the ratings.
    func warmUp(
        _ fold: FoldFit, _ catalogue: RatedCatalogue, seed: UInt64, monitor: WorkMonitor
    ) throws -> [JudgedSystem] {
        let (exam, space) = (fold.exam, fold.space)
        let foldIn = try fold.foldIn(seed: seed, pool: pool, monitor: monitor)
        let content = fold.contentPlaces
        let unknown = foldIn.placeOfUnknown
        var generator = RandomGenerator(seed: seed, stream: 510)
        let warmUp = WarmUpExam(catalogue.interactions, items: exam.heldOutItems, using: &generator)
        // Items with as many likes stand in the order of chance.
        let chance = exam.heldOutItems.map { _ in generator.uniform() }
        func judged(_ placements: Matrix) -> RankingScores {
            warmUp.score(placements, users: space.users, pool: pool)
        }
        let (byContent, byRidge) = (judged(Matrix(places: content)), judged(fold.ridge))
        var systems: [JudgedSystem] = []
        for (done, count) in Self.ratingCounts.enumerated() {
            try monitor.report("Judging lists", done, of: Self.ratingCounts.count, note: "\(count) ratings")
            let ratings = warmUp.revealed.map { $0.prefix(count) }
            let said = ratings.map { evidence($0, exam, space.users, foldIn) }
            var popularity = Matrix(rows: ratings.count, columns: space.items.dimensions + 1)
            for (row, raters) in ratings.enumerated() {
                popularity[row, space.items.dimensions] =
                    Float(raters.count { exam.training.isPositive($0.rating) }) + chance[row]
            }
            systems += [
                JudgedSystem(
                    name: "coldstart", ratings: count,
                    scores: judged(Matrix(places: zip(content, said).map(foldIn.blend)))),
                JudgedSystem(name: "content alone", ratings: count, scores: byContent),
                JudgedSystem(name: "linear ridge", ratings: count, scores: byRidge),
                JudgedSystem(
                    name: "ratings alone", ratings: count,
                    scores: judged(Matrix(places: said.map { foldIn.blend(unknown, $0) }))),
                JudgedSystem(name: "popularity", ratings: count, scores: judged(popularity)),
            ]
        }
        try monitor.report("Judging lists", Self.ratingCounts.count, of: Self.ratingCounts.count)
        return systems
    }

    private func evidence(
        _ ratings: ArraySlice<(user: Int, rating: Float)>, _ exam: EvaluationExam, _ users: Matrix,
        _ foldIn: ItemFoldIn
    ) -> RatingEvidence {
        ratings.reduce(into: RatingEvidence()) { evidence, rater in
            let isLiked = exam.training.isPositive(rater.rating)
            evidence.add(
                user: users.row(rater.user),
                expected: foldIn.users.level(ofUser: rater.user, isLiked: isLiked), isLiked: isLiked)
        }
    }
}

extension Matrix {
    /// Vector, then bias, a row each.
    fileprivate init(places: [ItemFoldIn.Place]) {
        let columns = (places.first?.vector.count ?? 0) + 1
        self.init(rows: places.count, columns: columns, elements: places.flatMap { $0.vector + [$0.bias] })
    }
}
