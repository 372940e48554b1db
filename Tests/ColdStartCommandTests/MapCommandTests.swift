import Foundation
import Testing

@Suite("coldstart map") struct MapCommandTests {
    @Test func itDrawsAllThreeAndSaysWhatTheLayoutIsWorth() throws {
        let (folder, workspace) = try SampleWorkspace.copy()
        let title = "<b>Bold</b> & \"Co\""
        let added = try Product.run(
            ["add", "--title", title, "--id", "bold", "--genre", "Drama"], workspace: workspace)
        #expect(added.code == 0, "\(added.errors)")
        for format in ["png", "svg", "html"] {
            let file = folder.url.appendingPathComponent("map.\(format)")
            let arguments = ["map", "--output", file.path, "--posters", "40", "-q"]
            let run = try Product.run(arguments + ["--json"], workspace: workspace)
            #expect(run.code == 0, "\(run.errors)")
            let answer = try run.json()
            #expect(answer["file"] as? String == file.path && answer["format"] as? String == format)
            #expect(answer["layout"] as? String == "neighbours" && answer["seed"] as? Int == 1)
            #expect(answer["items"] as? Int == 301 && answer["new_items"] as? Int == 1)
            #expect(answer["posters"] as? Int == 40 && answer["unreadable_posters"] as? Int == 0)
            #expect((answer["genres"] as? [String])?.count == 8)
            let kept = try #require(answer["neighbours_kept"] as? [String: Any])
            let (layout, pca) = (kept["layout"] as? Double ?? 0, kept["pca"] as? Double ?? 1)
            #expect(layout > pca && layout <= 1, "\(kept)")
            let bytes = try Data(contentsOf: file)
            if format != "png" {
                let text = String(decoding: bytes, as: UTF8.self)
                #expect(text.contains("&lt;b&gt;Bold&lt;/b&gt; &amp; &quot;Co&quot;"))
                #expect(!text.contains("<b>Bold"))
            }
            // The same again, on another number of threads; then by another layout.
            #expect(try Product.run(arguments + ["--threads", "3"], workspace: workspace).code == 0)
            #expect(try Data(contentsOf: file) == bytes)
            #expect(try Product.run(arguments + ["--layout", "pca"], workspace: workspace).code == 0)
            #expect(try Data(contentsOf: file) != bytes)
        }
        let left = try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
        #expect(!left.contains { $0.hasSuffix(".partial") })
    }

    @Test func mistakesAreNamedWithWhatToDo() throws {
        let (folder, workspace) = try SampleWorkspace.copy()
        let file = folder.url.appendingPathComponent("map.gif").path
        let unknown = try Product.run(["map", "--output", file], workspace: workspace)
        #expect(unknown.code == 64 && unknown.errors.contains("name the file .png, .svg or .html"))
        let named = folder.url.appendingPathComponent("map.png").path
        for arguments in [["--posters", "2001"], ["--layout", "tsne"], ["--seed", "x"]] {
            let run = try Product.run(["map", "--output", named] + arguments, workspace: workspace)
            #expect(run.code == 64, "\(arguments): \(run.errors)")
        }
        #expect(try Product.run(["map"], workspace: workspace).code == 64)
        let nowhere = folder.url.appendingPathComponent("no/such/map.png").path
        let refused = try Product.run(["map", "--output", nowhere], workspace: workspace)
        #expect(refused.code == 69 && refused.errors.contains("check that its folder exists"))
        #expect(!FileManager.default.fileExists(atPath: named))
    }

    @Test func withoutAModelThereIsNoMapAndNoFile() throws {
        let folder = try TemporaryFolder()
        let workspace = folder.url.appendingPathComponent("w")
        try folder.write("items.csv", "item_id,title\na,One\nb,Two\n")
        let items = folder.url.appendingPathComponent("items.csv").path
        #expect(try Product.run(["import", items, "-q"], workspace: workspace).code == 0)
        let file = folder.url.appendingPathComponent("map.html").path
        let run = try Product.run(["map", "--output", file], workspace: workspace)
        #expect(run.code != 0 && run.errors.contains("coldstart train"), "\(run.errors)")
        for path in [file, file + ".partial"] { #expect(!FileManager.default.fileExists(atPath: path)) }
    }
}
