import Catalogue
import Diagnostics
import Foundation
import Testing

@Suite struct ImportTests {
    private let folder: TemporaryFolder
    private let workspace: Workspace
    private var source: String { folder.path + "/in" }

    private static let items = """
        item_id,title,year,genres,description,poster,director,cast
        1,"Postino, Il",1994,Drama|Romance,"A ""poet""
        and a postman",posters/1.png,Michael Radford,Massimo Troisi|Philippe Noiret
        2,Toy Story,1995,,,,,

        """
    private static let users = "user_id,age,gender\n7,25,F\n8,,M\n"
    private static let ratings =
        "user_id,item_id,rating,timestamp\n7,1,4.5,978300760\n7,2,3,\n9,1,1,978300761\n"

    init() throws {
        folder = try TemporaryFolder()
        workspace = try Workspace.create(at: folder.path + "/w")
        try folder.write("in/items.csv", Self.items)
        try folder.write("in/posters/1.png", bytes: fakePNG(1))
        try folder.write("in/users.csv", Self.users)
        try folder.write("in/ratings.csv.gz", Self.ratings)
    }

    private func run(
        _ paths: String..., format: ImportFormat = .auto, skipping: Bool = false,
        monitor: WorkMonitor = .silent
    ) throws -> ImportReport {
        try CatalogueImporter(
            store: workspace.catalogue, posters: workspace.posters,
            validatePoster: { bytes, _ in
                guard bytes.last != 0xFF else {
                    throw Diagnostic(
                        .badData, code: "poster.truncated", "the picture ends early", fix: "replace it")
                }
            }, monitor: monitor
        ).run(paths: paths.map { source + "/" + $0 }, format: format, skippingBadPosters: skipping)
    }

    /// Everything a user can see of the catalogue, and the files of posters.
    private func state() throws -> [String] {
        var ratings: [String] = []
        try workspace.catalogue.forEachRating { ratings.append("\($0) \($1) \($2) \($3)") }
        return try workspace.catalogue.items().map { item in "\(item.key) \(item.item.id) \(item.item.title)"
        }
            + workspace.catalogue.users().map {
                "\($0.key) \($0.user.id) \($0.user.attributes.sorted { $0.key < $1.key })"
            }
            + ratings + folder.contents(of: "w/posters").keys.sorted() + ["\(workspace.catalogue.revision())"]
    }

    @Test func importsAFolder() throws {
        let report = try run("")
        #expect(report.items == ChangeCounts(added: 2))
        #expect(report.users == ChangeCounts(added: 3))
        #expect(report.ratings == ChangeCounts(added: 3))
        #expect(report.posters == 1)
        #expect(report.warnings == [])
        let items = try workspace.catalogue.items().map(\.item)
        let poster = try PosterStore.reference(to: fakePNG(1))
        #expect(
            items == [
                Item(
                    id: "1", title: "Postino, Il", year: 1994, genres: ["Drama", "Romance"],
                    description: "A \"poet\"\nand a postman", poster: poster,
                    attributes: [
                        "director": ["Michael Radford"], "cast": ["Massimo Troisi", "Philippe Noiret"],
                    ]),
                Item(id: "2", title: "Toy Story", year: 1995),
            ])
        #expect(try workspace.posters.bytes(poster) == fakePNG(1))
        #expect(try workspace.catalogue.counts().attributes.map(\.name) == ["director", "cast"])
        let users = try workspace.catalogue.users().map(\.user)
        #expect(
            users == [
                User(id: "7", attributes: ["age": "25", "gender": "F"]),
                User(id: "8", attributes: ["gender": "M"]),
                User(id: "9"),
            ])
        let first = try workspace.catalogue.ratings(ofUser: 1)
        #expect(first.map(\.value) == [4.5, 3])
        #expect(first.map(\.timestamp) == [978_300_760, 0])
    }

    @Test func importingAgainChangesNothing() throws {
        _ = try run("")
        let before = try state()
        let report = try run("")
        #expect(report.items == ChangeCounts(unchanged: 2))
        #expect(report.users == ChangeCounts(unchanged: 2))
        #expect(report.ratings == ChangeCounts(unchanged: 3))
        #expect(report.posters == 0)
        #expect(try state() == before)
    }

    @Test func filesAreToldApartByTheirHeader() throws {
        try folder.write("in/films.txt", Self.items)
        try folder.write("in/train.csv.gz", Self.ratings)
        let report = try run("train.csv.gz", "films.txt")
        #expect(report.items.added == 2)
        #expect(report.ratings.added == 3)
    }

    @Test func columnsThatAFileLacksKeepTheirValues() throws {
        _ = try run("")
        try folder.write("in/short.csv", "title,item_id,director\nIl Postino,1,\n")
        #expect(try run("short.csv").items == ChangeCounts(updated: 1))
        let item = try #require(try workspace.catalogue.item(id: "1")).item
        #expect(item.title == "Il Postino")
        #expect(item.year == 1994)
        #expect(item.poster != nil)
        #expect(item.attributes.keys.sorted() == ["cast"])
    }

    @Test func postersBesideTheFileAreFoundById() throws {
        try folder.write(
            "in/plain/items.csv", "item_id,title,poster\n1,a,\n2,b,\n3,c,../posters/1.png\n4,d,\n")
        try folder.write("in/plain/posters/1.jpg", bytes: [0xFF, 0xD8, 0xFF, 1])
        try folder.write("in/plain/posters/2.PNG", bytes: fakePNG(2))
        let report = try run("plain")
        #expect(report.posters == 3)
        let posters = try workspace.catalogue.items().map { $0.item.poster?.fileExtension }
        #expect(posters == ["jpg", "png", "png", nil])
    }

    @Test func ratingsOfUnknownItemsAreLeftOutAndTold() throws {
        try folder.write("in/ratings.csv.gz", "user_id,item_id,rating\n7,1,4\n7,5,3\nnew,6,1\n8,2,1\n")
        let report = try run("")
        #expect(report.ratings.added == 2)
        #expect(report.ratingsOfUnknownItems == 2)
        #expect(report.warnings.count == 1)
        #expect(report.warnings[0].contains("2 of 4"))
        #expect(report.warnings[0].contains("'5' in line 3, '6' in line 4"))
        #expect(try workspace.catalogue.user(id: "new") == nil)
    }

    @Test func badPostersCanBeSkipped() throws {
        try folder.write(
            "in/items.csv",
            "item_id,title,poster\n1,a,posters/none.png\n2,b,posters/bad.png\n3,c,posters/1.png\n")
        try folder.write("in/posters/bad.png", bytes: fakePNG(0xFF))
        let report = try run("items.csv", skipping: true)
        #expect(report.items.added == 3)
        #expect(report.posters == 1)
        #expect(report.skippedPosters == 2)
        #expect(report.warnings.count == 2)
        #expect(report.warnings[0].hasPrefix(source + "/items.csv:2:5: "))
        #expect(report.warnings[1].contains("the picture ends early"))
    }

    /// Errors of every kind: file, line, column, and that nothing is left of the import.
    @Test(
        arguments: [
            ("items.csv", "item_id,title\n1,a\n1,b\n", "item.duplicate", 3, 1),
            ("items.csv", "item_id,title\n1,a\n,b\n", "item.empty_id", 3, 1),
            ("items.csv", "item_id,title\n1,\n", "item.empty_title", 2, 3),
            ("items.csv", "item_id,title,year\n1,a,19x5\n", "csv.number", 2, 5),
            ("items.csv", "item_id,title,year\n1,a,19950\n", "item.year", 2, 5),
            ("items.csv", "item_id,name\n1,a\n", "csv.missing_column", 1, nil),
            ("items.csv", "item_id,title\n", "csv.empty", 1, nil),
            ("items.csv", "", "csv.empty", 1, nil),
            ("items.csv", "id,title\n1,a\n", "import.unknown_header", 1, nil),
            ("items.csv", "item_id,title\n1,a,b\n", "csv.field_count", 2, nil),
            ("items.csv", "item_id,title\n1,\"a\n2,b\n", "csv.unterminated_quote", 2, 3),
            ("items.csv", "item_id,title,poster\n2,b,posters/1.png\n1,a,none.png\n", "poster.missing", 3, 5),
            ("items.csv", "item_id,title,poster\n2,b,posters/1.png\n1,a,/dev/zero\n", "poster.missing", 3, 5),
            ("items.csv", "item_id,title,poster\n2,b,posters/1.png\n1,a,bad.png\n", "poster.truncated", 3, 5),
            ("items.csv", "item_id,title\n1,a\n2\0,b\n", "csv.nul", 3, 1),
            ("items.csv", "item_id,title,poster\n2,b,posters/1.png\n1,a,items.csv\n", "poster.format", 3, 5),
            ("users.csv", "user_id,age\n1,2\n1,3\n", "user.duplicate", 3, 1),
            ("users.csv", "user_id,age\n,2\n", "user.empty_id", 2, 1),
            ("ratings.csv", "user_id,item_id,rating\n7,1,x\n", "csv.number", 2, 5),
            ("ratings.csv", "user_id,item_id,rating\n7,1,nan\n", "csv.number", 2, 5),
            ("ratings.csv", "user_id,item_id,rating\n7,1,inf\n", "csv.number", 2, 5),
            ("ratings.csv", "user_id,item_id,rating\n,1,1\n", "user.empty_id", 2, 1),
            ("ratings.csv", "user_id,item_id,rating\n7,,1\n", "item.empty_id", 2, 3),
            ("ratings.csv", "user_id,item_id,rating,timestamp\n7,1,1,noon\n", "csv.number", 2, 7),
            ("ratings.csv", "user_id,item_id,stars\n7,1,1\n", "csv.missing_column", 1, nil),
            ("ratings.csv", "user_id,item_id,rating\n", "csv.empty", nil, nil),
            ("ratings.csv", "user_id,item_id,rating\n7,77,1\n", "import.no_known_item", nil, nil),
        ] as [(String, String, String, Int?, Int?)])
    func badInputNamesItsPlaceAndLeavesNothing(
        _ name: String, _ text: String, _ code: String, _ line: Int?, _ column: Int?
    ) throws {
        _ = try run("users.csv")
        try folder.write("in/bad.png", bytes: fakePNG(0xFF))
        if name == "ratings.csv" { try FileManager.default.removeItem(atPath: source + "/ratings.csv.gz") }
        try folder.write("in/" + name, text)
        let before = try state()
        let error = #expect(throws: Diagnostic.self) { try run("") }
        #expect(error?.code == code)
        #expect(error?.location == Diagnostic.Location(file: source + "/" + name, line: line, column: column))
        #expect(error?.fix.isEmpty == false)
        #expect(try state() == before)
    }

    @Test func duplicateNamesBothLines() throws {
        try folder.write("in/items.csv", "item_id,title\nx,\"a\nb\"\ny,c\nx,d\n")
        let error = #expect(throws: Diagnostic.self) { try run("items.csv") }
        #expect(error?.message == "item 'x' is in line 2 already")
        #expect(error?.location?.line == 5)
    }

    @Test func ratingsAloneNeedItems() throws {
        let error = #expect(throws: Diagnostic.self) { try run("ratings.csv.gz") }
        #expect(error?.code == "import.no_items")
        #expect(error?.kind == .missingInput)
    }

    @Test func aBrokenLineFarDownACompressedFile() throws {
        var text = "user_id,item_id,rating,timestamp\n"
        for index in 2..<1_234_567 { text += "\(index / 20),\(index % 2 + 1),3,\(index)\n" }
        text += "61728,1,3.5.1,5\n1,1,1,1\n"
        try folder.write("in/ratings.csv.gz", text)
        let before = try state()
        let error = #expect(throws: Diagnostic.self) { try run("") }
        #expect(error?.code == "csv.number")
        #expect(
            error?.location
                == Diagnostic.Location(file: source + "/ratings.csv.gz", line: 1_234_567, column: 9))
        #expect(try state() == before)
    }

    @Test func stopsOnRequestAndLeavesNothing() throws {
        let rows = (0..<1000).map { "\($0),t,\($0 == 3 ? "posters/1.png" : "")" }
        try folder.write("in/items.csv", (["item_id,title,poster"] + rows).joined(separator: "\n"))
        let before = try state()
        let monitor = WorkMonitor(onUpdate: { _ in }, shouldStop: { true })
        #expect(throws: Diagnostic.interrupted) { try run("", monitor: monitor) }
        #expect(try state() == before)
    }

    @Test func foldersWithNothingOrTwoLayouts() throws {
        try FileManager.default.createDirectory(atPath: source + "/empty", withIntermediateDirectories: true)
        let nothing = #expect(throws: Diagnostic.self) { try run("empty") }
        #expect(nothing?.kind == .missingInput)
        try folder.write("in/movies.csv", "movieId,title,genres\n1,A (1995),Drama\n")
        let two = #expect(throws: Diagnostic.self) { try run("") }
        #expect(two?.code == "import.two_layouts")
        #expect(try run("", format: .coldstart).items.added == 2)
        let other = #expect(throws: Diagnostic.self) { try run("movies.csv", format: .coldstart) }
        #expect(other?.code == "import.other_format")
    }

    @Test func longListsOfWarningsAreCutShort() throws {
        let rows = (0..<50).map { "\($0),t,none.png" }
        try folder.write("in/items.csv", (["item_id,title,poster"] + rows).joined(separator: "\n"))
        let report = try run("items.csv", skipping: true)
        #expect(report.skippedPosters == 50)
        #expect(report.warnings.count == ImportReport.longestList + 1)
        #expect(report.warnings.last == "and 30 more")
    }
}
