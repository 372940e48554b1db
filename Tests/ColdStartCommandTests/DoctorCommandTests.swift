import Foundation
import Testing

/// `status` and `doctor` as scripts use them.
@Suite struct DoctorCommandTests {
    @Test func aFreshWorkspaceIsSound() throws {
        let (folder, workspace) = try SampleWorkspace.copy()
        defer { withExtendedLifetime(folder) {} }
        let run = try Product.run(["doctor", "--json", "-q"], workspace: workspace)
        #expect(run.code == 0, "\(run.errors)")
        let answer = try run.json()
        #expect(answer["is_sound"] as? Bool == true)
        let checks = try #require(answer["checks"] as? [[String: Any]])
        #expect(checks.compactMap { $0["check"] as? String } == ["catalogue", "posters", "models"])
        let status = try #require(answer["status"] as? [String: Any])
        #expect(
            try Product.run(["status", "--json"], workspace: workspace).json() as NSDictionary == status
                as NSDictionary)
        for key in [
            "workspace", "items", "users", "ratings", "posters", "descriptions", "rated_items", "model",
            "next",
        ] {
            #expect(status[key] != nil, "\(key)")
        }
        let model = try #require(status["model"] as? [String: Any])
        for key in ["version", "learned_items", "projected_items", "unplaced_items", "new_ratings"] {
            #expect(model[key] != nil, "\(key)")
        }
        #expect(model["items_changed"] as? Int == 0 && model["drift"] == nil)
    }

    @Test func whatIsLostEndsWith65AndTheCommandThatMends() throws {
        let (folder, workspace) = try SampleWorkspace.copy()
        defer { withExtendedLifetime(folder) {} }
        let posters = workspace.appendingPathComponent("posters")
        let names = try FileManager.default.subpathsOfDirectory(atPath: posters.path).filter {
            $0.hasSuffix(".png")
        }
        try FileManager.default.removeItem(at: posters.appendingPathComponent(try #require(names.min())))
        let lost = try Product.run(["doctor"], workspace: workspace)
        #expect(lost.code == 65 && lost.errors.contains("run 'coldstart import DIR'"), "\(lost.errors)")
        #expect(lost.output.contains("✗ posters") && lost.output.contains("are missing"))
        #expect(try Product.run(["import", SampleWorkspace.data.path, "-q"], workspace: workspace).code == 0)
        #expect(try Product.run(["doctor", "-q"], workspace: workspace).code == 0)
    }

    @Test func theWayFromStaleToFreshIsTheOneNamed() throws {
        let (folder, workspace) = try SampleWorkspace.copy()
        let add = ["add", "--title", "Fresh", "--id", "fresh", "--genre", "Drama"]
        #expect(try Product.run(add, workspace: workspace).code == 0)
        let file = try folder.write(
            "more.csv",
            "user_id,item_id,rating\n" + (1...60).map { String(format: "u%03d,fresh,5\n", $0) }.joined())
        #expect(try Product.run(["rate", "--from", file.path], workspace: workspace).code == 0)
        let stale = try Product.run(["status", "--json"], workspace: workspace).json()
        let model = try #require(stale["model"] as? [String: Any])
        #expect(model["warm_items"] as? Int == 1 && model["ready_items"] as? Int == 1)
        let drift = try #require(model["drift"] as? [String: Any])
        let most = try #require(drift["most"] as? [[String: Any]])
        #expect(
            most.count == 1 && most[0]["item_id"] as? String == "fresh" && most[0]["ratings"] as? Int == 60)
        #expect(stale["next"] as? String == "coldstart retrain")
        #expect((stale["why"] as? String)?.contains("60 ratings") == true)
        let text = try Product.run(["status"], workspace: workspace).output
        #expect(text.contains("Next: coldstart retrain, as 60 ratings") && text.contains("moved most"))
        #expect(try Product.run(["retrain", "--force", "-q"], workspace: workspace).code == 0)
        let fresh = try Product.run(["status", "--json"], workspace: workspace).json()
        #expect((fresh["next"] as? String)?.hasPrefix("coldstart add") == true)
        // Learned by now, and told of with where its content had put it.
        let learned = try #require((fresh["model"] as? [String: Any])?["drift"] as? [String: Any])
        #expect((learned["most"] as? [[String: Any]])?.first?["provenance"] as? String == "learned")
    }
}
