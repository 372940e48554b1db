import Catalogue
import Diagnostics
import Foundation
import Testing

/// The three layouts of MovieLens, from files written here in those layouts.
@Suite struct MovieLensImportTests {
    private let folder: TemporaryFolder
    private let workspace: Workspace

    init() throws {
        folder = try TemporaryFolder()
        workspace = try Workspace.create(at: folder.path + "/w")
    }

    private func run(_ format: ImportFormat = .auto) throws -> ImportReport {
        try CatalogueImporter(
            store: workspace.catalogue, posters: workspace.posters, validatePoster: { _, _ in },
            monitor: .silent
        ).run(paths: [folder.path + "/in"], format: format, skippingBadPosters: false)
    }

    private func latin1(_ text: String) -> [UInt8] { text.unicodeScalars.map { UInt8($0.value) } }

    @Test func movieLens100K() throws {
        func flags(_ on: Int...) -> String {
            (0..<19).map { on.contains($0) ? "1" : "0" }.joined(separator: "|")
        }
        let films = [
            "1|Toy Story (1995)|01-Jan-1995||http://example.org|" + flags(3, 4, 5),
            "2|Café \"Misérables\" (1996)|||http://example.org|" + flags(8), "267|unknown||||" + flags(0),
        ]
        try folder.write("in/u.item", bytes: latin1(films.joined(separator: "\n") + "\n"))
        try folder.write("in/u.user", "1|24|M|technician|85711\n2|53|F|other|94043\n")
        try folder.write("in/u.data", "2\t1\t3\t881250949\n1\t2\t5\t891717742\n2\t267\t1\t878887116\n")
        let report = try run()
        #expect(report.items.added == 3)
        #expect(report.ratings.added == 3)
        let items = try workspace.catalogue.items().map(\.item)
        #expect(
            items == [
                Item(id: "1", title: "Toy Story", year: 1995, genres: ["Animation", "Children's", "Comedy"]),
                Item(id: "2", title: "Café \"Misérables\"", year: 1996, genres: ["Drama"]),
                Item(id: "267", title: "unknown"),
            ])
        let user = try #require(try workspace.catalogue.user(id: "1"))
        #expect(
            user.user.attributes == ["age": "24", "gender": "M", "occupation": "technician", "zip": "85711"])
        #expect(try workspace.catalogue.ratings(ofUser: user.key).map(\.timestamp) == [891_717_742])
    }

    @Test func movieLens1M() throws {
        try folder.write(
            "in/movies.dat",
            bytes: latin1("1::Alien: É (1979)::Horror|Sci-Fi\r\n2::Who, The::Drama\r\n"))
        try folder.write("in/users.dat", "1::F::1::10::48067\n")
        try folder.write("in/ratings.dat", "1::2::5::978300760\n1::1::3::978302109\n")
        try folder.write("in/posters/2.png", bytes: fakePNG(1))
        let report = try run(.movielens)
        #expect(report.posters == 1)
        let items = try workspace.catalogue.items().map(\.item)
        #expect(items[0] == Item(id: "1", title: "Alien: É", year: 1979, genres: ["Horror", "Sci-Fi"]))
        #expect(items[1].title == "Who, The")
        #expect(items[1].poster != nil)
        let user = try #require(try workspace.catalogue.user(id: "1"))
        #expect(user.user.attributes["occupation"] == "K-12 student")
        #expect(try workspace.catalogue.ratings(ofUser: user.key).map(\.value) == [3, 5])
    }

    @Test func movieLensCSV() throws {
        try folder.write(
            "in/movies.csv",
            """
            movieId,title,genres
            1,Toy Story (1995),Animation|Comedy
            2,"American President, The (1995) ",(no genres listed)
            3,Babylon 5,Sci-Fi
            4,Fawlty Towers (1975–1979),Comedy
            5,(500) Days of Summer (2009),Romance
            6,(1995),Drama

            """)
        try folder.write(
            "in/ratings.csv", "userId,movieId,rating,timestamp\n1,1,4.0,964982703\n1,2,0.5,964981247\n")
        try folder.write("in/links.csv", "movieId,imdbId,tmdbId\n1,0114709,862\n")
        let report = try run()
        #expect(report.items.added == 6)
        #expect(report.ratings.added == 2)
        let items = try workspace.catalogue.items().map(\.item)
        #expect(
            items.map(\.title) == [
                "Toy Story", "American President, The", "Babylon 5", "Fawlty Towers", "(500) Days of Summer",
                "(1995)",
            ])
        #expect(items.map(\.year) == [1995, 1995, nil, 1975, 2009, nil])
        #expect(items[1].genres == [])
    }

    @Test func brokenLineNamesItsPlace() throws {
        try folder.write("in/movies.dat", bytes: latin1("1::É (1979)::Drama\n2::Zwei\n"))
        let error = #expect(throws: Diagnostic.self) { try run() }
        #expect(error?.code == "csv.field_count")
        #expect(error?.location == Diagnostic.Location(file: folder.path + "/in/movies.dat", line: 2))
    }
}
