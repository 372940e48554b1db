import Catalogue
import Diagnostics
import Foundation
import Testing

/// MovieLens 1M with posters and descriptions, where it lies beside the project.
@Suite struct RealDataTests {
    static let data = ((#filePath as NSString).deletingLastPathComponent as NSString)
        .appendingPathComponent("../../../shared/data")
    static let isPresent = FileManager.default.fileExists(atPath: data + "/ml-1m/items.csv")

    @Test(.enabled(if: isPresent, "needs ../shared/data beside the project"))
    func importsMovieLens1MTwice() throws {
        let folder = try TemporaryFolder()
        let workspace = try Workspace.create(at: folder.path + "/w")
        let importer = CatalogueImporter(
            store: workspace.catalogue, posters: workspace.posters, validatePoster: { _, _ in },
            monitor: .silent)
        let paths = ["items.csv", "users.csv", "ratings.csv.gz"].map { Self.data + "/ml-1m/" + $0 }
        let first = try importer.run(paths: paths, format: .auto, skippingBadPosters: false)
        #expect(first.items.added == 3881)
        #expect(first.users.added == 6040)
        #expect(first.ratings.added == 1_000_193)
        #expect(first.warnings == [])
        // The figures of the README of the data.
        let counts = try workspace.catalogue.counts()
        #expect(counts.posters == 3221)
        #expect(counts.descriptions == 3855)
        #expect(counts.attributes.map(\.name) == ["director", "cast", "certificate"])
        #expect(counts.attributes.map(\.items) == [3869, 3874, 3071])
        var timed = 0
        try workspace.catalogue.forEachRating { _, _, _, timestamp in timed += timestamp == 0 ? 0 : 1 }
        #expect(timed == 439_574)
        let revision = try workspace.catalogue.revision()
        let again = try importer.run(paths: paths, format: .auto, skippingBadPosters: false)
        #expect(again.items.unchanged == 3881)
        #expect(again.ratings.unchanged == 1_000_193)
        #expect(try workspace.catalogue.revision() == revision)
    }

    @Test(.enabled(if: isPresent, "needs ../shared/data beside the project"))
    func importsFilmsWhosePostersLieElsewhere() throws {
        let folder = try TemporaryFolder()
        let workspace = try Workspace.create(at: folder.path + "/w")
        let importer = CatalogueImporter(
            store: workspace.catalogue, posters: workspace.posters, validatePoster: { _, _ in },
            monitor: .silent)
        let report = try importer.run(
            paths: [Self.data + "/ml-latest-small"], format: .coldstart, skippingBadPosters: false)
        #expect(report.items.added == 2997)
        #expect(report.users.added == 671)
        #expect(report.ratings.added == 66_659)
        #expect(try workspace.catalogue.counts().posters == 2997)
    }
}
