import CollaborativeFiltering
import ContentProjection
import Recommendation

/// What a training found out, for people.
struct TrainingSummary {
    private let outcome: TrainingPipeline.Outcome

    init(_ outcome: TrainingPipeline.Outcome) { self.outcome = outcome }

    var text: String {
        let card = outcome.card
        let state = outcome.isActive ? "active" : "kept, not activated"
        var text = """
            Model \(card.version) (\(card.model), \(card.dimensions) dimensions) is \(state).
              \(source(card)); placed \(outcome.projectedItems.grouped) new items by their content

            """
        text += choice(card)
        text +=
            "\nWhat the content is worth here (leave-one-out R² of an item's place: \(card.content.explained.percent)):\n"
        text += modalities(card) + missing(card) + userAttributes(card)
        // Without ratings nobody is known to like anything.
        if card.leftOut.users > 0 {
            text += """

                Held-out items, ranked by content alone: NDCG@20 \(card.leftOut.ndcg20.formatted(3)) \
                ± \(card.leftOut.ndcg20StandardError.formatted(3)) over \(card.leftOut.users.grouped) users

                """
        }
        if let verdict = outcome.verdict {
            text += "  the active version on the same items: \(verdict.active.formatted(3))\n"
        }
        let seconds = card.seconds
        text += """
            Time: reading \(seconds.reading.formatted(1)) s, ratings \(seconds.collaborative.formatted(1)) s, \
            content \(seconds.content.formatted(1)) s, placing \(seconds.projecting.formatted(1)) s

            """
        return text
    }

    private func source(_ card: ModelCard) -> String {
        let ratings =
            "\(card.data.ratings.grouped) ratings of \(card.data.ratedItems.grouped) items by "
            + "\(card.data.users.grouped) users"
        return card.model == TrainingPipeline.imported
            ? "the places of \(card.content.items.grouped) items were learned elsewhere; here are \(ratings)"
            : "learned from \(ratings)"
    }

    /// Why this model.
    private func choice(_ card: ModelCard) -> String {
        guard let trials = card.choice else { return "" }
        guard !trials.isEmpty else {
            return "\nThe default model, as there are too few likes to hold some out and choose by them.\n"
        }
        let best = trials.map(\.ndcg20).max() ?? 0
        var table = TextTable([
            ("model", false), ("NDCG@20", true), ("seconds", true), ("", false), ("", false),
        ])
        for trial in trials {
            table.add(
                trial.model, trial.ndcg20.formatted(3), trial.seconds.formatted(1),
                bar(trial.ndcg20 / max(best, 1e-9)), trial.model == card.model ? "chosen" : "")
        }
        return
            "\nLikes held out of the ratings, as each model finds them (the first within 1 % of the best is taken):\n"
            + table.rendered()
    }

    private func modalities(_ card: ModelCard) -> String {
        var table = TextTable([
            ("content", false), ("items", true), ("alone", true), ("lost without", true), ("", false),
        ])
        for modality in card.content.modalities {
            table.add(
                modality.name, modality.present.grouped, modality.alone.percent, modality.lostWithout.percent,
                bar(modality.lostWithout / max(card.content.explained, 1e-9)))
        }
        return table.rendered()
    }

    private func userAttributes(_ card: ModelCard) -> String {
        guard let report = card.userAttributes else { return "" }
        let columns = report.columns.map { "\($0.name) \($0.alone.percent)" }.joined(separator: ", ")
        return
            "\nUsers' attributes explain \(report.explained.percent) of users' scores (alone: \(columns)).\n"
    }

    /// The first thing to do about accuracy is to fill in what is missing.
    private func missing(_ card: ModelCard) -> String {
        // A title is never missing; its words may just occur nowhere else.
        let gaps = card.content.modalities.filter { $0.present < card.content.items && $0.name != "title" }
        guard !gaps.isEmpty else { return "" }
        let parts = gaps.map { "\($0.name) of \((card.content.items - $0.present).grouped)" }
        return "  missing among \(card.content.items.grouped) rated items: \(parts.joined(separator: ", "))\n"
    }
}
