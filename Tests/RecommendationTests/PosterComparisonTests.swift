import Catalogue
import Diagnostics
import FloatKernels
import Recommendation
import Testing

@Suite("Two posters for one item") struct PosterComparisonTests {
    private let explained: ExplainedWorkspace
    private let explainer: Explainer
    private let item = Item(
        id: "x", title: "New", year: 1990, genres: ["Drama"], description: "filler1 sea1 filler2 sea2")

    init() throws {
        explained = try ExplainedWorkspace()
        let pool = ThreadPool(threads: 2)
        _ = try TrainingPipeline(workspace: explained.workspace, pool: pool, monitor: .silent).train(
            .init(dimensions: 6))
        let live = try LiveCatalogue(explained.workspace, pool: pool)
        explainer = try live.explainer(live.state)
    }

    private func poster(_ value: Int, row: Int = 30, seed: UInt64 = 1) throws -> Explainer.PosterFile {
        (try ExplainedWorkspace.poster(value, at: (row: row, column: 20), seed: seed), "\(value).png")
    }

    /// The colour of the square decides for a third of the users: half of them go, half of them come.
    @Test func aColourThatDecidesIsMoreThanNoise() throws {
        let comparison = try explainer.compare(try poster(1), try poster(0), for: item)
        #expect(comparison.isBeyondNoise)
        #expect(comparison.distance > comparison.deviation)
        let audience = comparison.audience
        #expect(audience.users == 90 && audience.size == 9)
        #expect(audience.shared + audience.onlyA == audience.size && audience.onlyA == audience.onlyB)
        #expect(audience.surelyA >= 10 && audience.surelyB >= 10)
    }

    @Test func whoIsDrawnIsWhoLooksAtTheColour() throws {
        let there = try explainer.compare(try poster(1), try poster(0), for: item)
        let back = try explainer.compare(try poster(0), try poster(1), for: item)
        #expect(there.audience.surelyA == back.audience.surelyB)
        #expect(there.audience.onlyA == back.audience.onlyB)
        #expect(abs(there.distance - back.distance) < 1e-4)
        #expect(abs(there.appeal.difference + back.appeal.difference) < 1e-4)
        #expect(there.a.neighbours.map(\.itemId) == back.b.neighbours.map(\.itemId))
    }

    /// Another noise, and the square a little lower: nothing that anybody looks at.
    @Test func anotherPictureOfTheSameIsNoise() throws {
        let comparison = try explainer.compare(try poster(1), try poster(1, row: 34, seed: 2), for: item)
        #expect(!comparison.isBeyondNoise)
        #expect(comparison.traitsOfA.isEmpty && comparison.traitsOfB.isEmpty)
        #expect((comparison.appeal.low...comparison.appeal.high).contains(0))
    }

    @Test func theSamePosterIsNoDifference() throws {
        let comparison = try explainer.compare(try poster(1), try poster(1), for: item)
        #expect(!comparison.isBeyondNoise)
        #expect(comparison.distance < 1e-5)
        #expect(comparison.audience.surelyA == 0 && comparison.audience.surelyB == 0)
        #expect(comparison.audience.shared == comparison.audience.size)
    }

    @Test func nothingIsStored() throws {
        let before = try explained.workspace.catalogue.revision()
        _ = try explainer.compare(try poster(1), try poster(0), for: item)
        #expect(try explained.workspace.catalogue.revision() == before)
        #expect(try explained.workspace.catalogue.item(id: "x") == nil)
    }

    @Test func aBadPosterIsNamed() throws {
        #expect { try explainer.compare((Array("no".utf8), "b.png"), try poster(0), for: item) } throws: {
            ($0 as? Diagnostic)?.code.hasPrefix("poster.") ?? false
        }
    }
}
