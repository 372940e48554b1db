import Foundation
import Testing

/// Ctrl-C, and SIGTERM: what was done is kept or nothing is, one line says which, and how to go on.
@Suite struct InterruptTests {
    /// The run ended as it must, with one line that says these words.
    private func expectStop(
        _ run: Product.Run, saying words: [String], sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(run.code == 130, "\(run.errors)", sourceLocation: sourceLocation)
        let line = run.errors.split(separator: "\n").last.map(String.init) ?? ""
        for word in ["coldstart: stopped on request"] + words {
            #expect(line.contains(word), "\(run.errors)", sourceLocation: sourceLocation)
        }
    }

    @Test(arguments: [SIGINT, SIGTERM])
    func anImportIsAllOrNothing(signal: Int32) throws {
        let folder = try TemporaryFolder()
        let items = (0..<2_000).map { "m\($0),Item \($0)\n" }.joined()
        try folder.write("data/items.csv", "item_id,title\n" + items)
        var ratings = "user_id,item_id,rating\n"
        for user in 0..<4_000 {
            for item in 0..<300 { ratings += "u\(user),m\((user * 7 + item * 5) % 2_000),\(item % 5 + 1)\n" }
        }
        try folder.write("data/ratings.csv", ratings)
        let workspace = folder.url.appendingPathComponent("w")
        let running = try RunningProduct(["import", folder.url.path + "/data"], workspace: workspace)
        try running.waitFor("Importing ratings: ")
        expectStop(
            try running.end(with: signal), saying: ["nothing was imported; import it with: ", "/data"])
        // A first import leaves no workspace behind.
        #expect(try Product.run(["status"], workspace: workspace).code == 66)
    }

    @Test func rowsThatWereAddedStayAndTheSameCommandAddsTheOthers() throws {
        let (folder, workspace) = try SampleWorkspace.copy()
        let rows = 700
        let file = try folder.write(
            "arrivals.csv",
            "item_id,title,genres,description\n"
                + (0..<rows).map { "n\($0),Arrival \($0),Drama,A town by the sea number \($0).\n" }.joined())
        let running = try RunningProduct(["add", "--from", file.path], workspace: workspace)
        try running.waitFor("Adding items: ")
        let run = try running.end(with: SIGINT)
        expectStop(
            run, saying: [" items were added; add the others, and pass over those, with: ", "arrivals.csv"])
        let items = try #require(
            try Product.run(["status", "--json"], workspace: workspace).json()["items"] as? Int)
        #expect(run.errors.contains("stopped on request, \(items - 300) items were added"))
        #expect((301..<300 + rows).contains(items))
        let again = try Product.run(["add", "--from", file.path, "-n", "1", "-q"], workspace: workspace)
        #expect(again.code == 0, "\(again.errors)")
        #expect(
            again.output.contains(
                "Added \(300 + rows - items) items, left out 0; \(items - 300) were there already."))
        // What is there otherwise is no such row.
        let other = try folder.write("other.csv", "item_id,title,genres\nn1,Another title,Drama\n")
        #expect(try Product.run(["add", "--from", other.path], workspace: workspace).code == 65)
    }

    @Test func aTrainingLeavesTheActiveVersionAndSaysWhatIsKept() throws {
        let (folder, workspace) = try SampleWorkspace.copy()
        defer { withExtendedLifetime(folder) {} }
        let before = try Product.run(["models", "list", "--json"], workspace: workspace).output
        let learning = try RunningProduct(
            ["train", "--model", "gru", "--epochs", "100000"], workspace: workspace)
        try learning.waitFor("Learning from ratings: ")
        expectStop(
            try learning.end(with: SIGINT),
            saying: ["the active version is as it was; train with: ", "train --model gru --epochs 100000"])
        let network = try RunningProduct(["train", "--cnn", "--seed", "5"], workspace: workspace)
        try network.waitFor("Training the network")
        expectStop(try network.end(with: SIGTERM), saying: ["what was learned from ratings is kept"])
        #expect(try Product.run(["models", "list", "--json"], workspace: workspace).output == before)
        #expect(try Product.run(["recommend", "--user", "u001"], workspace: workspace).code == 0)
    }

    @Test func anEvaluationSaysWhatTheFoldsSayThatWereDone() throws {
        let (folder, workspace) = try SampleWorkspace.copy()
        defer { withExtendedLifetime(folder) {} }
        let running = try RunningProduct(
            ["evaluate", "--task", "cold", "--folds", "30", "--json"], workspace: workspace)
        try running.waitFor("Fold 4 of 30: ")
        try running.waitFor("Fold ")
        let run = try running.end(with: SIGINT)
        let folds = try #require(try run.json()["folds"] as? Int)
        #expect((1..<30).contains(folds))
        expectStop(run, saying: ["after \(folds) of 30 folds, of which the figures are"])
    }

    /// Where nothing asks, as while a text is waited for, the signal ends the command at once.
    @Test func aCommandThatWaitsEndsAtOnce() throws {
        let (folder, workspace) = try SampleWorkspace.copy()
        defer { withExtendedLifetime(folder) {} }
        let pipe = Pipe()
        let running = try RunningProduct(
            ["add", "--title", "X", "--description-file", "-"], workspace: workspace, standardInput: pipe)
        usleep(500_000)
        expectStop(try running.end(with: SIGINT), saying: ["what was written before is whole"])
        #expect(try Product.run(["status", "--json"], workspace: workspace).json()["items"] as? Int == 300)
    }
}
