/// Horizontal bars as SVG: name and figure over each bar, whiskers for its interval, a dot for every fold.
package struct BarChart {
    package struct Bar {
        package let name: String
        /// What is written at the right.
        package let figure: String
        package let value: Double
        package var interval: (low: Double, high: Double)?
        package var dots: [Double] = []
        /// The one that the page is about.
        package var isOwn = false

        package init(
            name: String, figure: String, value: Double, interval: (low: Double, high: Double)? = nil,
            dots: [Double] = [], isOwn: Bool = false
        ) {
            (self.name, self.figure, self.value) = (name, figure, value)
            (self.interval, self.dots, self.isOwn) = (interval, dots, isOwn)
        }
    }

    /// For those who hear the page.
    package let title: String
    package let bars: [Bar]
    private let scale: ChartScale

    private static let rowHeight = 44, barTop = 20, barHeight = 14, axisHeight = 24

    /// - Parameter end: where the scale ends; by default beyond everything that is drawn.
    package init(title: String, bars: [Bar], end: Double? = nil) {
        self.title = title
        self.bars = bars
        scale = ChartScale(
            reaching: end ?? bars.flatMap { [$0.value, $0.interval?.high ?? 0] + $0.dots }.max() ?? 1)
    }

    package var svg: String {
        let bottom = bars.count * Self.rowHeight
        var lines = [
            "<svg class=\"chart\" role=\"img\" aria-label=\"\(title.escapedForHTML)\" width=\"100%\" "
                + "height=\"\(bottom + Self.axisHeight)\">"
        ]
        for tick in scale.ticks {
            let place = scale.place(tick)
            let anchor = tick == 0 ? "start" : tick == scale.ticks.last ? "end" : "middle"
            lines.append(
                "<line class=\"grid\" x1=\"\(place)\" x2=\"\(place)\" y1=\"4\" y2=\"\(bottom)\"/>"
                    + "<text class=\"tick\" x=\"\(place)\" y=\"\(bottom + 17)\" text-anchor=\"\(anchor)\">"
                    + "\(scale.label(tick))</text>")
        }
        for (row, bar) in bars.enumerated() { lines += draw(bar, top: row * Self.rowHeight) }
        return (lines + ["</svg>"]).joined(separator: "\n")
    }

    private func draw(_ bar: Bar, top: Int) -> [String] {
        let (upper, height) = (top + Self.barTop, Self.barHeight)
        let middle = upper + height / 2
        let own = bar.isOwn ? " own" : ""
        var lines = [
            "<text class=\"name\(own)\" x=\"0\" y=\"\(top + 14)\">\(bar.name.escapedForHTML)</text>",
            "<text class=\"figure\(own)\" x=\"100%\" y=\"\(top + 14)\" text-anchor=\"end\">"
                + "\(bar.figure.escapedForHTML)</text>",
            "<rect class=\"bar\(own)\" x=\"0\" y=\"\(upper)\" width=\"\(scale.place(bar.value))\" "
                + "height=\"\(height)\" rx=\"2\"/>",
        ]
        for dot in bar.dots {
            lines.append("<circle class=\"fold\" cx=\"\(scale.place(dot))\" cy=\"\(middle)\" r=\"2.5\"/>")
        }
        if let interval = bar.interval {
            let (low, high) = (scale.place(interval.low), scale.place(interval.high))
            lines.append(
                "<line class=\"whisker\" x1=\"\(low)\" x2=\"\(high)\" y1=\"\(middle)\" y2=\"\(middle)\"/>")
            lines += [low, high].map {
                "<line class=\"whisker\" x1=\"\($0)\" x2=\"\($0)\" y1=\"\(upper + 2)\" y2=\"\(upper + height - 2)\"/>"
            }
        }
        return lines
    }
}
