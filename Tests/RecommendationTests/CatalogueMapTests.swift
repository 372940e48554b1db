import Catalogue
import Diagnostics
import FloatKernels
import Recommendation
import Testing

@Suite("The map of a catalogue") struct CatalogueMapTests {
    @Test func theGenresWithMostItemsHaveColoursAndAnItemTheRarestOfThem() {
        var genres = (0..<9).flatMap { genre in
            [[String]](repeating: ["g\(genre)"], count: 20 - genre)
        }
        genres.append(["g0", "g5"])
        let colours = GenreColours(genres)
        #expect(colours.genres == (0..<8).map { "g\($0)" })
        #expect(colours.colour(of: ["g0", "g5", "g8", "unheard of"]) == 5)
        #expect(colours.colour(of: ["g8"]) == nil)
        #expect(colours.colour(of: []) == nil)
        // Equally many come by name.
        #expect(GenreColours([["b"], ["a"], ["c"]]).genres == ["a", "b", "c"])
    }

    @Test func bothLayoutsHaveAllItemsAndTheOneKeepsMoreNeighbours() throws {
        let planted = try PlantedWorkspace()
        let pool = ThreadPool(threads: 2)
        _ = try TrainingPipeline(workspace: planted.workspace, pool: pool, monitor: .silent).train(
            .init(dimensions: 8))
        let model = try TrainedModel.open(ModelStore(directory: planted.workspace.modelsDirectory))
        let snapshot = try Snapshot(planted.workspace.catalogue, model)
        let maps = try MapLayout.allCases.map { layout in
            try CatalogueMap(snapshot, layout: layout, seed: 1, pool: pool, monitor: .silent)
        }
        for (map, layout) in zip(maps, MapLayout.allCases) {
            #expect(map.layout == layout && map.version == snapshot.version)
            #expect(map.points.map(\.item.id) == snapshot.items.map(\.item.id))
            #expect(map.points.allSatisfy { abs($0.x) <= 1 && abs($0.y) <= 1 })
            let longest = map.points.map { max(abs($0.x), abs($0.y)) }.max() ?? 0
            #expect(longest > 0.99)
            #expect(map.genres.sorted() == PlantedWorkspace.genres)
            #expect(map.worth.neighbours == 10 && map.worth.items == map.points.count)
            // The known ones come by their number of ratings.
            let ratings = map.knownItems.map { map.points[$0].ratings }
            #expect(ratings == ratings.sorted(by: >) && (ratings.first ?? 0) > 0)
            #expect(map.newItems.count + map.knownItems.count == map.points.count)
            #expect(map.newItems.allSatisfy { map.points[$0].isNew })
        }
        #expect(maps[0].worth.layout == maps[0].worth.pca)
        #expect(maps[1].worth.pca == maps[0].worth.pca)
        #expect(maps[1].worth.layout > maps[1].worth.pca)
    }
}
