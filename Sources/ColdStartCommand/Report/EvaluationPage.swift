package import Recommendation

/// An evaluation as one HTML page that needs nothing else: charts, the tables beside them, and how to read both.
package struct EvaluationPage {
    let report: Evaluation.Report

    package init(_ report: Evaluation.Report) { self.report = report }

    package var html: String {
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8"/>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <meta name="generator" content="coldstart"/>
        <title>\(Self.title)</title>
        <style>
        \(PageStyle.css)
        </style>
        </head>
        <body>
        <main>
        <header>
        <p class="eyebrow">coldstart evaluation</p>
        <h1>\(Self.title)</h1>
        <p class="muted">\(occasion)</p>
        </header>
        \(tiles)
        \(report.tasks.map(section).joined(separator: "\n"))
        \(glossary)
        </main>
        </body>
        </html>

        """
    }

    private static let title = "How well titles are recommended"

    private var occasion: String {
        let data = report.data
        return """
            Measured on the catalogue's own \(data.ratings.grouped) ratings, by \(data.users.grouped) users, of \
            \(data.items.grouped) titles. They were divided into \(report.folds) parts. Each in turn was held out, \
            everything was learned anew from the rest, and lists were compared with what users turned out to like \
            (rated \(Double(data.positiveThreshold).formatted(1)) or higher). Seed \(report.seed).
            """
    }

    private func section(_ result: Evaluation.Result) -> String {
        let charts: [String] =
            switch result.task {
            case .warmUp, .newUsers: [warmUpFigure(result)]
            case .mixed: [rankingFigure(result), exposureFigure(result)]
            case .cold, .warm, .nextItem: [rankingFigure(result)]
            case .content: [rankingFigure(result), lossFigure(result)]
            }
        let table = result.task.collectsRatings ? warmUpTable(result) : rankingTable(result)
        return """
            <section id="\(result.task.rawValue)">
            <h2>\(result.task.heading)</h2>
            <p>\(result.task.explanation) \(result.users.grouped) lists were judged.</p>
            \((charts + [table]).joined(separator: "\n"))
            </section>
            """
    }

    private func rankingFigure(_ result: Evaluation.Result) -> String {
        let chart = BarChart(
            title: "NDCG@20 of each system, task \(result.task.rawValue); the table below has the figures",
            bars: result.systems.filter { !$0.isLeavingOut }.map { system in
                BarChart.Bar(
                    name: system.name, figure: system.figure, value: system.score.ndcg20,
                    interval: (system.interval.low, system.interval.high),
                    dots: result.folds > 1 ? system.foldNdcg20 : [],
                    isOwn: system.name == result.reference)
            })
        return Self.figure(
            chart.svg,
            caption:
                "NDCG@20. Whiskers: 95 % interval over users." + Self.foldNote(result))
    }

    /// What the circles are, where something was held out more than once.
    private static func foldNote(_ result: Evaluation.Result) -> String {
        guard result.folds > 1 else { return "" }
        return " Circles: the \(result.folds) folds, each of "
            + (result.task == .warm ? "which holds out other ratings." : "which holds out other titles.")
    }

    private func lossFigure(_ result: Evaluation.Result) -> String {
        let chart = DifferenceChart(
            title:
                "NDCG@20 without each kind of content, minus that with all; the table below has the figures",
            rows: result.systems.filter(\.isLeavingOut).compactMap { system in
                system.difference.map {
                    DifferenceChart.Row(
                        name: system.name, figure: system.gap.withMinusSigns, value: $0.mean,
                        interval: ($0.interval.low, $0.interval.high))
                }
            }.sorted { $0.value < $1.value })
        guard !chart.rows.isEmpty else { return "" }
        return Self.figure(
            chart.svg,
            caption:
                "NDCG@20 without one kind of content, minus that with all of it, with 95 % intervals: left of zero, "
                + "lists lose by its absence.")
    }

    private func exposureFigure(_ result: Evaluation.Result) -> String {
        let chart = BarChart(
            title: "Share of the new titles that stand among anybody's first thirty",
            bars: result.systems.compactMap { system in
                system.exposure.map {
                    BarChart.Bar(
                        name: system.name, figure: "\($0.shown.percent), Gini \($0.gini.formatted(2))",
                        value: $0.shown, isOwn: system.name == result.reference)
                }
            }, end: 1)
        return Self.figure(
            chart.svg,
            caption:
                "Share of the new titles that stand among the first thirty of anybody's list, and how unevenly: "
                + "a Gini coefficient of 0 shows all of them equally often, near 1 one of them takes every place."
        )
    }

    private func warmUpFigure(_ result: Evaluation.Result) -> String {
        let curves = WarmUpCurves(result)
        let chart = LineChart(
            title:
                "NDCG@20, task \(result.task.rawValue), by the number of ratings; the table below has the figures",
            positions: curves.ratings,
            lines: curves.systems.map { name, points in
                LineChart.Line(
                    name: name,
                    values: points.map { ($0.score.ndcg20, $0.interval.low, $0.interval.high) })
            })
        let legend = curves.systems.enumerated().map { number, system in
            let kind = "line s\(number % LineChart.styles)"
            return
                "<li><svg width=\"34\" height=\"10\" aria-hidden=\"true\"><line class=\"\(kind)\" x1=\"0\" "
                + "x2=\"34\" y1=\"5\" y2=\"5\"/><circle class=\"\(kind) point\" cx=\"17\" cy=\"5\" r=\"3.5\"/></svg>"
                + "\(system.name.escapedForHTML)</li>"
        }
        return Self.figure(
            "<ul class=\"legend\">\n\(legend.joined(separator: "\n"))\n</ul>\n" + chart.svg,
            caption: "NDCG@20 of likes that stay hidden. Shadows behind the points: 95 % interval over users."
        )
    }

    private static func figure(_ content: String, caption: String) -> String {
        "<figure>\n\(content)\n<figcaption>\(caption)</figcaption>\n</figure>"
    }
}

extension Evaluation.System {
    /// Whether it knows all content but one kind, see `ContentAblation`.
    var isLeavingOut: Bool { name.hasPrefix("all without ") }
}

extension String {
    /// With typographic minus signs.
    var withMinusSigns: String { replacing("-", with: "−") }
}
