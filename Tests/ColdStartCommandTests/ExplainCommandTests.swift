import Foundation
import Testing

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// Why, cards, and two posters, as a user asks for them.
@Suite struct ExplainCommandTests {
    /// A workspace of the sample with its new arrivals.
    private static func arrived() throws -> (folder: TemporaryFolder, workspace: URL) {
        let (folder, workspace) = try SampleWorkspace.copy()
        let arrivals = SampleWorkspace.data.appendingPathComponent("new-arrivals/arrivals.csv")
        let run = try Product.run(["add", "-q", "--from", arrivals.path], workspace: workspace)
        #expect(run.code == 0, "\(run.errors)")
        return (folder, workspace)
    }

    @Test func theExplanationAddsUpToTheScoreOfTheList() throws {
        let (folder, workspace) = try Self.arrived()
        defer { withExtendedLifetime(folder) {} }
        let picture = folder.url.appendingPathComponent("why.png")
        let run = try Product.run(
            [
                "explain", "--json", "-q", "--user", "u291", "--item", "n01", "--output", picture.path,
            ], workspace: workspace)
        #expect(run.code == 0, "\(run.errors)")
        let answer = try run.json()
        let contributions = try #require(answer["contributions"] as? [[String: Any]])
        let baseline = try #require(answer["baseline"] as? Double)
        let sum = contributions.compactMap { $0["contribution"] as? Double }.reduce(baseline, +)
        let score = try #require(answer["score"] as? Double)
        #expect(abs(sum - score) < 1e-4)
        let list = try Product.run(
            ["recommend", "--json", "-q", "--user", "u291", "--only", "new", "-n", "20"], workspace: workspace
        ).json()
        let entry = try #require(
            (list["recommendations"] as? [[String: Any]])?.first { $0["item_id"] as? String == "n01" })
        let listed = try #require(entry["score"] as? Double)
        #expect(abs(listed - score) < 1e-4)
        let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47]
        #expect(Array(try Data(contentsOf: picture).prefix(4)) == signature)
    }

    @Test func whatDoesNotExistIsNamedWithTheNearest() throws {
        let (folder, workspace) = try SampleWorkspace.copy()
        defer { withExtendedLifetime(folder) {} }
        for (arguments, word) in [
            (["explain", "--user", "u001", "--item", "m01"], "did you mean 'm001'?"),
            (["explain", "--user", "u01", "--item", "m001"], "did you mean 'u001'?"),
            (["explain", "--user", "u001", "--item", "m001", "--output", "why.png"], "comes from ratings"),
            (["card", "--item", "m01"], "did you mean 'm001'?"),
            (
                ["compare", "--title", "X", "--poster", "none.png", "--poster", "none.png"],
                "none.png"
            ),
        ] {
            let run = try Product.run(arguments + ["-q"], workspace: workspace)
            #expect(run.code == 66, "\(arguments)")
            #expect(run.errors.contains(word), "\(run.errors)")
            #expect(run.output.isEmpty)
        }
        let wrong = try Product.run(["compare", "--title", "X", "--poster", "a.png"], workspace: workspace)
        #expect(wrong.code == 64)
    }

    @Test func theCardIsOnePageThatNeedsNothingElse() throws {
        let (folder, workspace) = try Self.arrived()
        defer { withExtendedLifetime(folder) {} }
        // Markup in what is shown stays text.
        #expect(
            try Product.run(
                ["add", "-q", "--id", "odd", "--title", "<b>&\"Odd\"", "--genre", "Crime"],
                workspace: workspace
            ).code == 0)
        for item in ["n01", "odd", "m001"] {
            let file = folder.url.appendingPathComponent("card.html")
            let run = try Product.run(
                ["card", "-q", "--item", item, "--output", file.path], workspace: workspace)
            #expect(run.code == 0, "\(run.errors)")
            let page = try String(contentsOf: file, encoding: .utf8)
            let parser = XMLParser(data: Data(page.replacing("<!DOCTYPE html>", with: "").utf8))
            #expect(parser.parse(), "\(item): \(parser.parserError.debugDescription)")
            #expect(!page.contains("<script") && !page.contains("http") && !page.contains("<b>&"))
            #expect(page.contains("data:image/") == (item != "odd"))
            #expect(page.contains("id=\"voices\"") == (item != "m001"))
        }
    }

    @Test func twoPostersAreComparedAndNothingIsStored() throws {
        let (folder, workspace) = try SampleWorkspace.copy()
        defer { withExtendedLifetime(folder) {} }
        let posters = SampleWorkspace.data.appendingPathComponent("posters")
        let before = try Product.run(["status", "--json"], workspace: workspace).output
        let same = try Product.run(
            [
                "compare", "-q", "--json", "--title", "New", "--genre", "Crime",
                "--poster", posters.appendingPathComponent("m001.png").path,
                "--poster", posters.appendingPathComponent("m001.png").path,
            ], workspace: workspace)
        #expect(same.code == 0, "\(same.errors)")
        #expect(try same.json()["is_beyond_noise"] as? Bool == false)
        let text = try Product.run(
            [
                "compare", "-q", "--title", "New", "--genre", "Crime",
                "--poster", posters.appendingPathComponent("m001.png").path,
                "--poster", posters.appendingPathComponent("m001.png").path,
            ], workspace: workspace
        ).output
        #expect(text.hasPrefix("No difference beyond noise"))
        #expect(try Product.run(["status", "--json"], workspace: workspace).output == before)
    }
}
