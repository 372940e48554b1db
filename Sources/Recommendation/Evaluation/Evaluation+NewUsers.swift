import Catalogue
import CollaborativeFiltering
import Diagnostics
import FloatKernels

extension Evaluation {
    /// Numbers of ratings at which held-out users are served.
    private static let firstRatingCounts = [0, 1, 2, 5, 10, 20]

    /// By attributes and ratings, by attributes alone, by ratings alone (the same from the centre), and by popularity,
    /// where one part of the users with all their ratings is held out.
    func newUsers(
        _ catalogue: RatedCatalogue, fold: Int, of folds: Int, seed: UInt64, monitor: WorkMonitor
    ) throws -> [JudgedSystem] {
        guard catalogue.users.count >= folds * 10 else {
            throw Diagnostic(
                .missingInput, code: "evaluate.too_few_users",
                "\(catalogue.users.count) users with ratings are too few for \(folds) folds",
                fix: "give fewer --folds, or import more ratings")
        }
        var generator = RandomGenerator(seed: seed, stream: 520)
        var order = Array(catalogue.users.indices)
        generator.shuffle(&order)
        let isHeld = Set(order.indices.filter { $0 % folds == fold }.map { order[$0] })
        let known = catalogue.users.indices.filter { !isHeld.contains($0) }
        let data = try catalogue.data.selectingUsers(known)
        let training = data.interactions
        let model = models[0]
        let space = try model.fit(data, seed: seed, pool: pool, monitor: monitor)
        let profiles = known.map { catalogue.users[$0].user.attributes }
        let prior = try UserPriorTrainer(space: space, profiles: profiles, pool: pool, monitor: monitor)
            .train {
                try PriorStrengthSearch(
                    model, data, profiles: profiles, seed: seed, pool: pool, monitor: monitor
                ).strength($0)
            }.prior

        let likes = training.likesOfItems
        let newcomers = catalogue.users.indices.filter(isHeld.contains)
        let exam = NewUserExam(
            newcomers.map(catalogue.data.profile), likedFrom: training.positiveThreshold,
            using: &generator)
        let scan = space.scan(pool: pool)
        let beliefs = newcomers.map { prior.taste(of: catalogue.users[$0].user.attributes) }
        let centre = prior.taste(of: [:])
        let popularity = ItemScan(
            ItemTable(vectors: Matrix(rows: likes.count, columns: 1), biases: likes))
        return Self.firstRatingCounts.flatMap { count -> [JudgedSystem] in
            func judged(_ name: String, _ queries: Matrix, _ scan: ItemScan) -> JudgedSystem {
                // A place for every user, as in all tasks, so that the folds of one stay together.
                var scores = [(ndcg: Double, recall: Double)?](repeating: nil, count: catalogue.users.count)
                for (row, score) in exam.score(queries, scan, pool: pool).users.enumerated() {
                    scores[newcomers[exam.users[row]]] = score
                }
                return JudgedSystem(name: name, ratings: count, scores: RankingScores(users: scores))
            }
            func encoded(count: Int, _ prior: (Int) -> TastePrior) -> Matrix {
                exam.encode(space, count: count, pool: pool, prior: prior)
            }
            return [
                judged("profile and ratings", encoded(count: count) { beliefs[$0] }, scan),
                judged("profile alone", encoded(count: 0) { beliefs[$0] }, scan),
                judged("ratings alone", encoded(count: count) { _ in centre }, scan),
                judged("popularity", Matrix(rows: exam.users.count, columns: 1), popularity),
            ]
        }
    }
}

extension InteractionMatrix {
    /// Likes of every item.
    fileprivate var likesOfItems: [Float] {
        zip(ratings.columnIndices, ratings.values).reduce(into: [Float](repeating: 0, count: itemCount)) {
            if isPositive($1.1) { $0[Int($1.0)] += 1 }
        }
    }
}
