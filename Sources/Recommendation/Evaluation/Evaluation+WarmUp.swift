import CollaborativeFiltering
import ContentProjection
import Diagnostics
import FloatKernels

extension Evaluation {
    /// Numbers of ratings at which held-out items are ranked.
    private static let ratingCounts = [0, 1, 2, 5, 10, 20]

    /// By content and ratings, by content alone, and by ratings alone: the same fold-in from the mean place.
    func warmUpScores(
        _ exam: EvaluationExam, _ catalogue: RatedCatalogue, seed: UInt64, monitor: WorkMonitor
    ) throws -> [Judged] {
        let cold = try fit(exam, catalogue, seed: seed, monitor: monitor)
        let space = cold.space
        let foldIn = try FoldInTrainer(
            interactions: exam.training, users: space.users,
            userLevels: UserLevels(exam.training, users: space.users, items: space.items) { $0 },
            rows: exam.knownItems, fit: cold.fit, targets: cold.targets, seed: seed, pool: pool,
            monitor: monitor
        ).train()
        let projected = try cold.fit.projection.project(cold.newcomers, pool: pool)
        let content = exam.heldOutItems.indices.map {
            ItemFoldIn.Place(
                vector: projected.vectors.row($0), bias: projected.biases[$0],
                variance: projected.variances[$0])
        }
        let unknown = foldIn.placeOfUnknown
        var generator = RandomGenerator(seed: seed, stream: 510)
        let warmUp = WarmUpExam(catalogue.interactions, items: exam.heldOutItems, using: &generator)
        return Self.ratingCounts.flatMap { count -> [Judged] in
            let evidence = warmUp.revealed.map { raters in
                raters.prefix(count).reduce(into: RatingEvidence()) { evidence, rater in
                    let isLiked = exam.training.isPositive(rater.rating)
                    evidence.add(
                        user: space.users.row(rater.user),
                        expected: foldIn.users.level(ofUser: rater.user, isLiked: isLiked), isLiked: isLiked)
                }
            }
            func judged(_ name: String, _ places: [ItemFoldIn.Place]) -> Judged {
                let rows = places.flatMap { $0.vector + [$0.bias] }
                let placements = Matrix(
                    rows: places.count, columns: space.items.dimensions + 1, elements: rows)
                return (name, count, warmUp.score(placements, users: space.users, pool: pool), [])
            }
            return [
                judged("coldstart", zip(content, evidence).map(foldIn.blend)),
                judged("content alone", content),
                judged("ratings alone", evidence.map { foldIn.blend(unknown, $0) }),
            ]
        }
    }
}
