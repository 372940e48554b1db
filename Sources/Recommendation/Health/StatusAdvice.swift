import Catalogue
import Diagnostics

/// What follows from the figures of a status.
struct StatusAdvice {
    let counts: CatalogueCounts
    let model: WorkspaceStatus.Model?
    let damage: Diagnostic?
    /// Whether there is a version before the damaged one.
    let hasSoundVersion: Bool
    /// The newest version, where none is active.
    let inactive: String?

    /// From this share of new ratings on, everything is to be learned anew.
    private static let trainFrom = 5
    /// From so many standard deviations on, warm items as a whole have moved farther than content is expected to err; and
    /// from how many items on that is said.
    private static let driftFrom = 1.25, driftItems = 10

    /// The worst first.
    var findings: [HealthFinding] {
        var findings: [HealthFinding] = []
        if let damage {
            findings.append(HealthFinding("model", .damaged, damage.message, command: wayOut))
        }
        if let inactive {
            findings.append(
                HealthFinding(
                    "model", .stale, "there are model versions and none is active",
                    command: "models activate \(inactive)"))
        }
        guard let model else { return findings }
        let stale = [
            finding("unplaced_items", model.unplacedItems, "have no place in \(model.version)", in: .stale),
            finding(
                "changed_items", model.itemsChanged ?? 0,
                "have other content than \(model.version) has seen", in: .stale),
            ratings(model),
            finding(
                "ready_items", model.readyItems,
                "have \(LearnedSpace.minimumRatings) ratings or more, and are still placed by their content and these",
                in: .stale),
            drift(model),
            contradicted(model),
        ]
        return findings + stale.compactMap(\.self)
    }

    private func finding(_ check: String, _ count: Int, _ words: String, in state: HealthFinding.State)
        -> HealthFinding?
    {
        guard count > 0 else { return nil }
        // One item has where many have.
        let words =
            count == 1
            ? words.replacing(/^have\b/, with: "has").replacing("are still", with: "is still") : words
        return HealthFinding(
            check, state, "\(count) \(count == 1 ? "item" : "items") \(words)", command: "retrain")
    }

    private func ratings(_ model: WorkspaceStatus.Model) -> HealthFinding? {
        guard model.newRatings > 0 else { return nil }
        let share = Double(model.newRatings) / Double(max(counts.ratings, 1))
        let percent = share < 0.001 ? "less than 0.1" : "\((share * 1000).rounded() / 10)"
        return HealthFinding(
            "new_ratings", .stale,
            "\(model.newRatings) ratings (\(percent) % of all) came after \(model.version) was made",
            command: isMuchNew(model) ? "train" : "retrain")
    }

    private func isMuchNew(_ model: WorkspaceStatus.Model) -> Bool {
        model.newRatings * Self.trainFrom > counts.ratings
    }

    private func drift(_ model: WorkspaceStatus.Model) -> HealthFinding? {
        guard let drift = model.drift, drift.items >= Self.driftItems, drift.deviations > Self.driftFrom
        else {
            return nil
        }
        return HealthFinding(
            "drift", .stale,
            "\(drift.items) items that have ratings by now stand \(short(drift.deviations)) standard deviations from where content put "
                + "them, where 1 was to be expected",
            examples: drift.most.map(\.itemId), command: "train")
    }

    /// No command mends content.
    private func contradicted(_ model: WorkspaceStatus.Model) -> HealthFinding? {
        guard let drift = model.drift, drift.contradictedItems > 0 else { return nil }
        let isOne = drift.contradictedItems == 1
        return HealthFinding(
            "contradicted_items", .advice,
            "\(drift.contradictedItems) \(isOne ? "item is" : "items are") liked by others than "
                + "\(isOne ? "its" : "their") content suggests: look at poster, description and genres",
            examples: drift.most.filter { $0.deviations > ContentDrift.surprising }.map(\.itemId))
    }

    private func short(_ value: Double) -> String { "\((value * 10).rounded() / 10)" }

    private var wayOut: String { hasSoundVersion ? "models rollback" : "train" }

    /// The command to run next, and why.
    var next: NextStep {
        func step(_ command: String, _ why: String) -> NextStep {
            NextStep(command: "coldstart " + command, why: why)
        }
        if counts.items == 0 { return step("import DIR", "the workspace is empty") }
        if damage != nil {
            return step(
                wayOut,
                hasSoundVersion
                    ? "the active version is damaged, and there is one before it"
                    : "the active version is damaged"
            )
        }
        if counts.ratings == 0, model == nil {
            return step("import ratings.csv", "nobody has rated anything yet")
        }
        if let inactive { return step("models activate \(inactive)", "no version is active") }
        guard let model else { return step("train", "nothing has been learned from the ratings yet") }
        if isMuchNew(model) {
            return step("train", "more than a fifth of the ratings came after \(model.version) was made")
        }
        if let stale = findings.first(where: { $0.state == .stale }), let command = stale.command {
            return step(command, stale.message)
        }
        return step("add --title … --poster …", "all that is known has been learned")
    }
}
