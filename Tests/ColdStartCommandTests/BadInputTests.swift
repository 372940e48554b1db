import Foundation
import GRDB
import Testing

/// Every bad input ends in one clear line, the right exit code, and the workspace as it was.
@Suite struct BadInputTests {
    /// Runs a command that must fail, and holds the catalogue against what it was.
    private func expectRefusal(
        _ arguments: [String], _ workspace: URL, code: Int32, naming words: [String],
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let before = try Product.run(["status", "--json"], workspace: workspace).output
        let posters = try files(workspace.appendingPathComponent("posters"))
        let run = try Product.run(arguments + ["-q"], workspace: workspace)
        #expect(run.code == code, "\(run.errors)", sourceLocation: sourceLocation)
        for word in words {
            #expect(run.errors.contains(word), "\(run.errors)", sourceLocation: sourceLocation)
        }
        let lines = run.errors.split(separator: "\n")
        #expect(
            lines.count == 1 && lines.first?.contains("; ") == true, "\(run.errors)",
            sourceLocation: sourceLocation)
        #expect(
            try Product.run(["status", "--json"], workspace: workspace).output == before,
            sourceLocation: sourceLocation)
        #expect(
            try files(workspace.appendingPathComponent("posters")) == posters, sourceLocation: sourceLocation)
    }

    private func files(_ folder: URL) throws -> [String] {
        (FileManager.default.enumerator(atPath: folder.path)?.allObjects as? [String] ?? []).sorted()
    }

    @Test(
        arguments: [
            ("empty.png", [], "poster.empty"), ("text.png", Array("<html>not a poster</html>".utf8), "html"),
            (
                "cut.png", Array<UInt8>([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13]),
                "cut.png"
            ),
        ] as [(String, [UInt8], String)])
    func badPostersAreRefused(name: String, bytes: [UInt8], word: String) throws {
        let (folder, workspace) = try SampleWorkspace.copy()
        let file = folder.url.appendingPathComponent(name)
        try Data(bytes).write(to: file)
        try expectRefusal(
            ["add", "--title", "X", "--poster", file.path], workspace, code: 65, naming: [name])
        try folder.write("in/items.csv", "item_id,title,poster\nz1,Zed,../\(name)\n")
        try expectRefusal(
            ["import", folder.url.path + "/in/items.csv"], workspace, code: 65, naming: [name, "items.csv:2"])
    }

    @Test func aTruncatedPosterIsRefusedWhereverItEnds() throws {
        let (folder, workspace) = try SampleWorkspace.copy()
        let posters = SampleWorkspace.data.appendingPathComponent("posters")
        let name = try #require(FileManager.default.contentsOfDirectory(atPath: posters.path).min())
        let whole = try Data(contentsOf: posters.appendingPathComponent(name))
        for share in [0.3, 0.9] {
            let file = folder.url.appendingPathComponent("cut.png")
            try whole.prefix(Int(Double(whole.count) * share)).write(to: file)
            try expectRefusal(
                ["add", "--title", "X", "--poster", file.path], workspace, code: 65, naming: ["cut.png"])
        }
    }

    @Test func aBrokenLineInARatingsFileIsNamedAndNothingIsImported() throws {
        let (folder, workspace) = try SampleWorkspace.copy()
        var text = "user_id,item_id,rating,timestamp\n"
        for row in 0..<5_000 { text += "v\(row),m001,4,0\n" }
        text += "v1,m002,four,0\n"
        let file = try folder.write("ratings.csv", text)
        try expectRefusal(["import", file.path], workspace, code: 65, naming: ["ratings.csv:5002", "four"])
        try expectRefusal(["rate", "--from", file.path], workspace, code: 65, naming: ["ratings.csv:5002"])
    }

    @Test func aDuplicateIdNamesBothLines() throws {
        let (folder, workspace) = try SampleWorkspace.copy()
        let file = try folder.write("items.csv", "item_id,title\na,One\nb,Two\na,Three\n")
        try expectRefusal(["import", file.path], workspace, code: 65, naming: ["items.csv:4", "line 2"])
    }

    @Test func whatDoesNotExistIsNamedWithASuggestion() throws {
        let (folder, workspace) = try SampleWorkspace.copy()
        try expectRefusal(
            ["recommend", "--user", "u0011"], workspace, code: 66, naming: ["u0011", "did you mean"])
        try expectRefusal(
            ["similar", "--item", "m0011"], workspace, code: 66, naming: ["m0011", "did you mean"])
        try expectRefusal(
            ["recommend", "--user", "u001", "--genre", "Dramma"], workspace, code: 66,
            naming: ["did you mean 'Drama'"])
        try expectRefusal(
            ["similar", "--item", "Relay"], workspace, code: 66,
            naming: ["did you mean 'm113' (Relay)", "[item.unknown]"])
        try expectRefusal(
            ["rate", "--user", "u001", "--item", "m0011", "--rating", "4"], workspace, code: 66,
            naming: ["did you mean 'm001'"])
        try folder.write("harbour.png", "")
        try expectRefusal(
            ["add", "--title", "X", "--poster", folder.url.path + "/habour.png"], workspace, code: 66,
            naming: ["habour.png: there is no such file", "harbour.png'?", "[poster.missing]"])
        try expectRefusal(
            ["recommnd"], workspace, code: 64, naming: ["did you mean 'recommend'", "[command.unknown]"])
        try expectRefusal(["models", "activate", "v99"], workspace, code: 66, naming: ["v99", "v1"])
        try expectRefusal(["import", "no/such/folder"], workspace, code: 66, naming: ["no/such/folder"])
        try expectRefusal(["train", "--model", "magic"], workspace, code: 64, naming: ["magic", "als"])
    }

    @Test func anEmptyCatalogueCannotBeTrained() throws {
        let folder = try TemporaryFolder()
        let workspace = folder.url.appendingPathComponent("w")
        let missing = try Product.run(["train"], workspace: workspace)
        #expect(missing.code == 66)
        #expect(missing.errors.contains("coldstart import"))
        #expect(!FileManager.default.fileExists(atPath: workspace.path))
        let file = try folder.write("items.csv", "item_id,title\na,One\n")
        #expect(try Product.run(["import", file.path], workspace: workspace).code == 0)
        let empty = try Product.run(["train"], workspace: workspace)
        #expect(empty.code == 66)
        #expect(empty.errors.contains("no ratings"))
        #expect(try Product.run(["recommend", "--user", "x"], workspace: workspace).code == 66)
    }

    @Test func aFailedFirstImportLeavesNoWorkspace() throws {
        let folder = try TemporaryFolder()
        let workspace = folder.url.appendingPathComponent("w")
        let file = try folder.write("items.csv", "item_id,title\na,One\na,Two\n")
        #expect(try Product.run(["import", file.path], workspace: workspace).code == 65)
        #expect(!FileManager.default.fileExists(atPath: workspace.path))
    }

    @Test func aWorkspaceOfAFutureVersionIsLeftAlone() throws {
        let (folder, workspace) = try SampleWorkspace.copy()
        defer { withExtendedLifetime(folder) {} }
        let database = workspace.appendingPathComponent("catalogue.sqlite")
        let queue = try DatabaseQueue(path: database.path)
        try queue.write { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('from-the-future')") }
        try queue.close()
        let before = try Data(contentsOf: database)
        for command in [["status"], ["train"], ["add", "--title", "X"]] {
            let run = try Product.run(command, workspace: workspace)
            #expect(run.code == 65, "\(run.errors)")
            #expect(run.errors.contains("newer"), "\(run.errors)")
        }
        #expect(try Data(contentsOf: database) == before)
    }

    @Test func aDamagedModelIsNoticed() throws {
        let (folder, workspace) = try SampleWorkspace.copy()
        defer { withExtendedLifetime(folder) {} }
        let file = workspace.appendingPathComponent("models/v1/model.safetensors")
        var bytes = try Data(contentsOf: file)
        bytes[bytes.count / 2] ^= 1
        try bytes.write(to: file)
        let run = try Product.run(["models", "verify"], workspace: workspace)
        #expect(run.code == 65)
        #expect(run.errors.contains("model.safetensors") && run.errors.contains("version v1"))
        try bytes.prefix(1_000).write(to: file)
        let unanswered = try Product.run(["recommend", "--user", "u001"], workspace: workspace)
        #expect(unanswered.code == 65 && unanswered.errors.contains("coldstart train"))
        #expect(try Product.run(["models", "rollback"], workspace: workspace).code == 66)
    }

    /// What the error says to do is what helps, over another version that is damaged too.
    @Test func rollingBackLeavesDamagedVersionsOut() throws {
        let (folder, workspace) = try SampleWorkspace.copy()
        defer { withExtendedLifetime(folder) {} }
        for seed in ["2", "3"] {
            try Product.run(["train", "-q", "--seed", seed], workspace: workspace)
        }
        for version in ["v2", "v3"] {
            try Data("{".utf8).write(to: workspace.appendingPathComponent("models/\(version)/card.json"))
        }
        let run = try Product.run(["recommend", "--user", "u001"], workspace: workspace)
        #expect(run.code == 65 && run.errors.contains("version v3"))
        #expect(run.errors.contains("coldstart models rollback"))
        let verify = try Product.run(["models", "verify"], workspace: workspace)
        #expect(verify.code == 65 && verify.output.contains("v1: sound"))
        #expect(verify.errors.contains("version v2") && verify.errors.contains("version v3"))
        let list = try Product.run(["models", "list"], workspace: workspace)
        #expect(list.code == 0 && list.output.contains("damaged"))
        let rollback = try Product.run(["models", "rollback"], workspace: workspace)
        #expect(rollback.code == 0 && rollback.output.contains("v1 is active"))
        #expect(try Product.run(["recommend", "--user", "u001"], workspace: workspace).code == 0)
    }

    @Test func policiesOfListsNameTheirRange() throws {
        let (folder, workspace) = try SampleWorkspace.copy()
        defer { withExtendedLifetime(folder) {} }
        try expectRefusal(
            ["recommend", "--user", "u001", "--diversity", "1.5"], workspace, code: 64,
            naming: ["diversity", "from 0 to 1"])
        try expectRefusal(
            ["recommend", "--all-users", "--impressions=-3"], workspace, code: 64,
            naming: ["impressions", "from 0"])
        let alone = try Product.run(
            ["recommend", "--user", "u001", "--impressions", "5"], workspace: workspace)
        #expect(alone.code == 64)
        #expect(alone.errors.contains("--all-users"))
    }

    @Test func usageErrorsExitWith64() throws {
        for arguments in [
            ["recommend"], ["add"], ["frobnicate"], ["train", "--dimensions", "0"],
            ["recommend", "--user", "u001", "-n", "0"],
        ] {
            let (folder, workspace) = try SampleWorkspace.copy()
            defer { withExtendedLifetime(folder) {} }
            #expect(try Product.run(arguments, workspace: workspace).code == 64, "\(arguments)")
        }
    }
}
