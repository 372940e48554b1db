import ColdStartCommand
import Foundation
import Recommendation
import Testing

#if canImport(FoundationXML)
    import FoundationXML
#endif

@Suite("The page of an evaluation") struct EvaluationPageTests {
    private static func system(
        _ name: String, _ ndcg: Double, ratings: Int? = nil, shown: Double? = nil,
        difference: (Double, Double, Double)? = nil
    ) -> String {
        var keys = [
            "\"name\": \"\(name)\"",
            "\"score\": {\"users\": 90, \"ndcg20\": \(ndcg), \"recall20\": 0.2, \"ndcg20_standard_error\": 0.01}",
            "\"interval\": {\"low\": \(ndcg - 0.01), \"high\": \(ndcg + 0.02)}",
            "\"fold_ndcg20\": [\(ndcg - 0.03), \(ndcg + 0.04)]",
        ]
        if let ratings { keys.append("\"ratings\": \(ratings)") }
        if let shown { keys.append("\"exposure\": {\"shown\": \(shown), \"gini\": 0.5}") }
        if let (mean, low, high) = difference {
            keys.append(
                "\"difference\": {\"mean\": \(mean), \"interval\": {\"low\": \(low), \"high\": \(high)}}")
        }
        return "{\(keys.joined(separator: ", "))}"
    }

    private static func task(_ name: String, _ systems: [String]) -> String {
        "{\"task\": \"\(name)\", \"folds\": 2, \"users\": 12345, \"reference\": \"coldstart\", "
            + "\"systems\": [\(systems.joined(separator: ", "))]}"
    }

    private func report(_ tasks: [String]) throws -> Evaluation.Report {
        let text =
            "{\"folds\": 2, \"seed\": 7, \"data\": {\"users\": 60, \"items\": 80, \"ratings\": 4321, "
            + "\"positive_threshold\": 4}, \"tasks\": [\(tasks.joined(separator: ", "))]}"
        return try StableJSON.decode(Evaluation.Report.self, from: Data(text.utf8))
    }

    private func everything() throws -> Evaluation.Report {
        try report([
            Self.task(
                "cold",
                [
                    Self.system("coldstart", 0.31),
                    Self.system("<b>R&D</b> 'x'", 0.25, difference: (-0.06, -0.07, -0.05)),
                    Self.system("even", 0.31, difference: (0.001, -0.01, 0.01)),
                ]),
            Self.task(
                "mixed",
                [
                    Self.system("coldstart", 0.2, shown: 0.653),
                    Self.system("rival", 0.22, shown: 0.1, difference: (0.02, 0.01, 0.03)),
                ]),
            Self.task(
                "warm-up",
                [0, 1, 5].flatMap { count in
                    ["coldstart", "ratings alone"].map {
                        Self.system($0, 0.1 + 0.01 * Double(count), ratings: count)
                    }
                }),
        ])
    }

    /// Elements of a page, in order; nil where it is not well-formed.
    private func parsed(_ html: String) -> [String]? {
        let reader = ElementReader()
        let parser = XMLParser(data: Data(html.utf8))
        parser.delegate = reader
        return parser.parse() ? reader.names : nil
    }

    @Test func thePageIsWellFormedAndNeedsNothingElse() throws {
        let html = EvaluationPage(try everything()).html
        let elements = try #require(parsed(html))
        #expect(elements.count { $0 == "figure" } == 4)
        #expect(elements.count { $0 == "figcaption" } == 4)
        #expect(elements.count { $0 == "table" } == 3)
        #expect(elements.count { $0 == "caption" } == 3)
        #expect(elements.contains("title") && html.contains("<html lang=\"en\">"))
        for outside in ["http:", "https:", "<script", "<link", "src=", "url(", "@import", "//"] {
            #expect(!html.contains(outside), "\(outside)")
        }
        #expect(html.contains("prefers-color-scheme: dark") && html.contains("@media print"))
        #expect(EvaluationPage(try everything()).html == html)
    }

    @Test func namesAreEscapedEverywhere() throws {
        let html = EvaluationPage(try everything()).html
        #expect(!html.contains("<b>R&D"))
        #expect(html.components(separatedBy: "&lt;b&gt;R&amp;D&lt;/b&gt; &#39;x&#39;").count >= 3)
        #expect("a<b>&\"'é".escapedForHTML == "a&lt;b&gt;&amp;&quot;&#39;é")
    }

    /// It says who is behind, and calls nothing a gain that is noise.
    @Test func whatIsSaidIsWhatWasMeasured() throws {
        let html = EvaluationPage(try everything()).html
        #expect(html.contains("within noise of even, 0.310"))
        #expect(html.contains("behind rival, 0.220"))
        #expect(html.contains("65.3 %") && html.contains("12,345 lists"))
        #expect(html.components(separatedBy: "class=\"noise\"").count == 2)
        let weaker = try report([
            Self.task(
                "cold",
                [
                    Self.system("coldstart", 0.3),
                    Self.system("rival", 0.2, difference: (-0.1, -0.2, -0.05)),
                ])
        ])
        #expect(EvaluationPage(weaker).html.contains("ahead of rival, 0.200"))
    }

    @Test func barsAreAsLongAsTheirValues() {
        let chart = BarChart(
            title: "t",
            bars: [
                .init(name: "a", figure: "", value: 0.2, interval: (0.1, 0.3), dots: [0.05], isOwn: true),
                .init(name: "b", figure: "", value: 0.4),
            ], end: 0.5)
        #expect(chart.svg.contains("<rect class=\"bar own\" x=\"0\" y=\"20\" width=\"40.00%\""))
        #expect(chart.svg.contains("<rect class=\"bar\" x=\"0\" y=\"64\" width=\"80.00%\""))
        #expect(chart.svg.contains("x1=\"20.00%\" x2=\"60.00%\""))
        #expect(chart.svg.contains("cx=\"10.00%\""))
    }

    @Test func differencesStandOnTheirSideOfZero() {
        let chart = DifferenceChart(
            title: "t",
            rows: [
                .init(name: "a", figure: "", value: -0.06, interval: (-0.08, -0.04)),
                .init(name: "b", figure: "", value: 0.01, interval: (0, 0.02)),
            ])
        // From −.084 to .024.
        #expect(chart.svg.contains("class=\"zero\" x1=\"77.78%\""))
        #expect(chart.svg.contains("class=\"range\" x1=\"3.70%\" x2=\"40.74%\""))
        #expect(chart.svg.contains("cx=\"22.22%\"") && chart.svg.contains("cx=\"87.04%\""))
    }

    @Test func linesRiseAndFirstRatingsStandApart() {
        let chart = LineChart(
            title: "t", positions: [0, 1, 3],
            lines: [.init(name: "a", values: [(0, 0, 0), (0.5, 0.4, 0.6), (1, 1, 1)])])
        // From 6 % to 97 %: log₂(position + 1) is 0, 1 and 2. From the bottom, 298, to the top, 18.
        #expect(chart.svg.contains("x1=\"6.00%\" y1=\"298.0\" x2=\"51.50%\" y2=\"158.0\""))
        #expect(chart.svg.contains("x1=\"51.50%\" y1=\"158.0\" x2=\"97.00%\" y2=\"18.0\""))
    }

    @Test func scalesAreRoundAndReachTheirValues() {
        #expect(
            ChartScale(reaching: 0.42).ticks.map { ($0 * 1000).rounded() } == [0, 100, 200, 300, 400, 500])
        #expect(ChartScale(reaching: 1).ticks.last == 1)
        for value in stride(from: 0.0005, to: 1, by: 0.0037) {
            let scale = ChartScale(reaching: value)
            #expect(scale.end >= value * (1 - 1e-9) && (3...7).contains(scale.ticks.count), "\(value)")
            #expect(scale.place(value).hasSuffix("%"))
        }
        #expect(ChartScale(reaching: 0).end > 0)
    }
}

private final class ElementReader: NSObject, XMLParserDelegate {
    var names: [String] = []

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String]
    ) {
        names.append(name)
    }
}
