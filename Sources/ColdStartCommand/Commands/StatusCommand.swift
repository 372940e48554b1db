import ArgumentParser
import Catalogue
import Recommendation

struct StatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "What is in the workspace, what is stale, what to do next.")

    @OptionGroup var global: GlobalOptions
    @OptionGroup var output: OutputOptions

    private struct Answer: Encodable {
        struct Model: Encodable {
            let version: String
            let learnedItems: Int
            let projectedItems: Int
            let unplacedItems: Int
            let newRatings: Int
        }

        let workspace: String
        let items: Int
        let users: Int
        let ratings: Int
        let posters: Int
        let descriptions: Int
        let ratedItems: Int
        var model: Model?
        var next: String
    }

    func run() throws {
        let workspace = try global.readableWorkspace()
        let counts = try workspace.catalogue.counts()
        var answer = Answer(
            workspace: workspace.directory, items: counts.items, users: counts.users, ratings: counts.ratings,
            posters: counts.posters, descriptions: counts.descriptions, ratedItems: counts.ratedItems,
            next: "")
        answer.model = try model(workspace, counts)
        answer.next = next(answer)
        try output.print(answer) { text(answer) }
    }

    private func model(_ workspace: Workspace, _ counts: CatalogueCounts) throws -> Answer.Model? {
        let store = ModelStore(directory: workspace.modelsDirectory)
        guard store.current() != nil else { return nil }
        let model = try TrainedModel.open(store)
        let snapshot = try Snapshot(workspace.catalogue, model)
        let fresh = snapshot.items.count(where: \.isNew)
        return Answer.Model(
            version: snapshot.version, learnedItems: snapshot.items.count - fresh, projectedItems: fresh,
            unplacedItems: snapshot.unplacedCount,
            newRatings: max(counts.ratings - model.card.data.ratings, 0))
    }

    private func next(_ answer: Answer) -> String {
        if answer.items == 0 { return "coldstart import DIR" }
        if answer.ratings == 0 { return "coldstart import ratings.csv" }
        guard let model = answer.model else { return "coldstart train" }
        if model.newRatings * 5 > answer.ratings { return "coldstart train" }
        if model.unplacedItems > 0 || model.newRatings > 0 { return "coldstart retrain" }
        return "coldstart add --title … --poster …"
    }

    private func text(_ answer: Answer) -> String {
        func share(_ part: Int) -> String {
            "\(part.grouped) (\((Double(part) / Double(max(answer.items, 1))).percent))"
        }
        var text = """
            Workspace \(answer.workspace)
              items     \(answer.items.grouped), with poster \(share(answer.posters)), with description \
            \(share(answer.descriptions)), rated \(share(answer.ratedItems))
              users     \(answer.users.grouped)
              ratings   \(answer.ratings.grouped)

            """
        if let model = answer.model {
            text += """
                  model     \(model.version): \(model.learnedItems.grouped) items placed by ratings, \
                \(model.projectedItems.grouped) by content\(model.unplacedItems > 0 ? ", \(model.unplacedItems.grouped) not yet" : "")
                  since it  \(model.newRatings.grouped) new ratings

                """
        } else {
            text += "  model     none yet\n"
        }
        return text + "Next: \(answer.next)\n"
    }
}
