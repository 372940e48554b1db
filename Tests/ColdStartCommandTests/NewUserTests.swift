import Foundation
import Testing

/// People who come after training, with and without ratings.
@Suite struct NewUserTests {
    private func titles(_ user: String, _ workspace: URL) throws -> [String] {
        let run = try Product.run(["recommend", "--user", user, "--json"], workspace: workspace)
        #expect(run.code == 0, "\(run.errors)")
        let list = try #require(try run.json()["recommendations"] as? [[String: Any]])
        return list.compactMap { $0["item_id"] as? String }
    }

    @Test func attributesCountAtOnceAndRatingsAfterThem() throws {
        let (folder, workspace) = try SampleWorkspace.copy()
        let before = try titles("u001", workspace)
        let file = try folder.write(
            "users.csv",
            "user_id,age,gender,country\nyoung,18,F,JP\nold,70,M,IN\nsame,18,F,JP\nnobody,,,\nu001,70,M,IN\n")
        #expect(try Product.run(["import", file.path, "-q"], workspace: workspace).code == 0)
        let young = try titles("young", workspace), nobody = try titles("nobody", workspace)
        #expect(young == (try titles("same", workspace)))
        #expect(young != (try titles("old", workspace)) && young != nobody)
        // Who has been learned from ratings stays where these put him.
        #expect(try titles("u001", workspace) == before)
        let rate = try Product.run(
            ["rate", "--user", "same", "--item", try #require(nobody.last), "--rating", "5"],
            workspace: workspace)
        #expect(rate.code == 0, "\(rate.errors)")
        #expect(try titles("same", workspace) != young)
        let lists = try folder.write("ids.txt", "young\nnobody\n")
        let batch = try Product.run(["recommend", "--users", lists.path], workspace: workspace)
        let rows = batch.output.split(separator: "\n").map { $0.split(separator: ",") }
        #expect(rows.filter { $0[0] == "young" }.map { String($0[1]) } == young)
    }

    @Test func trainingSaysWhatAttributesAreWorthAndRetrainingKeepsThem() throws {
        let (folder, workspace) = try SampleWorkspace.copy()
        let file = try folder.write("users.csv", "user_id,age,gender,country\nyoung,18,F,JP\nold,70,M,IN\n")
        #expect(try Product.run(["import", file.path, "-q"], workspace: workspace).code == 0)
        let run = try Product.run(["retrain", "--force", "-q"], workspace: workspace)
        #expect(run.output.contains("Users' attributes explain"), "\(run.output)\(run.errors)")
        #expect(try titles("young", workspace) != (try titles("old", workspace)))
        let card = try String(
            contentsOf: workspace.appendingPathComponent("models/v2/card.json"), encoding: .utf8)
        #expect(card.contains("\"user_attributes\""))
    }

    @Test func profilesAndRatingsRankBetterThanEitherAlone() throws {
        let (folder, workspace) = try SampleWorkspace.copy()
        defer { withExtendedLifetime(folder) {} }
        let run = try Product.run(
            ["evaluate", "--task", "new-users", "--folds", "4", "--json", "-q"], workspace: workspace)
        let systems = try #require(try run.json()["systems"] as? [[String: Any]])
        func ndcg(_ name: String, _ ratings: Int) throws -> Double {
            let system = try #require(
                systems.first { $0["name"] as? String == name && $0["ratings"] as? Int == ratings })
            return try #require((system["score"] as? [String: Any])?["ndcg20"] as? Double)
        }
        for ratings in [1, 5, 20] {
            let both = try ndcg("profile and ratings", ratings)
            // Five thousandths are the noise of a rating more or less on 600 lists.
            #expect(both > (try ndcg("profile alone", ratings)) - 0.005)
            #expect(both > (try ndcg("ratings alone", ratings)) - 0.005)
        }
        #expect(try ndcg("profile and ratings", 0) == ndcg("profile alone", 0))
        #expect(try ndcg("profile alone", 0) > ndcg("popularity", 0) + 0.01)
        #expect(try ndcg("profile and ratings", 20) > ndcg("profile alone", 20) + 0.02)
    }
}
