import Catalogue
import CollaborativeFiltering
import Diagnostics
import FloatKernels
import Recommendation
import Testing

@Suite("What an item is like") struct SimilarItemsTests {
    private let planted: PlantedWorkspace
    private let recommender: Recommender

    init() throws {
        planted = try PlantedWorkspace()
        let pool = ThreadPool(threads: 1)
        _ = try TrainingPipeline(workspace: planted.workspace, pool: pool, monitor: .silent).train(
            .init(dimensions: 4))
        let model = try TrainedModel.open(ModelStore(directory: planted.workspace.modelsDirectory))
        recommender = Recommender(
            snapshot: try Snapshot(planted.workspace.catalogue, model), store: planted.workspace.catalogue,
            pool: pool)
    }

    /// The metrics as they are defined, in double precision; larger is nearer.
    private func similarity(_ metric: Recommender.Metric, _ a: [Double], _ b: [Double]) -> Double {
        func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
        return switch metric {
        case .dot: dot(a, b)
        case .cosine: dot(a, b) / (dot(a, a) * dot(b, b)).squareRoot()
        case .euclidean: -zip(a, b).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
        }
    }

    @Test(arguments: Recommender.Metric.allCases)
    func neighboursAreThoseOfTheMetric(metric: Recommender.Metric) throws {
        let snapshot = recommender.snapshot
        let vectors = snapshot.items.indices.map { snapshot.table.vectors.row($0).map(Double.init) }
        for row in stride(from: 0, to: vectors.count, by: 17) {
            let id = snapshot.items[row].item.id
            let expected = vectors.indices.filter { $0 != row }
                .map { (snapshot.items[$0].item.id, similarity(metric, vectors[row], vectors[$0])) }
                .sorted { $0.1 > $1.1 }
            let found = try recommender.neighbours(ofItem: id, count: 7, metric: metric)
            #expect(found.map(\.itemId) == expected.prefix(7).map(\.0))
            for (neighbour, wanted) in zip(found, expected) {
                #expect(abs(Double(neighbour.similarity) - wanted.1) < 1e-5 * max(1, abs(wanted.1)))
            }
        }
    }

    /// Each asks something else, so that none can stand in for another.
    @Test func theMetricsDisagree() throws {
        let lists = try Recommender.Metric.allCases.map { metric in
            try stride(from: 0, to: recommender.snapshot.items.count, by: 17).map { row in
                try recommender.neighbours(
                    ofItem: recommender.snapshot.items[row].item.id, count: 7, metric: metric
                ).map(\.itemId)
            }
        }
        #expect(Set(lists).count == 3)
    }

    @Test func likeAnItemAreThoseOfItsGenre() throws {
        let snapshot = recommender.snapshot
        for metric in [Recommender.Metric.cosine, .euclidean] {
            var (own, all) = (0, 0)
            for entry in snapshot.items {
                let genres = Set(entry.item.genres)
                for neighbour in try recommender.neighbours(
                    ofItem: entry.item.id, count: 5, metric: metric)
                {
                    let row = try #require(snapshot.row(ofItem: neighbour.itemId))
                    own += genres.isDisjoint(with: snapshot.items[row].item.genres) ? 0 : 1
                    all += 1
                }
            }
            // One of four genres by chance.
            #expect(Double(own) > 0.7 * Double(all), "\(metric): \(own) of \(all)")
        }
    }
}
