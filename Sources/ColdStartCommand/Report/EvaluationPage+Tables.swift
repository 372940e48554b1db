import Recommendation

extension EvaluationPage {
    func rankingTable(_ result: Evaluation.Result) -> String {
        let hasAreas = result.systems.contains { $0.score.auc != nil }
        let hasExposure = result.systems.contains { $0.exposure != nil }
        var columns = [
            "System", "NDCG@20", "95 % interval", "Folds", "Minus \(result.reference)", "Recall@20",
        ]
        if hasAreas { columns.append("AUC") }
        if hasExposure { columns += ["New shown", "Gini"] }
        let rows = result.systems.map { system in
            var cells = [
                Cell(system.score.ndcg20.formatted(3), kind: .ndcg),
                Cell("\(system.interval.low.formatted(3)) to \(system.interval.high.formatted(3))"),
                Cell("\(system.foldRange.low.formatted(3)) to \(system.foldRange.high.formatted(3))"),
                Cell(
                    system.gap.withMinusSigns,
                    kind: system.difference?.isBeyondNoise == false ? .noise : .plain),
                Cell(system.score.recall20.formatted(3)),
            ]
            if hasAreas { cells.append(Cell(system.score.auc?.formatted(3) ?? "")) }
            if hasExposure {
                cells.append(Cell(system.exposure?.shown.percent ?? ""))
                cells.append(Cell(system.exposure?.gini.formatted(3) ?? ""))
            }
            return Row(name: system.name, cells: cells, isOwn: system.name == result.reference)
        }
        return table(
            "Task \(result.task.rawValue)", columns, rows)
    }

    func warmUpTable(_ result: Evaluation.Result) -> String {
        let curves = WarmUpCurves(result)
        let rows = curves.systems.map { name, points in
            Row(
                name: name,
                cells: points.map {
                    Cell($0.score.ndcg20.formatted(3), kind: .ndcg, below: $0.interval.text)
                },
                isOwn: name == result.reference)
        }
        return table(
            "Task \(result.task.rawValue), NDCG@20 by ratings",
            ["System"] + curves.ratings.map(String.init),
            rows)
    }

    private struct Cell {
        /// Classes of the style.
        enum Kind: String { case plain, ndcg, noise }

        let text: String
        let kind: Kind
        /// In small letters under it.
        let below: String?

        init(_ text: String, kind: Kind = .plain, below: String? = nil) {
            (self.text, self.kind, self.below) = (text, kind, below)
        }

        var html: String {
            "<td class=\"\(kind.rawValue)\">\(text.escapedForHTML)"
                + (below.map { "<small>\($0.escapedForHTML)</small>" } ?? "") + "</td>"
        }
    }

    private struct Row {
        let name: String
        let cells: [Cell]
        let isOwn: Bool
    }

    /// Scrolls by itself where the screen is narrow, with the keyboard too.
    private func table(_ caption: String, _ columns: [String], _ rows: [Row]) -> String {
        let head = columns.map { "<th scope=\"col\">\($0.escapedForHTML)</th>" }.joined()
        let body = rows.map { row in
            "<tr\(row.isOwn ? " class=\"own\"" : "")><th scope=\"row\">\(row.name.escapedForHTML)</th>"
                + row.cells.map(\.html).joined() + "</tr>"
        }
        return """
            <div class="scroll" role="region" aria-label="\(caption.escapedForHTML)" tabindex="0">
            <table>
            <caption>\(caption.escapedForHTML)</caption>
            <thead><tr>\(head)</tr></thead>
            <tbody>
            \(body.joined(separator: "\n"))
            </tbody>
            </table>
            </div>
            """
    }
}
