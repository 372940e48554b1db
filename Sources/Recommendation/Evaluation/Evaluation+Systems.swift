import Catalogue
import CollaborativeFiltering
import ContentProjection
import Diagnostics
import FloatKernels

extension Evaluation {
    /// A system by name, and its scores of all items for a user.
    private typealias Scores = (name: String, scores: @Sendable (Int) -> [Float])

    /// Held-out items among themselves, and together with all others: scored once, judged twice.
    func coldAndMixed(
        _ fold: FoldFit, _ catalogue: RatedCatalogue, seed: UInt64, monitor: WorkMonitor
    ) throws -> (cold: [JudgedSystem], mixed: [JudgedSystem]) {
        let exam = fold.exam
        let queries = fold.space.queries
        let content = fold.space.scan(
            exam.table(fold.space.items, placing: ItemTable(fold.projected)), pool: pool)
        let linear = fold.space.scan(
            exam.table(fold.space.items, placing: ItemTable(placements: fold.ridge)), pool: pool)
        let neighbours = fold.neighbours
        let genres = exam.genrePopularity(catalogue.rated.map(\.item.genres), of: exam.heldOutItems)
        let popularity = exam.popularity
        let systems: [Scores] = [
            ("coldstart", { content.scores(query: queries.row($0)) }),
            ("linear ridge", { linear.scores(query: queries.row($0)) }),
            ("content neighbours", { neighbours.scores(liking: exam.likes(ofUser: $0)) }),
            ("genre popularity", { _ in genres }),
            random(catalogue.rated.count, seed: seed),
            ("popularity", { _ in popularity }),
        ]
        let judged = try judge(systems, exam, among: [exam.heldOutInOrder, exam.order], monitor: monitor)
        // Nobody has liked a held-out item yet: among themselves, popularity is the order of chance.
        return (judged[0].filter { $0.name != "popularity" }, judged[1])
    }

    /// Held-out ratings of known items, by collaborative models and without one.
    func judgeKnownItems(
        _ exam: EvaluationExam, _ catalogue: RatedCatalogue, _ neighbours: ContentNeighbours, seed: UInt64,
        monitor: WorkMonitor
    ) throws -> [JudgedSystem] {
        let popularity = exam.popularity
        let genres = exam.genrePopularity(catalogue.rated.map(\.item.genres), of: exam.knownItems)
        let systems: [Scores] = [
            ("popularity", { _ in popularity }),
            ("genre popularity", { _ in genres }),
            ("content neighbours", { neighbours.scores(liking: exam.likes(ofUser: $0)) }),
            random(catalogue.rated.count, seed: seed),
        ]
        return try judge(
            systems + fitted(exam, catalogue, seed: seed, monitor: monitor), exam, among: [exam.order],
            monitor: monitor)[0]
    }

    /// The item that every user rated last, by collaborative models and by the number of ratings.
    func judgeNextItems(
        _ exam: EvaluationExam, _ catalogue: RatedCatalogue, seed: UInt64, monitor: WorkMonitor
    ) throws -> [JudgedSystem] {
        let counts = exam.ratingCounts.map(Float.init)
        let popularity: Scores = ("popularity", { _ in counts })
        return try judge(
            [popularity] + fitted(exam, catalogue, seed: seed, monitor: monitor), exam, among: [exam.order],
            monitor: monitor)[0]
    }

    /// The collaborative models, fitted to the training data.
    private func fitted(
        _ exam: EvaluationExam, _ catalogue: RatedCatalogue, seed: UInt64, monitor: WorkMonitor
    ) throws -> [Scores] {
        try models.map { model -> Scores in
            let space = try model.fit(
                catalogue.data.replacing(exam.training), seed: seed, pool: pool, monitor: monitor)
            let (scan, queries) = (space.scan(pool: pool), space.queries)
            return (type(of: model).name, { scan.scores(query: queries.row($0)) })
        }
    }

    /// What lists are worth that know some of the content only.
    func ablation(_ fold: FoldFit, seed: UInt64, monitor: WorkMonitor) throws -> [JudgedSystem] {
        let exam = fold.exam
        let queries = fold.space.queries
        var known: [Set<String>: RankingScores] = [:]
        let ablation = ContentAblation(kinds: fold.content.kinds(pool: pool))
        return try ablation.rows.enumerated().map { place, row in
            let scores =
                try known[row.kinds]
                ?? {
                    let trainer = ProjectionTrainer(
                        options: .init(content: row.kinds), seed: seed, pool: pool,
                        monitor: monitor.prefixing("\(row.name): "))
                    let projected = try trainer.fit(fold.content).projection.project(
                        fold.newcomers, pool: pool)
                    let scan = fold.space.scan(
                        exam.table(fold.space.items, placing: ItemTable(projected)), pool: pool)
                    return exam.judge(
                        { scan.scores(query: queries.row($0)) }, among: [exam.heldOutInOrder], pool: pool
                    )[0].scores
                }()
            known[row.kinds] = scores
            return JudgedSystem(name: row.name, scores: scores)
        }
    }

    /// Systems by the list of candidates that they were judged on.
    private func judge(
        _ systems: [Scores], _ exam: EvaluationExam, among candidates: [[Int]], monitor: WorkMonitor
    ) throws -> [[JudgedSystem]] {
        var judged = [[JudgedSystem]](repeating: [], count: candidates.count)
        for (done, system) in systems.enumerated() {
            try monitor.report("Judging lists", done, of: systems.count, "systems", note: system.name)
            for (place, found) in exam.judge(system.scores, among: candidates, pool: pool).enumerated() {
                judged[place].append(
                    JudgedSystem(name: system.name, scores: found.scores, shown: found.shown))
            }
        }
        try monitor.report("Judging lists", systems.count, of: systems.count, "systems")
        return judged
    }

    private func random(_ count: Int, seed: UInt64) -> Scores {
        (
            "random",
            { user in
                var generator = RandomGenerator(seed: seed, stream: 1_000 + UInt64(user))
                return (0..<count).map { _ in generator.uniform() }
            }
        )
    }
}

extension ItemTable {
    /// Places by content.
    init(_ projected: Projected) {
        self.init(vectors: projected.vectors, biases: projected.biases)
    }
}
