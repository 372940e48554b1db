import Catalogue
import Diagnostics
import Foundation
import Testing

/// Atomic files of RecBole, from files written here in that layout.
@Suite struct RecBoleImportTests {
    private static let items = """
        item_id:token\tmovie_title:token_seq\trelease_year:token\tclass:token_seq\tlead:token\tprice:float\trating:token
        1\t"Nine" Lamps, The\t1995\tAnimation Children's Sci-Fi\tAna Reis\t3.5\tPG
        2\tÉclair\tunknown\t\t\t\t
        3\tTwo\t1996.0\tDrama\tBo|Cy\t1\tR

        """
    private static let ratings =
        "user_id:token\titem_id:token\trating:float\ttimestamp:float\n"
        + "7\t1\t4.5\t978300760.9\n7\t2\t3\t9.7830077e8\n9\t1\t1\t\n"

    private let folder: TemporaryFolder
    private let workspace: Workspace

    init() throws {
        folder = try TemporaryFolder()
        workspace = try Workspace.create(at: folder.path + "/w")
    }

    private func run(_ path: String = "in", _ format: ImportFormat = .auto) throws -> ImportReport {
        try CatalogueImporter(
            store: workspace.catalogue, posters: workspace.posters, validatePoster: { _, _ in },
            monitor: .silent
        ).run(paths: [folder.path + "/" + path], format: format, skippingBadPosters: false)
    }

    @Test(arguments: [ImportFormat.auto, .recbole]) func readsAFolder(_ format: ImportFormat) throws {
        let path = try folder.write("in/small.item", Self.items)
        try folder.write(
            "in/small.user",
            "user_id:token\tage:float\tjob:token_seq\ttaste:float_seq\n7\t24\tlock smith\t.1 .2\n")
        try folder.write("in/small.inter.gz", Self.ratings)
        let graph = try folder.write(
            "in/small.kg", "head_id:token\trelation_id:token\ttail_id:token\na\tb\tc\n")
        try folder.write("in/posters/2.png", bytes: fakePNG(1))
        let report = try run("in", format)
        #expect(report.items == ChangeCounts(added: 3))
        #expect(report.users == ChangeCounts(added: 2))
        #expect(report.ratings == ChangeCounts(added: 3))
        #expect(report.posters == 1)
        let items = try workspace.catalogue.items().map(\.item)
        #expect(
            items == [
                Item(
                    id: "1", title: "\"Nine\" Lamps, The", year: 1995,
                    genres: ["Animation", "Children's", "Sci-Fi"], attributes: ["lead": ["Ana Reis"]]),
                Item(id: "2", title: "Éclair", poster: try PosterStore.reference(to: fakePNG(1))),
                Item(
                    id: "3", title: "Two", year: 1996, genres: ["Drama"], attributes: ["lead": ["Bo", "Cy"]]),
            ])
        let user = try #require(try workspace.catalogue.user(id: "7"))
        #expect(user.user.attributes == ["age": "24", "job": "lock smith"])
        let ratings = try workspace.catalogue.ratings(ofUser: user.key).sorted { $0.value > $1.value }
        #expect(ratings.map(\.value) == [4.5, 3])
        #expect(ratings.map(\.timestamp) == [978_300_760, 978_300_770])
        #expect(
            Set(report.warnings) == [
                "\(graph): knowledge graphs, links and networks of RecBole are not imported",
                "\(path): left out, as they are numbers or are named as ids and ratings: columns price, rating",
                "\(path): 1 items are without a year, as theirs is none: the first is 'unknown' in line 3",
                "\(folder.path)/in/small.user: left out, as they are numbers or are named as ids and ratings: "
                    + "columns taste",
            ])
        let again = try run("in", format)
        #expect(again.items == ChangeCounts(unchanged: 3))
    }

    @Test func interactionsWithoutRatingsAreLikes() throws {
        try folder.write("in/x.item", "item_id:token\tname:token_seq\na\tOne\nb\tTwo\n")
        try folder.write("in/x.inter", "item_id:token\tuser_id:token\na\tu\nb\tu\n")
        let report = try run()
        #expect(report.warnings.count == 1)
        let user = try #require(try workspace.catalogue.user(id: "u"))
        #expect(try workspace.catalogue.ratings(ofUser: user.key).map(\.value) == [1, 1])
    }

    /// MovieLens 100K also has files whose names end in `.item` and `.user`.
    @Test func movieLens100KStaysWhatItIs() throws {
        let flags = Array(repeating: "0", count: 19).joined(separator: "|")
        try folder.write("in/u.item", "1|One (1995)||||" + flags + "\n")
        try folder.write("in/u.user", "1|24|M|writer|85711\n")
        #expect(try run().users.added == 1)
    }

    @Test(
        "A broken file names its place",
        arguments: [
            ("item_id:token\ttitle\n1\tOne\n", "csv.column_type", 1, 15),
            ("item_id,title\n1,One\n", "csv.column_type", 1, 1),
            ("item_id:token\ttitle:text\n1\tOne\n", "csv.column_type", 1, 15),
            ("item_id:token\tprice:float\n1\t2\n", "csv.missing_column", 1, nil),
            ("item_id:token\ttitle:token_seq\n1\tOne\n2\tTwo\tthree\n", "csv.field_count", 3, nil),
            ("item_id:token\ttitle:token_seq\n1\tOne\n1\tTwo\n", "item.duplicate", 3, 1),
        ] as [(String, String, Int, Int?)])
    func brokenFiles(_ text: String, _ code: String, _ line: Int, _ column: Int?) throws {
        let path = try folder.write("in/x.item", text)
        let error = #expect(throws: Diagnostic.self) { try run() }
        #expect(error?.code == code)
        #expect(error?.location == Diagnostic.Location(file: path, line: line, column: column))
        #expect(try workspace.catalogue.items().isEmpty)
    }

    @Test func foldersOfTwoKindsAreRefused() throws {
        try folder.write("in/a.item", "item_id:token\ttitle:token\n1\tOne\n")
        try folder.write("in/b.item", "item_id:token\ttitle:token\n1\tOther\n")
        #expect(code { try run() } == "import.two_data_sets")
        #expect(try run("in/a.item").items.added == 1)
        #expect(code { try run("in/a.item", .movielens) } == "import.other_format")
        try FileManager.default.removeItem(atPath: folder.path + "/in/b.item")
        try folder.write("in/items.csv", "item_id,title\n1,Third\n")
        #expect(code { try run() } == "import.two_layouts")
        #expect(try run("in", .recbole).items.unchanged == 1)
    }

    /// The code of the error that an import ends with.
    private func code(_ body: () throws -> ImportReport) -> String? {
        do {
            _ = try body()
            return nil
        } catch {
            return (error as? Diagnostic)?.code
        }
    }
}
