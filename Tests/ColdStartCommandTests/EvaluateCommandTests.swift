import Foundation
import Testing

@Suite struct EvaluateCommandTests {
    @Test func oneTaskAnswersWithItsObjectAndSeveralWithAList() throws {
        let (folder, workspace) = try SampleWorkspace.copy()
        let page = folder.url.appendingPathComponent("report.html")
        let several = try Product.run(
            [
                "evaluate", "--task", "mixed", "--task", "cold", "--folds", "2", "--json", "-q", "--output",
                page.path,
            ],
            workspace: workspace)
        #expect(several.code == 0, "\(several.errors)")
        let tasks = try #require(try several.json()["tasks"] as? [[String: Any]])
        #expect(tasks.map { $0["task"] as? String } == ["cold", "mixed"])
        #expect(try several.json()["folds"] as? Int == 2 && several.json()["seed"] as? Int == 1)

        let one = try Product.run(
            ["evaluate", "--task", "mixed", "--folds", "2", "--json", "-q"], workspace: workspace)
        let mixed = try one.json()
        #expect(NSDictionary(dictionary: mixed) == NSDictionary(dictionary: tasks[1]))
        let system = try #require((mixed["systems"] as? [[String: Any]])?.first)
        let score = try #require(system["score"] as? [String: Any])
        #expect(
            Set(score.keys) == ["users", "ndcg20", "recall20", "ndcg20_standard_error", "auc"])
        #expect(system["exposure"] is [String: Any] && system["interval"] is [String: Any])

        let html = try String(contentsOf: page, encoding: .utf8)
        #expect(html.hasPrefix("<!DOCTYPE html>") && html.hasSuffix("</html>\n"))
        #expect(
            html.contains("id=\"cold\"") && html.contains("id=\"mixed\"") && !html.contains("id=\"warm\""))
        #expect(!FileManager.default.fileExists(atPath: page.path + ".partial"))
    }

    @Test func whatCannotBeWrittenIsSaidBeforeTheWork() throws {
        let (folder, workspace) = try SampleWorkspace.copy()
        let missing = folder.url.appendingPathComponent("none/report.html").path
        let run = try Product.run(["evaluate", "--output", missing], workspace: workspace)
        #expect(run.code == 69 && !run.errors.contains("Fold 1"))
        let other = try Product.run(["evaluate", "--output", "report.txt"], workspace: workspace)
        #expect(other.code == 64)
        #expect(try Product.run(["evaluate", "--cnn"], workspace: workspace).code == 64)
        #expect(try Product.run(["evaluate", "--task", "hot"], workspace: workspace).code == 64)
        for mixed in [
            ["--task", "lists", "--task", "cold"], ["--task", "exploration", "--output", "r.html"],
            ["--task", "ratings", "--task", "warm"],
        ] {
            #expect(try Product.run(["evaluate"] + mixed, workspace: workspace).code == 64)
        }
    }

    @Test func ratingsArePredictedByModelsThatDo() throws {
        let (folder, workspace) = try SampleWorkspace.copy()
        defer { withExtendedLifetime(folder) {} }
        let run = try Product.run(
            ["evaluate", "--task", "ratings", "--folds", "2", "--json", "-q"], workspace: workspace)
        #expect(run.code == 0, "\(run.errors)")
        let systems = try #require(try run.json()["systems"] as? [[String: Any]])
        #expect(systems.contains { $0["name"] as? String == "mf" })
        for system in systems {
            let keys = Set(system.keys).subtracting(["difference"])
            #expect(keys == ["name", "rmse", "rmse_interval", "mae", "mae_interval", "fold_rmse"])
        }
        let other = try Product.run(
            ["evaluate", "--task", "ratings", "--model", "als"], workspace: workspace)
        #expect(other.code == 64 && other.errors.contains("mf"))
    }

    @Test func negativesAreOfModelsThatDrawThem() throws {
        let (folder, workspace) = try SampleWorkspace.copy()
        defer { withExtendedLifetime(folder) {} }
        let run = try Product.run(["train", "--model", "als", "--negatives", "hard"], workspace: workspace)
        #expect(run.code == 64 && run.errors.contains("triplet"))
        #expect(try Product.run(["train", "--negatives", "soft"], workspace: workspace).code == 64)
        let trained = try Product.run(
            ["train", "--model", "triplet", "--negatives", "popular", "--epochs", "2", "--json", "-q"],
            workspace: workspace)
        #expect(trained.code == 0, "\(trained.errors)")
        #expect(try trained.json()["model"] as? String == "triplet")
    }

    /// Ctrl-C in the middle of a fold ends it at once, with its exit code and without a page.
    @Test func anInterruptEndsAFold() throws {
        let (folder, workspace) = try SampleWorkspace.copy()
        let page = folder.url.appendingPathComponent("report.html")
        let running = try RunningProduct(
            ["evaluate", "--folds", "30", "--output", page.path], workspace: workspace)
        try running.waitFor("Fold ")
        let run = try running.end(with: SIGINT)
        #expect(run.code == 130, "\(run.errors)")
        #expect(!run.errors.contains("Fold 30 of 30") && run.errors.contains("no page was written"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["w"])
    }
}
