import Diagnostics
import Foundation
import Synchronization

/// Shows progress on standard error: one live line on a terminal, elsewhere a line when a stage begins and every few seconds.
final class ProgressPrinter: Sendable {
    private struct State {
        var stage = ""
        var stageStart = ContinuousClock.now
        var lastShown = ContinuousClock.now
        var hasLiveLine = false
    }

    private let state = Mutex(State())
    private let isLive = isatty(STDERR_FILENO) == 1
    private static let width = 24

    /// Takes a report.
    func show(_ update: WorkMonitor.Update) {
        state.withLock { state in
            let now = ContinuousClock.now
            let isNew = update.stage != state.stage
            let isDone = update.total == update.completed
            let pause: Duration = isLive ? .milliseconds(80) : .seconds(5)
            guard isNew || isDone || now - state.lastShown > pause else { return }
            if isNew {
                if state.hasLiveLine { StandardError.write("\n") }
                state.stage = update.stage
                state.stageStart = now
            }
            state.lastShown = now
            let line = render(update, elapsed: now - state.stageStart)
            StandardError.write(isLive ? "\r\u{1B}[2K\(line)" : line + "\n")
            state.hasLiveLine = isLive && !isDone
            if isLive && isDone {
                StandardError.write("\n")
                state.stage = ""
            }
        }
    }

    private func render(_ update: WorkMonitor.Update, elapsed: Duration) -> String {
        let seconds = Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) / 1e18
        let note = update.note.isEmpty ? "" : "  \(update.note)"
        let stage = update.stage.padding(toLength: max(update.stage.count, 34), withPad: " ", startingAt: 0)
        guard let total = update.total, total > 0 else {
            return "\(stage) \(update.completed)\(note)  \(format(seconds)) s"
        }
        let share = min(max(Double(update.completed) / Double(total), 0), 1)
        let filled = Int((share * Double(Self.width)).rounded())
        let bar = String(repeating: "█", count: filled) + String(repeating: "·", count: Self.width - filled)
        let left = share > 0.02 && share < 1 ? ", \(format(seconds / share - seconds)) s left" : ""
        return "\(stage) \(bar) \(Int(share * 100)) %\(note)  \(format(seconds)) s\(left)"
    }

    private func format(_ seconds: Double) -> String {
        String(format: seconds < 10 ? "%.1f" : "%.0f", seconds)
    }
}
