import Foundation

/// Lines over numbers of ratings as SVG, the first ratings wide apart (log₂ of the number plus one).
package struct LineChart {
    package struct Line {
        package let name: String
        /// Values at the chart's positions, with their intervals.
        package let values: [(value: Double, low: Double, high: Double)]

        package init(name: String, values: [(value: Double, low: Double, high: Double)]) {
            (self.name, self.values) = (name, values)
        }
    }

    package let title: String
    /// Ascending.
    package let positions: [Int]
    package let lines: [Line]
    private let scale: ChartScale

    private static let top = 18.0, height = 280.0
    /// Shares of the width that stay free at the left and at the right.
    private static let margins = (left: 0.06, right: 0.03)

    package init(title: String, positions: [Int], lines: [Line]) {
        precondition(lines.allSatisfy { $0.values.count == positions.count }, "a value at every position")
        self.title = title
        self.positions = positions
        self.lines = lines
        scale = ChartScale(reaching: lines.flatMap { $0.values.map(\.high) }.max() ?? 1)
    }

    /// Colours and dashes repeat after this many lines.
    package static let styles = 6

    package var svg: String {
        let bottom = Self.top + Self.height
        var parts = [
            "<svg class=\"chart\" role=\"img\" aria-label=\"\(title.escapedForHTML)\" width=\"100%\" "
                + "height=\"\(Int(bottom) + 42)\">"
        ]
        for tick in scale.ticks {
            let y = y(tick)
            parts.append(
                "<line class=\"grid\" x1=\"0\" x2=\"100%\" y1=\"\(y)\" y2=\"\(y)\"/>"
                    + "<text class=\"tick\" x=\"0\" y=\"\(self.y(tick, above: 4))\">\(scale.label(tick))</text>"
            )
        }
        for (place, position) in positions.enumerated() {
            parts.append(
                "<text class=\"tick\" x=\"\(x(place))\" y=\"\(Int(bottom) + 18)\" text-anchor=\"middle\">"
                    + "\(position)</text>")
        }
        parts.append(
            "<text class=\"tick\" x=\"50%\" y=\"\(Int(bottom) + 36)\" text-anchor=\"middle\">"
                + "ratings of every new title</text>")
        // The first line is the one that the page is about: drawn last, over the others.
        for (number, line) in lines.enumerated().reversed() { parts += draw(line, style: number) }
        return (parts + ["</svg>"]).joined(separator: "\n")
    }

    private func draw(_ line: Line, style: Int) -> [String] {
        let kind = "line s\(style % Self.styles)"
        var parts: [String] = []
        for place in line.values.indices.dropFirst() {
            parts.append(
                "<line class=\"\(kind)\" x1=\"\(x(place - 1))\" y1=\"\(y(line.values[place - 1].value))\" "
                    + "x2=\"\(x(place))\" y2=\"\(y(line.values[place].value))\"/>")
        }
        for (place, point) in line.values.enumerated() {
            let x = x(place)
            parts.append(
                "<line class=\"\(kind) interval\" x1=\"\(x)\" x2=\"\(x)\" y1=\"\(y(point.low))\" "
                    + "y2=\"\(y(point.high))\"/>"
                    + "<circle class=\"\(kind) point\" cx=\"\(x)\" cy=\"\(y(point.value))\" r=\"3.5\"/>")
        }
        return parts
    }

    private func x(_ place: Int) -> String {
        let last = log2(Double((positions.last ?? 0) + 1))
        let share = last > 0 ? log2(Double(positions[place] + 1)) / last : 0.5
        return ChartScale.percent(Self.margins.left + share * (1 - Self.margins.left - Self.margins.right))
    }

    private func y(_ value: Double, above: Double = 0) -> String {
        (Self.top + Self.height * (1 - min(max(value / scale.end, 0), 1)) - above).formatted(1)
    }
}
