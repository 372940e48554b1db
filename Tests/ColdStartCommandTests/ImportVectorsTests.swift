import Foundation
import Testing

/// Another recommender's vectors: taken over, served, and given back with the rows of new items.
@Suite struct ImportVectorsTests {
    /// What `export vectors` wrote as CSV: columns by name, rows by id.
    private struct Table {
        var rows: [String: [String: Double]] = [:]
        var ids: [String] = []

        init(_ file: URL) throws {
            let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
            let columns = lines[0].split(separator: ",").map(String.init)
            for line in lines.dropFirst() {
                let fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
                ids.append(fields[0])
                rows[fields[0]] = Dictionary(
                    uniqueKeysWithValues: zip(columns, fields).dropFirst().compactMap { column, field in
                        Double(field).map { (column, $0) }
                    })
            }
        }

        func vector(_ id: String) -> [Double] {
            let row = rows[id] ?? [:]
            return (1...max(row.keys.count { $0.hasPrefix("v") }, 1)).compactMap { row["v\($0)"] }
        }
    }

    /// The sample's trained factors as another recommender might have them, without biases: an item is (v, b), a user (u, 1).
    private func foreignFactors(_ folder: TemporaryFolder, _ workspace: URL) throws -> (
        items: URL, users: URL
    ) {
        let (items, users) = (
            folder.url.appendingPathComponent("i.csv"), folder.url.appendingPathComponent("u.csv")
        )
        try succeed(["export", "vectors", items.path], workspace)
        try succeed(["export", "vectors", "--users", users.path], workspace)
        func write(_ name: String, _ table: Table, last: (String) -> Double) throws -> URL {
            let count = table.vector(table.ids[0]).count + 1
            return try folder.write(
                name,
                "id," + (1...count).map { "f\($0)" }.joined(separator: ",") + "\n"
                    + table.ids.map { id in
                        ([id] + (table.vector(id) + [last(id)]).map { "\($0)" }).joined(separator: ",") + "\n"
                    }.joined())
        }
        let (own, theirs) = (try Table(items), try Table(users))
        return (
            try write("items.csv", own) { own.rows[$0]?["bias"] ?? 0 },
            try write("users.csv", theirs) { _ in 1 }
        )
    }

    @discardableResult
    private func succeed(
        _ arguments: [String], _ workspace: URL, sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> Product.Run {
        let run = try Product.run(arguments + ["-q"], workspace: workspace)
        #expect(run.code == 0, "\(run.errors)", sourceLocation: sourceLocation)
        return run
    }

    private func scores(ofUser user: String, _ workspace: URL, _ options: [String] = []) throws -> [String:
        Double]
    {
        let run = try succeed(["recommend", "--user", user, "--json"] + options, workspace)
        let items = try #require(try run.json()["recommendations"] as? [[String: Any]])
        return Dictionary(
            uniqueKeysWithValues: try items.map {
                (try #require($0["item_id"] as? String), try #require($0["score"] as? Double))
            })
    }

    private func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }

    @Test func usersAreServedAsByTheOtherRecommenderAndNewItemsGoBackToIt() throws {
        let (folder, workspace) = try SampleWorkspace.copy()
        let trained = try scores(ofUser: "u007", workspace)
        let files = try foreignFactors(folder, workspace)
        let run = try succeed(
            ["import-vectors", "--items", files.items.path, "--users", files.users.path, "--json"], workspace)
        let card = try #require(try run.json()["card"] as? [String: Any])
        #expect(card["origin"] as? String == "import-vectors" && card["model"] as? String == "imported")
        let served = try scores(ofUser: "u007", workspace)
        #expect(Set(served.keys) == Set(trained.keys))
        for (item, score) in served { #expect(abs(score - (trained[item] ?? 0)) < 1e-3) }

        try succeed(
            ["add", "--title", "Fresh", "--id", "fresh", "--genre", "Horror", "--year", "1990"], workspace)
        let export = folder.url.appendingPathComponent("new.csv")
        try succeed(["export", "vectors", "--only", "new", export.path], workspace)
        let new = try Table(export), users = try Table(files.users)
        #expect(new.ids == ["fresh"] && new.rows["fresh"]?["bias"] == nil)
        for user in ["u007", "u100", "u500"] {
            let theirs = (1...65).compactMap { users.rows[user]?["f\($0)"] }
            let own = try scores(ofUser: user, workspace, ["--only", "new"])
            #expect(abs(dot(theirs, new.vector("fresh")) - (own["fresh"] ?? .nan)) < 1e-3)
        }
    }

    @Test func whatWasImportedComesBack() throws {
        let (folder, workspace) = try SampleWorkspace.copy()
        let files = try foreignFactors(folder, workspace)
        try succeed(["import-vectors", "--items", files.items.path, "--users", files.users.path], workspace)
        for (option, file) in [([], files.items), (["--users"], files.users)] {
            let export = folder.url.appendingPathComponent("back.csv")
            try succeed(["export", "vectors", export.path] + option, workspace)
            let (sent, back) = (try Table(file), try Table(export))
            #expect(Set(sent.ids) == Set(back.ids))
            for id in sent.ids {
                for (number, value) in back.vector(id).enumerated() {
                    #expect(abs(value - (sent.rows[id]?["f\(number + 1)"] ?? .nan)) < 1e-3)
                }
            }
        }
    }

    /// Files of all kinds, of a trained model with biases, are read as they were written.
    @Test(arguments: ["npy", "safetensors", "csv"]) func everyFormatIsReadBack(format: String) throws {
        let (folder, workspace) = try SampleWorkspace.copy()
        func path(_ name: String) -> String { folder.url.appendingPathComponent(name).path }
        let trained = try scores(ofUser: "u007", workspace)
        try succeed(["export", "vectors", path("i.\(format)")], workspace)
        try succeed(["export", "vectors", "--users", "--format", format, path("u.\(format)")], workspace)
        var options: [String] = []
        if format == "npy" {
            options = [
                "--item-ids", path("i.ids.txt"), "--user-ids", path("u.ids.txt"), "--item-biases",
                path("i.biases.npy"),
            ]
        }
        try succeed(
            ["import-vectors", "--items", path("i.\(format)"), "--users", path("u.\(format)")] + options,
            workspace)
        for (item, score) in try scores(ofUser: "u007", workspace) {
            #expect(abs(score - (trained[item] ?? .nan)) < 1e-3)
        }
    }

    /// All that goes with a trained version goes with an imported one.
    @Test func theVersionLives() throws {
        let (folder, workspace) = try SampleWorkspace.copy()
        let files = try foreignFactors(folder, workspace)
        try succeed(["import-vectors", "--items", files.items.path, "--users", files.users.path], workspace)
        try succeed(["add", "--title", "Fresh", "--id", "fresh", "--genre", "Drama"], workspace)
        let ratings = try folder.write(
            "more.csv",
            "user_id,item_id,rating\n" + (1...60).map { String(format: "u%03d,fresh,5\n", $0) }.joined())
        try succeed(["rate", "--from", ratings.path], workspace)
        try succeed(["rate", "--user", "newcomer", "--item", "m001", "--rating", "5"], workspace)
        #expect(try scores(ofUser: "newcomer", workspace).count == 10)
        #expect(try succeed(["similar", "--item", "fresh"], workspace).output.contains("m"))
        #expect(try succeed(["audience", "--item", "m001"], workspace).output.contains("u"))
        try succeed(["retrain", "--force"], workspace)
        #expect(
            try succeed(["models", "show"], workspace).json()["origin"] as? String == "retrain of v2")
        try succeed(["models", "verify"], workspace)
        // Still in the coordinates in which it came: 64 numbers, and what was the bias.
        let export = folder.url.appendingPathComponent("back.csv")
        try succeed(["export", "vectors", export.path], workspace)
        let back = try Table(export), sent = try Table(files.items)
        #expect(back.ids.count == 301 && back.vector("fresh").count == 65)
        #expect(abs(back.vector("m001")[64] - (sent.rows["m001"]?["f65"] ?? .nan)) < 1e-3)
        try succeed(["models", "activate", "v2"], workspace)
    }

    @Test func itemsAloneAreEnough() throws {
        let (folder, workspace) = try SampleWorkspace.copy()
        let files = try foreignFactors(folder, workspace)
        // With ratings in the catalogue there are users all the same.
        try succeed(["import-vectors", "--items", files.items.path], workspace)
        #expect(try scores(ofUser: "u007", workspace).count == 10)
        // Without, there is what items alone tell.
        let bare = folder.url.appendingPathComponent("bare")
        try succeed(["import", SampleWorkspace.data.path + "/items.csv", "--skip-bad-posters"], bare)
        try succeed(["import-vectors", "--items", files.items.path], bare)
        try succeed(["add", "--title", "Fresh", "--id", "fresh", "--genre", "Horror"], bare)
        #expect(try succeed(["similar", "--item", "fresh"], bare).output.contains("m"))
        let export = folder.url.appendingPathComponent("back.csv")
        try succeed(["export", "vectors", export.path], bare)
        let sent = try Table(files.items), back = try Table(export)
        #expect(Float(back.vector("m001")[3]) == Float(sent.rows["m001"]?["f4"] ?? .nan))
        #expect(back.ids.count == 301)
        // Users who came along are met by their vectors, and a first rating moves them a little.
        try succeed(["import-vectors", "--items", files.items.path, "--users", files.users.path], bare)
        let before = try scores(ofUser: "u007", bare)
        try succeed(["rate", "--user", "u007", "--item", "fresh", "--rating", "5"], bare)
        let after = try scores(ofUser: "u007", bare)
        #expect(Set(before.keys).intersection(after.keys).count > 5 && before != after)
    }

    @Test func itemsWithoutAPlaceAreLeftToTheirContent() throws {
        let (folder, workspace) = try SampleWorkspace.copy()
        let ids = (1...100).map { String(format: "m%03d", $0) }
        let file = try folder.write(
            "items.csv",
            "item_id,a,b\n"
                + ids.enumerated().map { "\($1),\($0 < 5 ? "0,0" : "\($0 % 7 + 1),\($0 % 3)")\n" }.joined()
                + "x1,1,2\n")
        let run = try Product.run(
            ["import-vectors", "--items", file.path, "--skip-unknown", "--json"], workspace: workspace)
        #expect(run.code == 0, "\(run.errors)")
        let counts = try #require(try run.json()["imported"] as? [String: Any])
        #expect(counts["items"] as? Int == 95 && counts["zero_items"] as? Int == 5)
        #expect(counts["unknown_items"] as? Int == 1)
        #expect(run.errors.contains("left out 1 items that the catalogue does not have"))
    }

    @Test func theCatalogueComesBackAsItIsAndTheModelAsAFile() throws {
        let (folder, workspace) = try SampleWorkspace.copy()
        let catalogue = folder.url.appendingPathComponent("catalogue").path
        let answer = try succeed(["export", "catalogue", catalogue, "--json"], workspace).json()
        #expect(answer["items"] as? Int == 300 && answer["ratings"] as? Int == 40_000)
        let run = try succeed(["import", catalogue, "--json"], workspace)
        for kind in ["items", "users", "ratings"] {
            let changes = try #require(try run.json()[kind] as? [String: Any])
            #expect(changes["unchanged"] as? Int == changes["total"] as? Int, "\(kind)")
        }
        let again = try Product.run(["export", "catalogue", catalogue, "-q"], workspace: workspace)
        #expect(again.code == 64 && again.errors.contains("already"))

        let copy = folder.url.appendingPathComponent("model.safetensors")
        try succeed(["export", "model", copy.path], workspace)
        #expect(
            try Data(contentsOf: copy)
                == Data(contentsOf: workspace.appendingPathComponent("models/v1/model.safetensors")))
    }

    @Test(arguments: [
        ("item_id,a\nm001,1\nm002,nan\n", "items.csv:3:6"),
        ("item_id,a\nm001,1\nm001,2\n", "'m001' of row 2"),
        ("item_id,a\nm001,1\nzz,2\nyy,3\n", "does not have 2 of the 3 items, the first of them 'zz'"),
        ("item_id,a\nm001\n", "items.csv:2"), ("item_id,a\n,1\n", "row 1 has no id"),
        ("m001,0.5\nm002,1.5\n", "begin with a header line"), ("item_id,a\n", "0 vectors"),
        ("item_id,a\nm001,1\nm002,1\n", "only 2 items"),
    ])
    func aBadTableIsRefused(text: String, words: String) throws {
        let (folder, workspace) = try SampleWorkspace.copy()
        let file = try folder.write("items.csv", text)
        try expectRefusal(["--items", file.path], workspace, 65, words)
    }

    @Test func filesThatDoNotFitAreRefused() throws {
        let (folder, workspace) = try SampleWorkspace.copy()
        func path(_ name: String) -> String { folder.url.appendingPathComponent(name).path }
        for (name, options) in [("i.npy", []), ("u.npy", ["--users"]), ("i.safetensors", [])] {
            try succeed(["export", "vectors", path(name)] + options, workspace)
        }
        let short = try folder.write("short.txt", "m001\nm002\n").path
        try folder.write("narrow.csv", "user_id,a\nu001,1\n")
        try folder.write("text.npy", "no array")
        try expectRefusal(["--items", path("i.npy")], workspace, 64, "--item-ids FILE")
        try expectRefusal(
            ["--items", path("i.npy"), "--item-ids", short], workspace, 65, "300 rows, but 2 ids")
        try expectRefusal(
            ["--items", path("i.npy"), "--item-ids", path("none.txt")], workspace, 66, "none.txt")
        try expectRefusal(["--items", path("text.npy"), "--item-ids", short], workspace, 65, "no npy file")
        try expectRefusal(["--items", path("i.parquet")], workspace, 64, "ends in .npy")
        try expectRefusal(
            ["--items", path("i.safetensors"), "--users", path("narrow.csv")], workspace, 65,
            "items have 64 numbers, those of users 1")
        try expectRefusal(
            [
                "--items", path("i.safetensors"), "--users", path("i.safetensors"), "--user-ids",
                path("u.ids.txt"),
            ],
            workspace, 65, "no tensor \"users\"")
        try expectRefusal(
            [
                "--items", path("i.npy"), "--item-ids", path("i.ids.txt"), "--item-biases", path("u.npy"),
            ], workspace, 65, "biases for 300 items")
        // Cut anywhere, it is an error and no model.
        let whole = try Data(contentsOf: URL(fileURLWithPath: path("i.npy")))
        try whole.dropLast(7).write(to: URL(fileURLWithPath: path("cut.npy")))
        try expectRefusal(
            ["--items", path("cut.npy"), "--item-ids", path("i.ids.txt")], workspace, 65,
            "copy the file again")
        #expect(
            try Product.run(["models", "list", "--json"], workspace: workspace).output.contains("v2") == false
        )
    }

    private func expectRefusal(
        _ options: [String], _ workspace: URL, _ code: Int32, _ words: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let run = try Product.run(["import-vectors", "-q"] + options, workspace: workspace)
        #expect(run.code == code, "\(run.errors)", sourceLocation: sourceLocation)
        #expect(run.errors.contains(words), "\(run.errors)", sourceLocation: sourceLocation)
        #expect(run.errors.split(separator: "\n").count == 1, "\(run.errors)", sourceLocation: sourceLocation)
    }
}
