import Catalogue
import CollaborativeFiltering
import Diagnostics
import FloatKernels
import Foundation
import Recommendation
import Testing

/// A model that scores by layers, through all that makes lists: every list is that of the scores of single pairs.
@Suite struct LayeredModelTests {
    private let pool = ThreadPool(threads: 2)

    /// A trained workspace, whose last item came after training.
    private func trained(_ loss: NetworkLoss? = nil) throws -> (PlantedWorkspace, Recommender, LearnedSpace) {
        let planted = try PlantedWorkspace(items: 60, users: 40)
        _ = try TrainingPipeline(workspace: planted.workspace, pool: pool, monitor: .silent)
            .train(.init(model: "mlp", loss: loss, dimensions: 8, epochs: 20))
        try ItemPlacement(workspace: planted.workspace, pool: pool).add([
            .init(item: Item(id: "late", title: "Late", year: 2000, genres: ["Drama"]))
        ])
        let model = try TrainedModel.open(ModelStore(directory: planted.workspace.modelsDirectory))
        let snapshot = try Snapshot(planted.workspace.catalogue, model)
        return (
            planted, Recommender(snapshot: snapshot, store: planted.workspace.catalogue, pool: pool),
            try model.collaborative()
        )
    }

    /// Scores of every user and every row of the snapshot, by the layers alone.
    private func scores(_ recommender: Recommender, _ learned: LearnedSpace) throws -> [String: [Float]] {
        #expect(learned.space.layers != nil)
        let scan = learned.space.scan(recommender.snapshot.table)
        return Dictionary(
            uniqueKeysWithValues: learned.userIDs.enumerated().map {
                ($1, scan.scores(query: learned.space.queries.row($0)))
            })
    }

    private func titles(_ scores: [Float], _ snapshot: Snapshot, without seen: Set<Int>, count: Int)
        -> [String]
    {
        scores.indices.filter { !seen.contains($0) }.sorted { (scores[$1], $0) < (scores[$0], $1) }.prefix(
            count
        )
        .map { snapshot.items[$0].item.id }
    }

    private func seen(_ id: String, _ recommender: Recommender, _ workspace: Workspace) throws -> Set<Int> {
        let user = try #require(try workspace.catalogue.user(id: id))
        return Set(
            try workspace.catalogue.ratings(ofUser: user.key).compactMap {
                recommender.snapshot.row(ofKey: $0.itemKey)
            })
    }

    @Test func listsAreThoseOfTheLayers() throws {
        let (planted, recommender, learned) = try trained()
        let scores = try scores(recommender, learned)
        var text = ""
        _ = try BatchRecommender(recommender, count: 5, filter: ItemFilter()).run {
            text += String(decoding: $0, as: UTF8.self)
        }
        let lines = text.split(separator: "\n").dropFirst().map { $0.split(separator: ",") }
        for id in ["u0", "u1", "u17"] {
            let list = try recommender.recommend(toUser: id, count: 5, filter: ItemFilter()).list
            let own = try #require(scores[id])
            let expected = titles(
                own, recommender.snapshot, without: try seen(id, recommender, planted.workspace), count: 5)
            #expect(list.map(\.itemId) == expected)
            #expect(lines.filter { $0[0] == id }.map { String($0[1]) } == expected)
            for line in list {
                let row = try #require(recommender.snapshot.row(ofItem: line.itemId))
                #expect(abs(line.score - own[row]) < 1e-4)
            }
        }
    }

    @Test func aPolicyShiftsTheScoresOfTheLayers() throws {
        let (planted, recommender, learned) = try trained()
        let scores = try #require(try scores(recommender, learned)["u3"])
        let snapshot = recommender.snapshot
        let values = scores.indices.map {
            scores[$0] + 3 * snapshot.items[$0].variance.squareRoot() - 0.5 * snapshot.table.biases[$0]
        }
        let list = try recommender.recommend(
            toUser: "u3", count: 6, filter: ItemFilter(),
            policy: ListPolicy(exploration: 3, popularityCorrection: 0.5)
        ).list
        #expect(
            list.map(\.itemId)
                == titles(values, snapshot, without: try seen("u3", recommender, planted.workspace), count: 6)
        )
        for line in list {
            let row = try #require(snapshot.row(ofItem: line.itemId))
            #expect(abs(line.score - scores[row]) < 1e-4)
        }
    }

    @Test func theAudienceIsThatOfTheLayers() throws {
        let (_, recommender, learned) = try trained()
        let scores = try scores(recommender, learned)
        let row = try #require(recommender.snapshot.row(ofItem: "late"))
        let audience = try recommender.audience(ofItem: "late", count: 40)
        #expect(audience.count == 40)
        for member in audience {
            #expect(abs(member.score - (scores[member.userId]?[row] ?? .infinity)) < 1e-4)
        }
        #expect(zip(audience, audience.dropFirst()).allSatisfy { $0.score >= $1.score })
    }

    @Test func newItemsGetTheirImpressions() throws {
        let (_, recommender, _) = try trained()
        let report = try BatchRecommender(
            recommender, count: 5, filter: ItemFilter(), policy: ListPolicy(impressions: 7)
        ).run { _ in }
        #expect(report.shortItems == 0 && report.fewest >= 7)
    }

    @Test func aUserWhoCameLaterGetsAListOfHisKind() throws {
        let (planted, _, _) = try trained()
        let workspace = planted.workspace
        let liked = try workspace.catalogue.items().filter { $0.item.genres == ["Horror"] }.prefix(6)
        try workspace.catalogue.write { transaction in
            try transaction.upsert(User(id: "newcomer"))
            for item in liked {
                try transaction.rate(Rating(user: "newcomer", item: item.item.id, value: 5))
            }
        }
        let model = try TrainedModel.open(ModelStore(directory: workspace.modelsDirectory))
        let recommender = Recommender(
            snapshot: try Snapshot(workspace.catalogue, model), store: workspace.catalogue, pool: pool)
        let list = try recommender.recommend(toUser: "newcomer", count: 4, filter: ItemFilter()).list
        let genres = list.compactMap { line in
            recommender.snapshot.row(ofItem: line.itemId).map {
                recommender.snapshot.items[$0].item.genres[0]
            }
        }
        #expect(genres.count { $0 == "Horror" } >= 3)
    }

    @Test func evaluationJudgesByTheLayers() throws {
        let planted = try PlantedWorkspace(items: 120, users: 60)
        let report = try Evaluation(
            workspace: planted.workspace, models: ["mlp"], pool: pool, monitor: .silent
        )
        .run([.cold, .warm], folds: 2, seed: 1)
        for task in report.tasks {
            let scores = Dictionary(uniqueKeysWithValues: task.systems.map { ($0.name, $0.score.ndcg20) })
            let own = scores[task.task == .warm ? "mlp" : "coldstart"] ?? 0
            #expect(own > 1.5 * (scores["random"] ?? 1))
        }
    }

    @Test func squaredScoresAreRatings() throws {
        let (_, recommender, learned) = try trained(.squared)
        let all = try scores(recommender, learned).values.joined()
        #expect(all.allSatisfy { $0 > 0 && $0 < 7 })
    }
}
