package import Diagnostics

/// What is said of a stage, in one line.
package struct ProgressLine {
    private let update: WorkMonitor.Update
    private let elapsed: Double
    private let rate: Double?
    private let left: Double?

    /// - Parameters:
    ///   - elapsed: seconds since the stage began.
    ///   - rate: of `update.unit` a second.
    ///   - left: seconds.
    package init(_ update: WorkMonitor.Update, elapsed: Double, rate: Double?, left: Double?) {
        self.update = update
        self.elapsed = elapsed
        self.rate = rate
        self.left = left
    }

    private static let stageWidth = 34

    /// For a log: no bar, nothing but text.
    package var plain: String { update.stage + ": " + Part.allCases.compactMap(text).joined(separator: ", ") }

    /// For a terminal of so many columns, never wider: what there is no room for is left out, what matters least first.
    package func live(columns: Int) -> String {
        for layout in Self.layouts {
            let line = line(layout)
            if line.count <= columns { return line }
        }
        return columns > 0 ? String(update.stage.prefix(columns - 1)) + "…" : ""
    }

    private enum Part: CaseIterable { case share, count, rate, note, elapsed, left }

    /// What a line has: how far the stage's name is padded, how wide the bar is, and which parts follow.
    private struct Layout {
        var stage = 0
        var bar = 0
        let parts: [Part]
    }

    private static let layouts = [
        Layout(stage: stageWidth, bar: 24, parts: Part.allCases),
        Layout(stage: stageWidth, bar: 24, parts: [.share, .rate, .note, .elapsed, .left]),
        Layout(bar: 24, parts: [.share, .rate, .note, .elapsed, .left]),
        Layout(bar: 16, parts: [.share, .rate, .note, .left]),
        Layout(bar: 8, parts: [.share, .rate, .note, .left]),
        Layout(parts: [.share, .rate, .note, .left]),
        Layout(bar: 8, parts: [.share, .rate, .left]),
        Layout(parts: [.share, .rate, .left]),
        Layout(parts: [.share, .left]),
        Layout(parts: [.share]),
        Layout(parts: []),
    ]

    private func line(_ layout: Layout) -> String {
        let padding = String(repeating: " ", count: max(layout.stage - update.stage.count, 0))
        var parts = layout.parts
        // Something moves in any case.
        if left == nil, let place = parts.firstIndex(of: .left), !parts.contains(.elapsed) {
            parts[place] = .elapsed
        }
        return ([update.stage + padding] + bar(layout.bar) + parts.compactMap(text)).joined(separator: "  ")
    }

    private var share: Double? {
        guard let total = update.total, total > 0 else { return nil }
        return min(max(Double(update.completed) / Double(total), 0), 1)
    }

    private func bar(_ width: Int) -> [String] {
        guard let share, width > 0 else { return [] }
        let filled = Int((share * Double(width)).rounded())
        return [String(repeating: "█", count: filled) + String(repeating: "·", count: width - filled)]
    }

    /// Nil where there is nothing to say.
    private func text(_ part: Part) -> String? {
        switch part {
        case .share: share.map { "\(Int($0 * 100)) %" }
        case .count:
            update.unit.map { unit in
                // Where steps are told in something else, as bytes, `total` is no number of these.
                let total = update.count == update.completed ? update.total.map { " of \($0.grouped)" } : nil
                return "\(update.count.grouped)\(total ?? "") \(unit)"
            }
        case .rate: rate.flatMap { rate in update.unit.map { "\(Self.figure(rate)) \($0)/s" } }
        case .note: update.note.isEmpty ? nil : update.note
        case .elapsed: Self.duration(elapsed)
        case .left: left.map { ($0 < 1 ? "under 1 s" : Self.duration($0)) + " left" }
        }
    }

    /// Three digits: `0.42`, `7.1`, `1,234`.
    private static func figure(_ value: Double) -> String {
        value < 1 ? value.formatted(2) : value < 100 ? value.formatted(1) : Int(value.rounded()).grouped
    }

    /// `8 s`, `2 min 05 s`, `1 h 07 min`.
    private static func duration(_ seconds: Double) -> String {
        guard seconds < 1e9 else { return "hours" }
        let whole = Int(seconds)
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        if whole < 60 { return "\(whole) s" }
        if whole < 3600 { return "\(whole / 60) min \(two(whole % 60)) s" }
        return "\(whole / 3600) h \(two(whole / 60 % 60)) min"
    }
}
