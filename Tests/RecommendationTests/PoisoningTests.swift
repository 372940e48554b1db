import Catalogue
import CollaborativeFiltering
import Diagnostics
import FloatKernels
import Recommendation
import Testing

/// What somebody can do to a catalogue by rating.
@Suite("Bursts of ratings from one user") struct PoisoningTests {
    private let planted: PlantedWorkspace
    private let live: LiveCatalogue

    init() throws {
        let pool = ThreadPool(threads: 2)
        planted = try PlantedWorkspace(items: 60, users: 40)
        _ = try TrainingPipeline(workspace: planted.workspace, pool: pool, monitor: .silent).train(
            .init(dimensions: 4))
        live = try LiveCatalogue(planted.workspace, pool: pool)
        try live.add(.init(item: Item(id: "new", title: "New", year: 1999, genres: ["Drama"])))
        try live.add(.init(item: Item(id: "other", title: "Other", year: 1998, genres: ["Horror"])))
    }

    /// Vector and bias of every item, by id.
    private func places() throws -> [String: [Float]] {
        let snapshot = try #require(live.state.recommender).snapshot
        return Dictionary(
            uniqueKeysWithValues: snapshot.items.indices.map {
                (snapshot.items[$0].item.id, snapshot.table.vectors.row($0) + [snapshot.table.biases[$0]])
            })
    }

    @Test(
        "Of ratings that repeat or contradict each other the last one counts, and nothing else is left of them"
    )
    func contradictions() throws {
        _ = try live.rate([Rating(user: "stranger", item: "new", value: 5, timestamp: 9)])
        let once = try places()
        for round in 0..<50 {
            _ = try live.rate(
                [1, 5, 1e9, -1e9, 2].map {
                    Rating(user: "stranger", item: "new", value: $0, timestamp: Int64(round))
                })
        }
        #expect(try places() != once)
        _ = try live.rate(
            (0..<100).map { _ in Rating(user: "stranger", item: "new", value: 5, timestamp: 9) })
        #expect(try places() == once)
        #expect(try live.state.histories.users(containing: "stranger", after: 0, limit: 2).count == 1)
    }

    @Test(
        "How high a like is, and how often it is said, moves nothing; what is learned, and what is not rated, stays"
    )
    func magnitudes() throws {
        let before = try places()
        _ = try live.rate([Rating(user: "stranger", item: "new", value: 5)])
        let liked = try places()
        #expect(liked["new"] != before["new"])
        _ = try live.rate([Rating(user: "stranger", item: "new", value: 1e9)])
        #expect(try places() == liked)
        #expect(before.filter { $0.key != "new" } == liked.filter { $0.key != "new" })
    }

    /// Rating everything, in whatever way, makes nobody's word on a new item weigh more than those of the users there are.
    @Test(
        "A stranger who rates the whole catalogue moves a new item no further than a user of the model does")
    func wholeCatalogue() throws {
        let start = try #require(try places()["new"])
        func move(by rater: String, afterRating lines: [Rating]) throws -> Float {
            _ = try live.rate(lines + [Rating(user: rater, item: "new", value: 5, timestamp: 1)])
            defer { _ = try? live.delete(item: "new") }
            let end = try #require(try places()["new"])
            return zip(start, end).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
        }
        var known: Float = 0
        for user in 0..<40 {
            known = max(known, try move(by: "u\(user)", afterRating: []))
            try live.add(.init(item: Item(id: "new", title: "New", year: 1999, genres: ["Drama"])))
        }
        #expect(known > 0)
        for pattern in 0..<4 {
            let lines = (0..<60).map {
                Rating(
                    user: "hostile-\(pattern)", item: "i\($0)",
                    value: [5, 2, $0 % 2 == 0 ? 5 : 2, 1e9][pattern])
            }
            // Where it points to makes some difference; how long it is makes none.
            #expect(try move(by: "hostile-\(pattern)", afterRating: lines) < 1.5 * known, "\(pattern)")
            try live.add(.init(item: Item(id: "new", title: "New", year: 1999, genres: ["Drama"])))
        }
    }

    @Test("Somebody of whom nothing is known says less of a new item than the users of the model do")
    func strangers() throws {
        let start = try #require(try places()["new"])
        func move(by rater: String) throws -> Float {
            _ = try live.rate([Rating(user: rater, item: "new", value: 5)])
            let end = try #require(try places()["new"])
            #expect(try live.delete(item: "new"))
            try live.add(.init(item: Item(id: "new", title: "New", year: 1999, genres: ["Drama"])))
            #expect(try places()["new"] == start)
            return zip(start, end).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
        }
        let known = try (0..<40).map { try move(by: "u\($0)") }.sorted()
        #expect(try move(by: "stranger") < known[known.count / 2])
        // Nor does a dislike of theirs raise it.
        _ = try live.rate([Rating(user: "other-stranger", item: "new", value: 1)])
        let disliked = try #require(try places()["new"])
        #expect(try #require(disliked.last) <= (try #require(start.last)) + 1e-6)
    }
}
