import Catalogue
import Diagnostics
import FloatKernels
import ItemContent
import Recommendation
import Testing

@Suite("Why an item is recommended") struct ExplainerTests {
    private let explained: ExplainedWorkspace
    private let live: LiveCatalogue

    /// Where the square of the new items' posters is.
    private static let square = (row: 60, column: 36)

    init() throws {
        explained = try ExplainedWorkspace()
        let pool = ThreadPool(threads: 2)
        _ = try TrainingPipeline(workspace: explained.workspace, pool: pool, monitor: .silent).train(
            .init(dimensions: 6))
        live = try LiveCatalogue(explained.workspace, pool: pool)
        for value in 0..<2 {
            let theme = ExplainedWorkspace.themes[value]
            try live.add(
                .init(
                    item: Item(
                        id: "new\(value)", title: "New", year: 1990,
                        genres: [ExplainedWorkspace.genres[value]],
                        description: "filler1 \(theme)1 filler2 \(theme)2 filler3 \(theme)3"),
                    poster: (
                        try ExplainedWorkspace.poster(value, at: Self.square, seed: 900 + UInt64(value)),
                        "new.png"
                    )))
        }
    }

    private func explain(_ user: String, _ item: String) throws -> Explanation {
        try live.explainer(live.state).explain(user: user, item: item)
    }

    private func kind(of cause: ExplainedWorkspace.Cause) -> String {
        switch cause {
        case .genre: "genres"
        case .theme: "description"
        case .square: "poster"
        }
    }

    @Test func thePartsAddUpToTheScoreOfTheList() throws {
        for user in 0..<12 {
            let list = try live.state.answers().recommend(
                toUser: "u\(user)", count: 200, filter: ItemFilter()
            ).list
            for item in ["new0", "new1"] {
                let explanation = try explain("u\(user)", item)
                let listed = try #require(list.first { $0.itemId == item })
                #expect(abs(explanation.score - Double(listed.score)) < 1e-4)
                let baseline = try #require(explanation.baseline)
                let unexplained = try #require(explanation.unexplained)
                let sum = explanation.contributions.reduce(baseline) { $0 + $1.contribution }
                #expect(abs(sum + unexplained - explanation.score) < 1e-9)
                #expect(explanation.isComplete, "\(unexplained)")
                #expect(abs(explanation.contributions.reduce(0) { $0 + $1.share } - 1) < 1e-9)
            }
        }
    }

    /// Of the users who want what the item has, nearly all are told so first; one in six would be by chance.
    @Test(arguments: ExplainedWorkspace.Cause.allCases)
    func thePlantedCauseIsNamedFirst(cause: ExplainedWorkspace.Cause) throws {
        var (named, all) = (0, 0)
        for user in 0..<90 {
            let wish = ExplainedWorkspace.wish(ofUser: user)
            guard wish.cause == cause else { continue }
            let explanation = try explain("u\(user)", "new\(wish.value)")
            let first = try #require(explanation.contributions.first)
            named += first.kind == kind(of: cause) && first.contribution > 0 ? 1 : 0
            all += 1
        }
        #expect(all == 30)
        #expect(Double(named) >= 0.9 * Double(all), "\(named) of \(all)")
    }

    @Test func thePlantedWordsAreNamedFirst() throws {
        var (named, all) = (0, 0)
        for user in 0..<90 {
            let wish = ExplainedWorkspace.wish(ofUser: user)
            guard wish.cause == .theme else { continue }
            let first = try #require(try explain("u\(user)", "new\(wish.value)").words.first)
            named += first.word.hasPrefix(ExplainedWorkspace.themes[wish.value]) ? 1 : 0
            #expect(first.text == "description")
            all += 1
        }
        #expect(Double(named) >= 0.9 * Double(all), "\(named) of \(all)")
    }

    @Test func thePlantedSquareIsTheFirstRegion() throws {
        var (named, all) = (0, 0)
        for user in 0..<90 {
            let wish = ExplainedWorkspace.wish(ofUser: user)
            guard wish.cause == .square else { continue }
            let heat = try #require(try explain("u\(user)", "new\(wish.value)").poster)
            #expect(heat.cells.count == 12 && heat.cells.allSatisfy { $0.count == 8 })
            all += 1
            guard let region = heat.regions.first else { continue }
            let (across, down) = (
                (Double(Self.square.column) + 12) / 64, (Double(Self.square.row) + 12) / 96
            )
            let isThere =
                (region.left...(region.left + region.width)).contains(across)
                && (region.top...(region.top + region.height)).contains(down)
            named += isThere && region.name == "lower right" ? 1 : 0
        }
        #expect(Double(named) >= 0.9 * Double(all), "\(named) of \(all)")
    }

    @Test func theHistorySpeaksForWhatIsLikeIt() throws {
        var (likes, all) = (0, 0)
        for user in 0..<90 {
            let wish = ExplainedWorkspace.wish(ofUser: user)
            let history = try explain("u\(user)", "new\(wish.value)").history
            let first = try #require(history.first)
            #expect(try #require(first.contribution) > 0)
            likes += first.rating == 5 && first.similarity > 0 ? 1 : 0
            all += 1
        }
        #expect(Double(likes) >= 0.9 * Double(all), "\(likes) of \(all)")
    }

    @Test func firstRatingsAreAPartOfTheirOwn() throws {
        let before = try explain("u4", "new1")
        for user in 30..<34 {
            _ = try live.rate([Rating(user: "u\(user)", item: "new1", value: 2, timestamp: 1)])
        }
        let after = try explain("u4", "new1")
        #expect(after.provenance == .blended)
        #expect(after.isComplete)
        let ratings = try #require(after.contributions.first { $0.kind == "ratings" })
        // Nothing else has changed: what first ratings add is what the score moved by.
        #expect(abs(after.score - before.score - ratings.contribution) < 1e-4)
        #expect(before.contributions.allSatisfy { $0.kind != "ratings" })
    }

    @Test func learnedItemsAreExplainedByHistoryAlone() throws {
        let explanation = try explain("u1", "i3")
        #expect(explanation.provenance == .learned)
        #expect(explanation.baseline == nil && explanation.unexplained == nil)
        #expect(explanation.contributions.isEmpty && explanation.words.isEmpty)
        #expect(explanation.poster == nil)
        #expect(!explanation.history.isEmpty)
        #expect { try live.explainer(live.state).heatMap(explanation) } throws: {
            ($0 as? Diagnostic)?.code == "explain.no_poster"
        }
    }

    @Test func thePictureIsWarmWhereTheSquareIs() throws {
        // He wants a yellow square.
        let wanted = 5
        let wish = ExplainedWorkspace.wish(ofUser: wanted)
        #expect(wish.cause == .square && wish.value == 1)
        let explainer = try live.explainer(live.state)
        let file = try explainer.heatMap(explainer.explain(user: "u\(wanted)", item: "new1"))
        let picture = try PosterDecoder.decode(file, name: "heat.png")
        #expect(picture.width == 320 && picture.height == 480)
        func pixel(_ row: Int, _ column: Int) -> [Int] {
            (0..<3).map { Int(picture.pixels[(row * picture.width + column) * 3 + $0]) }
        }
        // Five pixels of the picture are one of the poster.
        let (inside, outside) = (pixel(72 * 5, 48 * 5), pixel(10 * 5, 10 * 5))
        #expect(inside[0] > 200 && inside[0] > inside[2] + 80)
        #expect(outside.allSatisfy { $0 < 120 })
    }

    @Test func theNearestIsSuggested() throws {
        #expect { try explain("u1", "new7") } throws: { ($0 as? Diagnostic)?.code == "item.unknown" }
        #expect { try explain("u99x", "new1") } throws: { ($0 as? Diagnostic)?.code == "user.unknown" }
    }
}
