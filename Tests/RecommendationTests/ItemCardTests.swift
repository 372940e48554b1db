import Catalogue
import Diagnostics
import FloatKernels
import Recommendation
import Testing

@Suite("A new item on one page") struct ItemCardTests {
    private let explained: ExplainedWorkspace
    private let live: LiveCatalogue

    init() throws {
        explained = try ExplainedWorkspace()
        let pool = ThreadPool(threads: 2)
        _ = try TrainingPipeline(workspace: explained.workspace, pool: pool, monitor: .silent).train(
            .init(dimensions: 6))
        live = try LiveCatalogue(explained.workspace, pool: pool)
        // Told apart: the genre of the one kind of users, the theme and the square of the others'.
        try live.add(
            .init(
                item: Item(
                    id: "new", title: "New", year: 1990, genres: ["Drama"],
                    description: "filler1 sea1 filler2 sea2 filler3 sea3"),
                poster: (
                    try ExplainedWorkspace.poster(0, at: (row: 40, column: 20), seed: 900), "new.png"
                )))
    }

    private func card(_ id: String = "new") throws -> ItemCard {
        try live.explainer(live.state).card(item: id)
    }

    @Test func itsAudienceIsThatOfTheList() throws {
        let card = try card()
        let answers = try live.state.answers()
        let audience = try answers.audience(ofItem: "new", count: 6)
        let neighbours = try answers.neighbours(ofItem: "new", count: 6)
        #expect(card.audience.likeliest.map(\.userId) == audience.map(\.userId))
        #expect(card.neighbours.map(\.itemId) == neighbours.map(\.itemId))
    }

    /// The sum over users of the probability that a list gives.
    @Test func theExpectedTakersAreTheSumOfProbabilities() throws {
        var (sum, reached) = (0.0, 0)
        for user in 0..<90 {
            let list = try live.state.answers().recommend(
                toUser: "u\(user)", count: 200, filter: ItemFilter()
            ).list
            let own = try #require(list.first { $0.itemId == "new" })
            sum += try #require(own.probability)
            reached += own.rank <= 20 ? 1 : 0
        }
        let audience = try card().audience
        let takers = try #require(audience.expectedTakers)
        #expect(abs(takers - sum) < 1e-3 * sum)
        #expect(abs(audience.reach - Double(reached) / 90) < 1e-9)
        #expect(audience.users == 90 && audience.described == 10)
    }

    /// Nobody wants a drama but those who like dramas.
    @Test func whoWantsItIsDescribedByWhatTheyLike() throws {
        let traits = try card().audience.traits
        #expect(!traits.isEmpty)
        #expect(traits.allSatisfy { $0.share > $0.shareOfAll && $0.deviations > 3 })
        #expect(traits.allSatisfy { $0.kind != .genre || $0.name == "Drama" })
    }

    @Test func everySideSpeaksForItself() throws {
        let card = try card()
        #expect(card.voices.map(\.name) == ["poster", "text", "metadata"])
        #expect(card.voices[1].kinds.contains("description"))
        #expect(card.voices[2].kinds.contains("genres"))
        let whole = try #require(card.certainty).variance
        for voice in card.voices { #expect(voice.variance > whole, "\(voice.name)") }
        // By the poster alone it is like items with a blue square, by the genre alone like dramas.
        let snapshot = try live.state.answers().snapshot
        let dramas = try card.voices[2].neighbours.map { neighbour in
            let row = try #require(snapshot.row(ofItem: neighbour.itemId))
            return snapshot.items[row].item.genres == ["Drama"]
        }
        #expect(dramas.count(where: \.self) >= 5)
        #expect(card.comparisons.count == 3)
        #expect(card.comparisons.allSatisfy { (-1.0001...1.0001).contains($0.agreement) && $0.distance > 0 })
    }

    @Test func ratingsMakeItSurer() throws {
        let before = try #require(try card().certainty)
        #expect(before.ratings == 0 && before.ratingsUntilLearned == 50)
        #expect(before.forecast.first?.variance == before.variance)
        #expect(before.forecast.map(\.variance) == before.forecast.map(\.variance).sorted(by: >))
        let until = try #require(before.ratingsUntilWarm)
        for user in 0..<5 {
            _ = try live.rate([Rating(user: "u\(user)", item: "new", value: 5, timestamp: 1)])
        }
        let after = try #require(try card().certainty)
        #expect(after.ratings == 5 && after.ratingsUntilLearned == 45)
        #expect(after.variance < before.variance)
        #expect(after.ratingsUntilWarm == max(until - 5, 0))
    }

    @Test func aLearnedItemHasNothingToSayForItsContent() throws {
        let card = try card("i3")
        #expect(card.certainty == nil && card.voices.isEmpty && card.comparisons.isEmpty)
        #expect(!card.neighbours.isEmpty)
        #expect { try self.card("none") } throws: { ($0 as? Diagnostic)?.code == "item.unknown" }
    }
}
