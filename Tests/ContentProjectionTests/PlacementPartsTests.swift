import ContentProjection
import Diagnostics
import FloatKernels
import ItemContent
import Testing

@Suite("A place taken apart") struct PlacementPartsTests {
    private let pool = ThreadPool(threads: 2)
    private let catalogue: PlantedCatalogue
    private let projection: ContentProjection

    init() throws {
        let planted = PlantedCatalogue(count: 220, seed: 41, posters: true, placesBySquare: true)
        let known = Array(0..<200)
        catalogue = planted
        projection = try ProjectionTrainer(seed: 1, pool: ThreadPool(threads: 2), monitor: .silent)
            .fit(known.map { planted.records[$0] }, planted.targets.selecting(known)).projection
    }

    /// Vector, then bias, of a row.
    private func place(_ projected: Projected, _ row: Int = 0) -> [Double] {
        (0..<PlantedCatalogue.dimensions).map { Double(projected.vectors[row, $0]) } + [
            Double(projected.biases[row])
        ]
    }

    private func distance(_ a: [Double], _ b: [Double]) -> Double {
        zip(a, b).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
    }

    private func length(_ a: [Double]) -> Double { distance(a, a.map { _ in 0 }) }

    /// Sums of 200 products of floats, each below the places' length of a few: six digits hold.
    @Test func thePartsAreTheWhole() throws {
        for row in 200..<220 {
            let reading = try projection.read(catalogue.records[row], pool: pool)
            let parts = projection.parts(of: reading, pool: pool)
            let whole = parts.kinds.reduce(parts.unknown) { sum, kind in
                zip(sum, kind.place).map { $0 + $1 }
            }
            let placed = place(projection.place(reading, pool: pool))
            #expect(distance(whole, placed) < 1e-4 * max(length(placed), 1))
            let projected = place(try projection.project([catalogue.records[row]], pool: pool))
            #expect(distance(placed, projected) < 1e-5)
        }
    }

    @Test func whatTheItemLacksAddsNothing() throws {
        var record = catalogue.records[205]
        record.poster = nil
        record.genres = []
        let reading = try projection.read(record, pool: pool)
        let parts = projection.parts(of: reading, pool: pool)
        for kind in parts.kinds where ["poster", "genres"].contains(kind.name) {
            #expect(length(kind.place) == 0, "\(kind.name)")
        }
        #expect(!projection.kinds(of: reading).contains("poster"))
        let description = try #require(parts.kinds.first { $0.name == "description" })
        #expect(length(description.place) > 0.1)
    }

    @Test func whatNothingWasPlantedInAddsLittle() throws {
        var sizes: [String: Double] = [:]
        for row in 200..<220 {
            let reading = try projection.read(catalogue.records[row], pool: pool)
            for kind in projection.parts(of: reading, pool: pool).kinds {
                sizes[kind.name, default: 0] += length(kind.place)
            }
        }
        for planted in ["genres", "description", "poster"] {
            for other in ["year", "shelf", "title"] {
                #expect(sizes[planted] ?? 0 > 2 * (sizes[other] ?? 0), "\(planted) and \(other)")
            }
        }
    }

    /// Knowing one kind alone is the mean and its own kernels, without the products that it shares with others.
    @Test func knowingNothingIsTheMean() throws {
        let reading = try projection.read(catalogue.records[210], pool: pool)
        let parts = projection.parts(of: reading, pool: pool)
        let nothing = place(projection.place(reading, knowingOnly: [], pool: pool))
        #expect(distance(nothing, parts.unknown) < 1e-6)
        let everything = place(
            projection.place(
                reading, knowingOnly: Set(projection.kinds(of: reading)), pool: pool))
        #expect(distance(everything, place(projection.place(reading, pool: pool))) < 1e-5)
        let poster = projection.place(reading, knowingOnly: ["poster"], pool: pool)
        #expect(distance(place(poster), nothing) > 0.1)
        #expect(poster.variances[0] > projection.place(reading, pool: pool).variances[0])
    }

    @Test func wordsAreThoseThatAreKnown() throws {
        var record = catalogue.records[210]
        record.title = "Unheard Item"
        record.description = "sea1 sea1 neverheard filler3"
        let reading = try projection.read(record, pool: pool)
        let words = projection.words(of: reading)
        #expect(
            words == [.init(.title, "item"), .init(.description, "sea1"), .init(.description, "filler3")])
        // Without a word the item stands where it would if the text did not have it, but for the text's length.
        let without = projection.places(of: reading, without: words, pool: pool)
        let whole = place(projection.place(reading, pool: pool))
        #expect(distance(place(without, 1), whole) > distance(place(without, 2), whole))
    }

    @Test func otherPostersAreReadAsIfTheyWereTheItems() throws {
        let reading = try projection.read(catalogue.records[210], pool: pool)
        let posters = [catalogue.records[211].poster, catalogue.records[210].poster].compactMap(\.self)
        let places = try projection.places(of: reading, withPosters: posters, pool: pool)
        var other = catalogue.records[210]
        other.poster = posters[0]
        let expected = place(try projection.project([other], pool: pool))
        // The same sums over 200 items, in another order: a rounding each of terms below 1.
        #expect(distance(place(places, 0), expected) < 200 * Double(Float.ulpOfOne))
        #expect(
            distance(place(places, 1), place(projection.place(reading, pool: pool))) < 200
                * Double(Float.ulpOfOne))
    }
}
