/// Differences around zero as SVG: a dot and its interval for each, name and figure above.
package struct DifferenceChart {
    package struct Row {
        package let name: String
        /// What is written at the right.
        package let figure: String
        package let value: Double
        package let interval: (low: Double, high: Double)

        package init(name: String, figure: String, value: Double, interval: (low: Double, high: Double)) {
            (self.name, self.figure) = (name, figure)
            (self.value, self.interval) = (value, interval)
        }
    }

    package let title: String
    package let rows: [Row]
    /// From the lowest to the highest value drawn, zero included.
    private let range: ClosedRange<Double>

    private static let rowHeight = 36, axisHeight = 24

    package init(title: String, rows: [Row]) {
        self.title = title
        self.rows = rows
        let ends = rows.flatMap { [$0.interval.low, $0.value, $0.interval.high] }
        let (low, high) = (min(ends.min() ?? 0, 0), max(ends.max() ?? 0, 0))
        let margin = max(high - low, 1e-6) * 0.04
        range = (low - margin)...(high + margin)
    }

    package var svg: String {
        let bottom = rows.count * Self.rowHeight
        let zero = place(0)
        var lines = [
            "<svg class=\"chart\" role=\"img\" aria-label=\"\(title.escapedForHTML)\" width=\"100%\" "
                + "height=\"\(bottom + Self.axisHeight)\">",
            "<text class=\"tick\" x=\"\(zero)\" y=\"\(bottom + 17)\" text-anchor=\"middle\">0</text>",
        ]
        for (number, row) in rows.enumerated() {
            let (top, middle) = (number * Self.rowHeight, number * Self.rowHeight + 26)
            lines += [
                "<text class=\"name\" x=\"0\" y=\"\(top + 14)\">\(row.name.escapedForHTML)</text>",
                "<text class=\"figure\" x=\"100%\" y=\"\(top + 14)\" text-anchor=\"end\">"
                    + "\(row.figure.escapedForHTML)</text>",
                // Beside the markers only, so that it runs through no figure.
                "<line class=\"zero\" x1=\"\(zero)\" x2=\"\(zero)\" y1=\"\(middle - 7)\" y2=\"\(middle + 7)\"/>",
                "<line class=\"range\" x1=\"\(place(row.interval.low))\" x2=\"\(place(row.interval.high))\" "
                    + "y1=\"\(middle)\" y2=\"\(middle)\"/>",
                "<circle class=\"difference\" cx=\"\(place(row.value))\" cy=\"\(middle)\" r=\"4.5\"/>",
            ]
        }
        return (lines + ["</svg>"]).joined(separator: "\n")
    }

    private func place(_ value: Double) -> String {
        ChartScale.percent((value - range.lowerBound) / (range.upperBound - range.lowerBound))
    }
}
