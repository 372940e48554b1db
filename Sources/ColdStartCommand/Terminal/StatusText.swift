import Catalogue
import Recommendation

/// What is in a workspace, for people.
struct StatusText {
    private let status: WorkspaceStatus
    private let workspace: String

    init(_ status: WorkspaceStatus, workspace: String) {
        self.status = status
        self.workspace = workspace
    }

    var text: String {
        let counts = status.counts
        var text = """
            Workspace \(workspace)
              items     \(counts.items.grouped), with poster \(share(counts.posters)), with description \
            \(share(counts.descriptions)), rated \(share(counts.ratedItems))
              users     \(counts.users.grouped)
              ratings   \(counts.ratings.grouped)

            """
        if let model = status.model {
            text += """
                  model     \(model.version): \(model.learnedItems.grouped) items placed by ratings, \
                \(model.projectedItems.grouped) by content\(model.unplacedItems > 0 ? ", \(model.unplacedItems.grouped) not yet" : "")
                  since it  \(model.newRatings.grouped) new ratings, \(model.itemsAdded.grouped) items added\
                \(model.itemsChanged.map { ", \($0.grouped) changed" } ?? "")

                """
            if let drift = model.drift { text += self.text(drift) }
        } else {
            text += "  model     \(status.damage == nil ? "none yet" : "damaged")\n"
        }
        return text + FindingText.lines(status.findings) + FindingText.next(status.next)
    }

    private func share(_ part: Int) -> String {
        "\(part.grouped) (\((Double(part) / Double(max(status.counts.items, 1))).percent))"
    }

    private func text(_ drift: ContentDrift) -> String {
        var table = TextTable([
            ("moved most", false), ("title", false), ("ratings", true), ("deviations", true),
            ("similarity", true),
            ("audience kept", true),
        ])
        for item in drift.most {
            table.add(
                item.itemId, titled(item.title, item.year), item.ratings.grouped,
                item.deviations.formatted(2),
                item.similarity.formatted(2), item.audienceKept.percent)
        }
        return """
              drift     \(drift.items.grouped) items that have ratings by now stand \(drift.deviations.formatted(2)) standard \
            deviations from where content put them (1 was to be expected)

            """ + table.rendered()
    }
}

/// Findings, for people.
enum FindingText {
    /// A line each, and one for what it is about and what to do.
    static func lines(_ findings: [HealthFinding]) -> String {
        let width = findings.map(\.check.count).max() ?? 0
        return findings.map { finding in
            let name = finding.check.replacing("_", with: " ")
            let padding = String(repeating: " ", count: width - name.count)
            var text = "  \(mark(finding.state)) \(name)\(padding)  \(finding.message)"
            if !finding.examples.isEmpty, finding.state != .sound {
                text += ": \(finding.examples.joined(separator: ", "))"
            }
            return text + (finding.command.map { " → coldstart \($0)" } ?? "") + "\n"
        }.joined()
    }

    static func next(_ step: NextStep) -> String { "Next: \(step.command), as \(step.why)\n" }

    private static func mark(_ state: HealthFinding.State) -> String {
        switch state {
        case .sound: "✓"
        case .advice: "·"
        case .stale: "!"
        case .damaged: "✗"
        }
    }
}
