import Diagnostics
import Foundation
import Synchronization

/// Shows progress on standard error: one live line on a terminal, elsewhere a line every few seconds.
///
/// There is one for the process, as there is one standard error: whatever else is written there or to standard output first takes
/// the live line away. A thread of its own lets the time go on while a step takes long.
final class ProgressPrinter: Sendable {
    /// The process's own.
    static let shared = ProgressPrinter()

    private struct State {
        var update: WorkMonitor.Update?
        var estimate = ProgressEstimate(at: 0, completed: 0, count: 0)
        var stageStart = 0.0
        /// Nothing is shown before.
        var earliest: Double?
        /// When something was shown last.
        var lastShown = -Double.infinity
        /// Whether the stage has a line in the log.
        var isTold = false
        /// Characters of the live line that stands on the terminal; 0 where none does.
        var drawn = 0
        var hasTicker = false
    }

    private let state = Mutex(State())
    private let start = ContinuousClock.now
    private let isLive =
        isatty(STDERR_FILENO) == 1 && ProcessInfo.processInfo.environment["TERM"] != "dumb"

    /// Seconds between two drawings of the live line, and between two lines of a log about one stage.
    private static let livePause = 0.1, logPause = 5.0
    /// Seconds of work of which nothing is said at all on a terminal, and of a stage in a log.
    private static let liveSilence = 0.3, logSilence = 1.0

    /// Takes a report.
    func show(_ update: WorkMonitor.Update) {
        state.withLock { state in
            let now = seconds
            if update.stage == state.update?.stage {
                state.estimate.take(at: now, completed: update.completed, count: update.count)
            } else {
                if var last = state.update {
                    // What another stage follows has come to its end, whether it said so or not.
                    if let total = last.total, last.count == last.completed { last.count = total }
                    last.completed = last.total ?? last.completed
                    conclude(last, &state, now)
                }
                state.estimate = ProgressEstimate(at: now, completed: update.completed, count: update.count)
                (state.stageStart, state.isTold) = (now, false)
            }
            if state.earliest == nil { state.earliest = now + (isLive ? Self.liveSilence : Self.logSilence) }
            state.update = update
            if !isLive, let total = update.total, total > 0, update.completed >= total {
                conclude(update, &state, now)
                state.update = nil
            } else {
                draw(&state, now)
            }
            startTicker(&state)
        }
    }

    /// Takes the live line away for something else, which `write` writes; it comes again by itself.
    func making(_ write: () -> Void) {
        state.withLock { state in
            erase(&state)
            write()
        }
    }

    /// The same, and what was going on is over: a result, or an error.
    func ending(_ write: () -> Void) {
        state.withLock { state in
            erase(&state)
            (state.update, state.earliest) = (nil, nil)
            write()
        }
    }

    private var seconds: Double { (ContinuousClock.now - start) / .seconds(1) }

    /// A stage is over: in a log, what it came to is said once if it took its time.
    private func conclude(_ update: WorkMonitor.Update, _ state: inout State, _ now: Double) {
        guard !isLive, state.isTold || now - state.stageStart >= Self.logSilence else { return }
        put(line(update, state, now).plain + "\n", &state, now)
    }

    private func draw(_ state: inout State, _ now: Double) {
        guard let update = state.update, let earliest = state.earliest, now >= earliest else { return }
        if isLive {
            guard now - state.lastShown >= Self.livePause else { return }
            let columns = TerminalWidth.ofStandardError
            let text = line(update, state, now).live(columns: columns - 1)
            put(Self.start(ofLine: state.drawn, columns) + text + "\u{1B}[J", &state, now)
            state.drawn = text.count
        } else {
            guard now - state.lastShown >= (state.isTold ? Self.logPause : Self.logSilence) else { return }
            state.isTold = true
            put(line(update, state, now).plain + "\n", &state, now)
        }
    }

    private func line(_ update: WorkMonitor.Update, _ state: State, _ now: Double) -> ProgressLine {
        var update = update
        if Interrupt.isAsked {
            update.stage = "Stopping after this step: " + update.stage
        }
        return ProgressLine(
            update, elapsed: now - state.stageStart, rate: state.estimate.rate,
            left: state.estimate.left(until: update.total, at: now))
    }

    private func put(_ text: String, _ state: inout State, _ now: Double) {
        FileHandle.standardError.write(Data(text.utf8))
        state.lastShown = now
    }

    private func erase(_ state: inout State) {
        guard state.drawn > 0 else { return }
        let start = Self.start(ofLine: state.drawn, TerminalWidth.ofStandardError)
        FileHandle.standardError.write(Data((start + "\u{1B}[J").utf8))
        state.drawn = 0
    }

    /// To where a line of so many characters began: if the terminal has become narrower, it takes several rows by now.
    private static func start(ofLine length: Int, _ columns: Int) -> String {
        let above = max(length - 1, 0) / max(columns, 1)
        return "\r" + (above > 0 ? "\u{1B}[\(above)A" : "")
    }

    private func startTicker(_ state: inout State) {
        guard !state.hasTicker else { return }
        state.hasTicker = true
        Thread.detachNewThread { [self] in
            while true {
                usleep(isLive ? 150_000 : 500_000)
                self.state.withLock { draw(&$0, seconds) }
            }
        }
    }
}
