import Catalogue
import CollaborativeFiltering
import ContentProjection
import Diagnostics
import FloatKernels
import ItemContent
import Recommendation
import Synchronization
import Testing

/// Catalogues from which little or nothing can be learned: a training ends with a model that answers in numbers, or refuses.
@Suite("Numbers stay numbers") struct NumericalSafetyTests {
    /// What the ratings of a catalogue may be.
    enum Ratings: String, CaseIterable {
        case oneUser, allEqual, everyPairEqual, allZero, farApart, vanishing

        /// Lines of ratings by 12 users of 24 items.
        var lines: [String] {
            var generator = RandomGenerator(seed: 5)
            return (0..<(self == .oneUser ? 1 : 12)).flatMap { user in
                (0..<24).compactMap { item -> String? in
                    guard self == .everyPairEqual || generator.uniform() < 0.5 else { return nil }
                    return "u\(user),i\(item),\(value(&generator))"
                }
            }
        }

        private func value(_ generator: inout RandomGenerator) -> String {
            func any(_ values: [String]) -> String { values[generator.index(below: values.count)] }
            return switch self {
            case .oneUser: any(["1", "3", "5"])
            case .allEqual, .everyPairEqual: "3"
            case .allZero: "0"
            case .farApart: any(["1000000000", "-1000000000", "4"])
            case .vanishing: any(["1e-38", "1e-44", "0"])
            }
        }
    }

    private let pool = ThreadPool(threads: 2)
    private static let noPoster = (0..<24).map { "i\($0),Film \($0),\(1950 + $0),Drama,a story of \($0)," }

    private func train(_ small: ImportedWorkspace, _ options: TrainingPipeline.Options) throws {
        _ = try TrainingPipeline(workspace: small.workspace, pool: pool, monitor: .silent).train(options)
    }

    /// Adds an item, rates it, retrains, and looks at every number that an answer is made from.
    private func expectNumbers(_ small: ImportedWorkspace, poster: [UInt8]? = nil) throws {
        let live = try LiveCatalogue(small.workspace, pool: pool)
        try live.add(
            .init(
                item: Item(id: "new", title: "x", year: nil, genres: []), poster: poster.map { ($0, "p.png") }
            ))
        try expectNumbers(live)
        _ = try live.rate([
            Rating(user: "u0", item: "new", value: 3), Rating(user: "stranger", item: "new", value: 4),
            Rating(user: "stranger", item: "i1", value: Rating.range.upperBound),
        ])
        try expectNumbers(live)
        _ = try live.train { exclusively in
            try TrainingPipeline(
                workspace: small.workspace, pool: pool, monitor: .silent, exclusively: exclusively
            ).retrain(force: true)
        }
        try expectNumbers(live)
    }

    private func expectNumbers(_ live: LiveCatalogue) throws {
        let recommender = try #require(live.state.recommender)
        let snapshot = recommender.snapshot
        #expect(snapshot.row(ofItem: "new") != nil)
        #expect(snapshot.table.vectors.elements.allSatisfy { $0.isFinite })
        #expect(snapshot.table.biases.allSatisfy { $0.isFinite })
        #expect(snapshot.items.allSatisfy { $0.variance.isFinite })
        for id in ["u0", "stranger"]
        where try live.state.histories.users(containing: id, after: 0, limit: 1).isEmpty == false {
            let list = try recommender.recommend(toUser: id, count: 30, filter: ItemFilter()).list
            #expect(list.allSatisfy { $0.score.isFinite && $0.probability?.isFinite ?? true })
        }
        #expect(try recommender.neighbours(ofItem: "new", count: 5).allSatisfy { $0.similarity.isFinite })
        #expect(try recommender.audience(ofItem: "new", count: 5).allSatisfy { $0.score.isFinite })
    }

    @Test(
        "A model learns from anything, or says why not", arguments: CollaborativeModels.names,
        Ratings.allCases)
    func anyRatings(_ model: String, _ ratings: Ratings) throws {
        let small = try ImportedWorkspace(items: Self.noPoster, ratings: ratings.lines)
        try train(small, .init(model: model, dimensions: 4, epochs: 3))
        try expectNumbers(small)
    }

    @Test("Posters of one colour, and no text at all", arguments: [false, true])
    func constantContent(trainsNetwork: Bool) throws {
        let poster = try PNGEncoder.encode(
            RGBImage(width: 40, height: 60, pixels: [UInt8](repeating: 0, count: 40 * 60 * 3)))
        let small = try ImportedWorkspace(
            items: (0..<24).map { "i\($0),x,,,,black.png" }, ratings: Ratings.everyPairEqual.lines,
            posters: ["black.png": poster])
        try train(
            small,
            .init(dimensions: 4, epochs: 3, projection: .init(trainsNetwork: trainsNetwork, networkEpochs: 1))
        )
        try expectNumbers(small, poster: poster)
    }

    @Test(
        "One item is refused before anything is learned", arguments: [1, ProjectionTrainer.minimumItems - 1])
    func tooFewItems(count: Int) throws {
        let small = try ImportedWorkspace(
            items: (0..<count).map { "i\($0),Film,,,," }, ratings: (0..<count).map { "u,i\($0),4" })
        let stages = Mutex<Set<String>>([])
        let monitor = WorkMonitor { update in stages.withLock { _ = $0.insert(update.stage) } }
        let error = #expect(throws: Diagnostic.self) {
            try TrainingPipeline(workspace: small.workspace, pool: pool, monitor: monitor).train(.init())
        }
        #expect(error?.code == "training.too_few_items")
        #expect(!stages.withLock { $0.contains("Learning from ratings") })
    }
}
