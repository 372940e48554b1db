package import Recommendation

/// The tables of an evaluation, for people.
package struct EvaluationSummary {
    private let report: Evaluation.Report

    package init(_ report: Evaluation.Report) { self.report = report }

    package var text: String {
        report.tasks.map(Self.table).joined(separator: "\n")
            + """

            NDCG@20 with its 95 % interval over users (bootstrap). \(foldNote)A difference is beyond noise where its interval \
            leaves out zero.

            """
    }

    private var foldNote: String {
        guard report.tasks.contains(where: { $0.folds > 1 }) else { return "" }
        return "\"folds\" are the lowest and the highest of \(report.folds): other held-out items\n"
            + "move the figure more than other users do. "
    }

    private static func table(_ result: Evaluation.Result) -> String {
        let systems = result.systems
        let hasAreas = systems.contains { $0.score.auc != nil }
        var columns: [(title: String, isRight: Bool)] = result.task.collectsRatings ? [("ratings", true)] : []
        columns += [("system", false), ("NDCG@20", false)]
        if result.folds > 1 { columns.append(("folds", false)) }
        columns += [("minus \(result.reference)", false), ("recall@20", true)]
        if hasAreas { columns.append(("AUC", true)) }
        if result.task == .mixed { columns += [("new shown", true), ("Gini", true)] }
        var table = TextTable(columns + [("", false)])
        let best = systems.map(\.score.ndcg20).max() ?? 1
        for system in systems {
            var cells = system.ratings.map { ["\($0)"] } ?? []
            cells += [system.name, system.figure]
            if result.folds > 1 { cells.append(system.spread) }
            cells.append(system.gap)
            cells.append(system.score.recall20.formatted(3))
            if hasAreas { cells.append(system.score.auc?.formatted(3) ?? "") }
            if let exposure = system.exposure {
                cells += [exposure.shown.percent, exposure.gini.formatted(3)]
            }
            table.add(cells + [bar(system.score.ndcg20 / max(best, 1e-9), width: 12)])
        }
        return "Task \(result.task.rawValue): \(result.task.question)\n"
            + (result.folds == 1 ? "" : "\(result.folds) folds, ") + "\(result.users.grouped) lists judged.\n"
            + table.rendered()
    }
}

extension Evaluation.System {
    /// `0.297 [0.294, 0.300]`.
    package var figure: String { "\(score.ndcg20.formatted(3)) \(interval.text)" }
    /// `0.281 … 0.312`.
    package var spread: String { "\(foldRange.low.formatted(3)) … \(foldRange.high.formatted(3))" }
    /// `-0.043 [-0.046, -0.040]`, or nothing for the system that it would be taken from.
    package var gap: String {
        difference?.text ?? ""
    }
}

extension Evaluation.Difference {
    /// `-0.043 [-0.046, -0.040]`.
    var text: String { "\(mean.signed) \(interval.text(\.signed))" }
}

extension Interval {
    /// `[0.294, 0.300]`.
    var text: String { text { $0.formatted(3) } }
    fileprivate func text(_ format: (Double) -> String) -> String { "[\(format(low)), \(format(high))]" }
}

extension Double {
    /// With three decimals and its sign, `+0.012`; what rounds to nothing has none.
    fileprivate var signed: String {
        let text = formatted(3)
        return text == "-0.000" ? "0.000" : self > 0 && text != "0.000" ? "+" + text : text
    }
}

extension Evaluation.Task {
    /// What is asked, for people.
    package var question: String {
        switch self {
        case .cold: "titles that nobody has rated, ranked among themselves."
        case .mixed: "titles that nobody has rated, in one list with all others."
        case .warm: "what users will like next among titles that have ratings."
        case .warmUp: "new titles as they collect their first ratings."
        case .newUsers: "all titles, for new users as they give their first ratings."
        case .nextItem: "the title that users rated last, whatever they thought of it."
        case .content: "what each part of the content is worth in lists of new titles."
        }
    }
}
