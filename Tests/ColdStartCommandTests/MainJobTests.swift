import Foundation
import Testing

/// The way a catalogue owner goes: from files to a new film before the people who want it.
@Suite struct MainJobTests {
    @Test func anAddedFilmIsRecommendedAtOnceAndOnlyOnce() throws {
        let (folder, workspace) = try SampleWorkspace.copy()
        defer { withExtendedLifetime(folder) {} }
        let added = try Product.run(
            [
                "add", "--title", "The Last Lantern", "--genre", "Drama", "--year", "2024", "--poster",
                SampleWorkspace.data.appendingPathComponent("new-arrivals/posters").path + "/"
                    + (try #require(
                        FileManager.default.contentsOfDirectory(
                            atPath: SampleWorkspace.data.path + "/new-arrivals/posters"
                        ).min())),
                "--description", "A detective follows a smuggler through the rain of an old harbour.",
                "--json",
            ], workspace: workspace)
        #expect(added.code == 0, "\(added.errors)")
        let answer = try added.json()
        let id = try #require(answer["id"] as? String)
        #expect(id == "the-last-lantern-2024")
        #expect(answer["provenance"] as? String == "projected")
        #expect((answer["neighbours"] as? [Any])?.count == 5)
        let audience = try #require(answer["audience"] as? [[String: Any]])
        let user = try #require(audience.first?["user_id"] as? String)
        #expect((try #require(answer["variance"] as? Double)) > 0)

        let list = try Product.run(
            ["recommend", "--user", user, "-n", "20", "--only", "new", "--json"], workspace: workspace)
        let items = try #require(try list.json()["recommendations"] as? [[String: Any]])
        #expect(items.contains { $0["item_id"] as? String == id })

        let again = try Product.run(["add", "--title", "X", "--id", id], workspace: workspace)
        #expect(again.code == 65)
        #expect(again.errors.contains("already has an item"))
    }

    @Test(arguments: [[], ["--genre", "No Such Genre"], ["--description", "zzqx"], ["--year", "1901"]])
    func anyContentMayBeMissing(extra: [String]) throws {
        let (folder, workspace) = try SampleWorkspace.copy()
        defer { withExtendedLifetime(folder) {} }
        let run = try Product.run(["add", "--title", "Bare", "--json"] + extra, workspace: workspace)
        #expect(run.code == 0, "\(run.errors)")
        #expect(try run.json()["provenance"] as? String == "projected")
    }

    @Test func manyAreAddedRowByRow() throws {
        let (folder, workspace) = try SampleWorkspace.copy()
        let file = try folder.write(
            "arrivals.csv",
            """
            item_id,title,year,genres,description,poster
            n1,One,2024,Drama,A town by the sea.,
            n2,Two,not-a-year,Drama,,
            n3,Three,2024,Drama,,missing.png
            n4,Four,2024,Drama,,

            """)
        let run = try Product.run(["add", "--from", file.path], workspace: workspace)
        #expect(run.code == 65)
        #expect(run.errors.contains("arrivals.csv:3"))
        #expect(run.errors.contains("missing.png"))
        #expect(run.output.contains("Added 2 items, left out 2."))
        #expect(try Product.run(["similar", "--item", "n4"], workspace: workspace).code == 0)
        #expect(try Product.run(["similar", "--item", "n2"], workspace: workspace).code == 66)
    }

    @Test func everyNewItemIsShownAsOftenAsAskedFor() throws {
        let (folder, workspace) = try SampleWorkspace.copy()
        let file = try folder.write("arrivals.csv", "item_id,title,genres\nn1,One,Horror\nn2,Two,Western\n")
        #expect(try Product.run(["add", "--from", file.path], workspace: workspace).code == 0)
        func lines(_ options: [String]) throws -> (lines: [Substring], errors: String) {
            let run = try Product.run(
                ["recommend", "--all-users", "-n", "10"] + options, workspace: workspace)
            #expect(run.code == 0, "\(run.errors)")
            return (run.output.split(separator: "\n"), run.errors)
        }
        let plain = try lines([]), shown = try lines(["--impressions", "40"])
        #expect(plain.lines == (try lines(["--explore", "0", "--diversity", "0"])).lines)
        #expect(plain.lines.count == shown.lines.count)
        for item in ["n1", "n2"] {
            #expect(shown.lines.count { $0.split(separator: ",")[1] == item } >= 40)
        }
        #expect(shown.errors.contains("new items 100.0 % stand on somebody's list"))
    }

    @Test func probabilitiesAreOverTheCandidatesNamed() throws {
        let (folder, workspace) = try SampleWorkspace.copy()
        defer { withExtendedLifetime(folder) {} }
        func shares(_ options: [String]) throws -> (sum: Double, count: Int, lists: Int) {
            let run = try Product.run(
                ["recommend", "--user", "u001", "-n", "1000", "--json"] + options, workspace: workspace)
            let answer = try run.json()
            let candidates = try #require(answer["candidates"] as? [String: Any])
            let list = try #require(answer["recommendations"] as? [[String: Any]])
            let values = list.compactMap { $0["probability"] as? Double }
            #expect(values == values.sorted(by: >))
            return (values.reduce(0, +), try #require(candidates["count"] as? Int), list.count)
        }
        for options in [[], ["--genre", "Horror"], ["--only", "seen-too"]] {
            let (sum, count, lists) = try shares(options)
            #expect(abs(sum - 1) < 1e-6 && count == lists && count > 5)
        }
    }

    @Test func autoTriesAllModelsAndSaysWhatTheyReached() throws {
        let (folder, workspace) = try SampleWorkspace.copy()
        defer { withExtendedLifetime(folder) {} }
        let run = try Product.run(
            ["train", "--model", "auto", "--epochs", "1", "--json", "-q"], workspace: workspace)
        #expect(run.code == 0, "\(run.errors)")
        let card = try run.json()
        let trials = try #require(card["choice"] as? [[String: Any]])
        let reached = trials.compactMap { $0["ndcg20"] as? Double }
        #expect(trials.count >= 7 && reached.count == trials.count)
        let chosen = trials.firstIndex { $0["model"] as? String == card["model"] as? String }
        #expect(chosen == reached.firstIndex { $0 >= 0.99 * (reached.max() ?? 0) })
        let mixed = try Product.run(["train", "--model", "auto", "--loss", "squared"], workspace: workspace)
        #expect(mixed.code == 64 && mixed.errors.contains("leave them out"))
    }

    @Test func aNewUserIsServedFromTheFirstRating() throws {
        let (folder, workspace) = try SampleWorkspace.copy()
        defer { withExtendedLifetime(folder) {} }
        let unknown = try Product.run(["recommend", "--user", "newcomer"], workspace: workspace)
        #expect(unknown.code == 66)
        #expect(unknown.errors.contains("no user 'newcomer'"))
        for (user, item) in [("newcomer", "m001"), ("other", "m100")] {
            let rate = try Product.run(
                ["rate", "--user", user, "--item", item, "--rating", "5"], workspace: workspace)
            #expect(rate.code == 0, "\(rate.errors)")
        }
        let first = try Product.run(["recommend", "--user", "newcomer", "--json"], workspace: workspace)
        let second = try Product.run(["recommend", "--user", "other", "--json"], workspace: workspace)
        #expect(first.code == 0)
        let titles = try #require(try first.json()["recommendations"] as? [[String: Any]])
        #expect(titles.count == 10)
        #expect(!titles.contains { $0["item_id"] as? String == "m001" })
        #expect(first.output != second.output)
    }

    @Test func retrainingTakesInWhatWasRatedAndStaysActiveOrSaysWhy() throws {
        let (folder, workspace) = try SampleWorkspace.copy()
        let users = (1...60).map { String(format: "u%03d", $0) }
        #expect(
            try Product.run(
                ["add", "--title", "Fresh", "--id", "fresh", "--genre", "Drama"], workspace: workspace
            ).code == 0)
        let file = try folder.write(
            "more.csv", "user_id,item_id,rating\n" + users.map { "\($0),fresh,5\n" }.joined())
        let rated = try Product.run(["rate", "--from", file.path, "--json"], workspace: workspace)
        #expect(try rated.json()["added"] as? Int == 60)
        #expect(try provenance(of: "fresh", workspace) == "blended")
        let run = try Product.run(["retrain", "--json", "-q"], workspace: workspace)
        #expect(run.code == 0 || run.errors.contains("was not activated"), "\(run.errors)")
        #expect(try run.json()["version"] as? String == "v2")
        #expect(try Product.run(["models", "activate", "v2"], workspace: workspace).code == 0)
        #expect(try provenance(of: "fresh", workspace) == "learned")
        #expect(
            try Product.run(["models", "rollback"], workspace: workspace).output.hasPrefix("v1 is active"))
        #expect(try Product.run(["models", "verify"], workspace: workspace).code == 0)
    }

    /// Where `similar` says that an item's place comes from.
    private func provenance(of id: String, _ workspace: URL) throws -> String? {
        let similar = try Product.run(
            ["similar", "--item", "m001", "-n", "400", "--json"], workspace: workspace)
        let entries = try #require(try similar.json()["neighbours"] as? [[String: Any]])
        return entries.first { $0["item_id"] as? String == id }?["provenance"] as? String
    }

    /// Ratings place a new item at once; a rating given twice counts once, and the last one counts.
    @Test func firstRatingsMoveANewItem() throws {
        let (folder, workspace) = try SampleWorkspace.copy()
        defer { withExtendedLifetime(folder) {} }
        #expect(
            try Product.run(
                ["add", "--title", "Fresh", "--id", "fresh", "--genre", "Drama"], workspace: workspace
            ).code == 0)
        func neighbours() throws -> String {
            try Product.run(["similar", "--item", "fresh", "--json"], workspace: workspace).output
        }
        func rate(_ user: String, _ rating: String) throws {
            let run = try Product.run(
                ["rate", "--user", user, "--item", "fresh", "--rating", rating], workspace: workspace)
            #expect(run.code == 0, "\(run.errors)")
        }
        #expect(try provenance(of: "fresh", workspace) == "projected")
        let cold = try neighbours()
        for user in ["u001", "u002", "u003"] { try rate(user, "5") }
        #expect(try provenance(of: "fresh", workspace) == "blended")
        let warm = try neighbours()
        #expect(warm != cold)
        try rate("u002", "5")
        #expect(try neighbours() == warm)
        try rate("u002", "1")
        let changed = try neighbours()
        #expect(changed != warm)
        try rate("u002", "5")
        #expect(try neighbours() == warm)
        // Somebody whom the model has never seen may rate, too.
        try rate("stranger", "5")
        #expect(try neighbours() != warm)
    }

    @Test func sameSeedAndThreadsGiveTheSameBytes() throws {
        let (folder, workspace) = try SampleWorkspace.copy()
        defer { withExtendedLifetime(folder) {} }
        for _ in 0..<2 {
            #expect(
                try Product.run(["train", "--seed", "9", "--threads", "2", "-q"], workspace: workspace).code
                    == 0)
        }
        func bytes(_ version: String) throws -> Data {
            try Data(contentsOf: workspace.appendingPathComponent("models/\(version)/model.safetensors"))
        }
        #expect(try bytes("v2") == bytes("v3"))
        #expect(try bytes("v1") != bytes("v2"))
    }

    @Test func importingAgainChangesNothing() throws {
        let (folder, workspace) = try SampleWorkspace.copy()
        defer { withExtendedLifetime(folder) {} }
        let run = try Product.run(
            ["import", SampleWorkspace.data.path, "--json", "-q"], workspace: workspace)
        let answer = try run.json()
        for kind in ["items", "users", "ratings"] {
            let changes = try #require(answer[kind] as? [String: Any])
            #expect(changes["added"] as? Int == 0)
            #expect(changes["updated"] as? Int == 0)
            #expect(changes["unchanged"] as? Int == changes["total"] as? Int)
        }
    }

    @Test func listsForAllUsersHoldEveryCandidateThatIsNotSeen() throws {
        let (folder, workspace) = try SampleWorkspace.copy()
        let candidates = try folder.write("candidates.txt", "m001\nm002\nm003\n")
        let file = folder.url.appendingPathComponent("lists.csv")
        let run = try Product.run(
            [
                "recommend", "--all-users", "--candidates", candidates.path, "-n", "3", "--output", file.path,
                "--only", "seen-too",
            ],
            workspace: workspace)
        #expect(run.code == 0, "\(run.errors)")
        let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
        #expect(lines.first == "user_id,item_id,score")
        #expect(lines.count == 1 + 600 * 3)
        let scores = lines.dropFirst().prefix(3).compactMap { Double($0.split(separator: ",")[2]) }
        #expect(scores.count == 3 && scores == scores.sorted(by: >))
    }

    @Test func evaluationPutsTheProjectionAboveTheBaselines() throws {
        let (folder, workspace) = try SampleWorkspace.copy()
        defer { withExtendedLifetime(folder) {} }
        let run = try Product.run(
            ["evaluate", "--task", "cold", "--folds", "3", "--json", "-q"], workspace: workspace)
        let systems = try #require(try run.json()["systems"] as? [[String: Any]])
        var ndcg: [String: Double] = [:]
        for system in systems {
            let score = try #require(system["score"] as? [String: Any])
            ndcg[try #require(system["name"] as? String)] = score["ndcg20"] as? Double
        }
        let own = try #require(ndcg["coldstart"])
        #expect(own > (try #require(ndcg["random"])) * 1.2)
        #expect(own > (try #require(ndcg["genre popularity"])))
    }
}
